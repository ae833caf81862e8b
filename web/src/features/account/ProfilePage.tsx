import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useState } from 'react'
import { setSingleKeysAct, singleKeysAct } from '../../actions/preferences'
import { perform } from '../../actions/commands'
import { api } from '../../api/client'
import { sessionQuery } from '../../api/queries'
import type { User } from '../../api/types'
import { initials, personColor } from '../../lib/people'
import { accountTexts as texts } from '../../texts/account'
import { Button } from '../../ui/Button'
import { SwitchField } from '../../ui/Check'
import { TextField } from '../../ui/Field'
import { PageHead } from '../../ui/PageHead'
import { showToast } from '../../ui/toasts'
import classes from './ProfilePage.module.css'
import { SchemeChoice } from './SchemeChoice'

export function ProfilePage() {
  const { data: session } = useQuery(sessionQuery())
  return (
    <>
      <PageHead title={texts.profile}>
        <span className={classes.quiet}>{texts.savedAsYouChange}</span>
      </PageHead>
      {session && <Person user={session.user} />}
      <SchemeChoice />
      <SingleKeys />
    </>
  )
}

function Person({ user }: { user: User }) {
  const color = personColor(user.display_name)
  const colors = { background: `var(--sk-av-${color})`, color: `var(--sk-av-${color}-t)` }
  return (
    <div className={classes.top}>
      <div className={classes.picture} style={colors} aria-hidden="true">
        {initials(user.display_name)}
      </div>
      <NameForm key={user.display_name} name={user.display_name} />
      <div className={classes.stack}>
        <TextField label={texts.email} value={user.email} readOnly hint={texts.emailHint} />
        <TextField label={texts.username} value={user.username} readOnly />
      </div>
    </div>
  )
}

function NameForm({ name }: { name: string }) {
  const queries = useQueryClient()
  const [text, setText] = useState(name)
  const save = useMutation({
    mutationFn: (display_name: string) => api.PATCH('/session', { body: { display_name } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: sessionQuery().queryKey })
      showToast({ message: texts.saved })
    },
  })
  const trimmed = text.trim()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (trimmed !== '' && trimmed !== name) save.mutate(trimmed)
  }
  return (
    <form className={classes.stack} onSubmit={submit} onBlur={submit}>
      <TextField
        label={texts.name}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autoComplete="name"
        maxLength={255}
        hint={texts.nameHint}
        error={trimmed === '' ? texts.nameMissing : save.error?.message}
      />
      {trimmed !== name && trimmed !== '' && (
        <div className={classes.save}>
          <Button type="submit" size="sm" variant="filled" busy={save.isPending ? texts.saving : undefined}>
            {texts.save}
          </Button>
        </div>
      )}
    </form>
  )
}

function SingleKeys() {
  const [on, setOn] = useState(singleKeysAct)
  const change = (next: boolean) => {
    setSingleKeysAct(next)
    setOn(next)
  }
  return (
    <div className={classes.line}>
      <span className={classes.label}>{texts.keys}</span>
      <div className={classes.hint}>
        <SwitchField label={texts.keysHint} checked={on} onChange={change} />
      </div>
      <Button variant="subtle" size="sm" onClick={() => void perform('everywhere.shortcuts')}>
        {texts.allKeys}
      </Button>
    </div>
  )
}
