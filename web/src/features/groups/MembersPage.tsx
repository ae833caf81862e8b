import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { FormEvent } from 'react'
import { useState } from 'react'
import { api, ifMatch } from '../../api/client'
import { librariesQuery, libraryKey, membersQuery } from '../../api/queries'
import type { Library, LibraryRole } from '../../api/types'
import { groupTexts as texts } from '../../texts/admin'
import { Button, buttonClass } from '../../ui/Button'
import { SelectField, TextField } from '../../ui/Field'
import { Message } from '../../ui/Message'
import { PageHead, SectionHead } from '../../ui/PageHead'
import { Table } from '../../ui/Table'
import { showToast } from '../../ui/toasts'
import classes from './Groups.module.css'
import { MemberRow } from './MemberRow'
import { assignableRoles, roleOptions } from './roles'

const route = getRouteApi('/signed-in/framed/libraries/$library/members')

/** Who belongs to a group's library, and what each may do. */
export function MembersPage() {
  const { library: id } = route.useParams()
  const { data: libraries } = useQuery(librariesQuery())
  const library = libraries?.find((each) => each.id === id)
  if (library === undefined) return null
  return (
    <div className={classes.page}>
      <div className={classes.narrow}>
        <PageHead title={texts.members(library.name)}>
          <Link to="/libraries/$library" params={{ library: id }} className={buttonClass()}>
            {texts.back}
          </Link>
        </PageHead>
        {library.kind === 'user' ? <Message tone="info">{texts.personal}</Message> : <Group library={library} />}
      </div>
    </div>
  )
}

function Group({ library }: { library: Library }) {
  const { data: members, error } = useQuery(membersQuery(library.id))
  const manages = library.role === 'admin' || library.role === 'owner'
  return (
    <>
      {error !== null && <Message tone="err">{error.message}</Message>}
      <Table label={texts.members(library.name)} heads={texts.heads}>
        {members?.map((member) => (
          <MemberRow key={member.username} library={library} member={member} members={members} />
        ))}
      </Table>
      {manages ? (
        <>
          <AddMember library={library} />
          <Rename key={library.name} library={library} />
        </>
      ) : (
        <p className={classes.lead}>{texts.readOnly}</p>
      )}
    </>
  )
}

function AddMember({ library }: { library: Library }) {
  const queries = useQueryClient()
  const [username, setUsername] = useState('')
  const [role, setRole] = useState<LibraryRole>('editor')
  const [checked, setChecked] = useState(false)
  const add = useMutation({
    mutationFn: (name: string) =>
      api.PUT('/libraries/{library}/members/{username}', {
        params: { path: { library: library.id, username: name } },
        body: { role },
      }),
    onSuccess: (_answer, name) => {
      setUsername('')
      setChecked(false)
      showToast({ message: texts.added(name) })
    },
    onSettled: () => queries.invalidateQueries({ queryKey: libraryKey(library.id) }),
  })
  const name = username.trim()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (name !== '') add.mutate(name)
  }
  return (
    <section>
      <SectionHead title={texts.addHead} />
      <form className={classes.add} onSubmit={submit} noValidate>
        <TextField
          label={texts.username}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
          hint={texts.usernameHint}
          error={checked && name === '' ? texts.usernameMissing : add.error?.message}
        />
        <SelectField
          label={texts.heads[1]!}
          value={role}
          options={roleOptions(assignableRoles(library.role))}
          onChange={setRole}
        />
        <Button type="submit" size="lg" variant="filled" busy={add.isPending ? texts.adding : undefined}>
          {texts.add}
        </Button>
      </form>
    </section>
  )
}

function Rename({ library }: { library: Library }) {
  const queries = useQueryClient()
  const [name, setName] = useState(library.name)
  const save = useMutation({
    mutationFn: (name: string) => api.PATCH('/libraries/{library}', { params: { path: { library: library.id } }, headers: ifMatch('*'), body: { name } }),
    onSuccess: () => showToast({ message: texts.renamed }),
    onSettled: () => queries.invalidateQueries({ queryKey: librariesQuery().queryKey }),
  })
  const trimmed = name.trim()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (trimmed !== '' && trimmed !== library.name) save.mutate(trimmed)
  }
  return (
    <section>
      <SectionHead title={texts.rename} />
      <form className={classes.add} onSubmit={submit} noValidate>
        <TextField
          label={texts.rename}
          labelHidden
          maxLength={255}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={trimmed === '' ? texts.nameMissing : save.error?.message}
        />
        {trimmed !== '' && trimmed !== library.name && (
          <Button type="submit" size="lg" style={{ marginTop: 0 }} busy={save.isPending ? texts.saving : undefined}>
            {texts.save}
          </Button>
        )}
      </form>
    </section>
  )
}
