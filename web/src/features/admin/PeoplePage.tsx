import { useQuery } from '@tanstack/react-query'
import { IconSearch, IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { adminUsersQuery } from '../../api/queries'
import type { User } from '../../api/types'
import { matchesWords } from '../../lib/match'
import { peopleTexts as texts } from '../../texts/admin'
import { Button } from '../../ui/Button'
import { Chip } from '../../ui/Chip'
import { EmptyState } from '../../ui/EmptyState'
import { TextField } from '../../ui/Field'
import { Message } from '../../ui/Message'
import { PageHead } from '../../ui/PageHead'
import { SkeletonBar } from '../../ui/Skeleton'
import { Table } from '../../ui/Table'
import { AddPersonDialog } from './AddPersonDialog'
import classes from './Admin.module.css'
import { PersonRow } from './PersonRow'

type Kind = 'all' | 'admin' | 'disabled'

const isOfKind: Record<Kind, (user: User) => boolean> = {
  all: () => true,
  admin: (user) => user.role === 'admin',
  disabled: (user) => user.disabled === true,
}

const kinds: readonly { kind: Kind; label: string }[] = [
  { kind: 'all', label: texts.all },
  { kind: 'admin', label: texts.administrators },
  { kind: 'disabled', label: texts.deactivated },
]

export function PeoplePage() {
  const { data: users, error } = useQuery(adminUsersQuery())
  const [words, setWords] = useState('')
  const [kind, setKind] = useState<Kind>('all')
  const [adding, setAdding] = useState(false)
  const shown = users?.filter(isOfKind[kind]).filter((user) => holds(user, words))
  const clear = () => {
    setWords('')
    setKind('all')
  }
  return (
    <>
      <PageHead title={texts.title}>
        <Button
          variant="filled"
          icon={<IconUserPlus size={16} stroke={1.6} aria-hidden="true" />}
          onClick={() => setAdding(true)}
        >
          {texts.add}
        </Button>
      </PageHead>
      <div className={classes.filters}>
        <div className={classes.find}>
          <TextField
            label={texts.find}
            labelHidden
            small
            quiet
            type="search"
            icon={<IconSearch size={14} stroke={1.6} aria-hidden="true" />}
            placeholder={texts.find}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
        </div>
        {kinds.map((each) => (
          <Chip
            key={each.kind}
            on={each.kind === kind}
            value={users?.filter(isOfKind[each.kind]).length}
            onClick={() => setKind(each.kind)}
          >
            {each.label}
          </Chip>
        ))}
      </div>
      {error !== null && <Message tone="err">{error.message}</Message>}
      {shown?.length === 0 ? (
        <EmptyState small title={texts.nobody} actions={<Button onClick={clear}>{texts.clear}</Button>} />
      ) : (
        <Table label={texts.title} heads={texts.heads}>
          {shown === undefined && error === null && <LoadingRow />}
          {shown?.map((user) => (
            <PersonRow key={user.id} user={user} />
          ))}
        </Table>
      )}
      <p className={classes.note}>{texts.explain}</p>
      {adding && <AddPersonDialog onClose={() => setAdding(false)} />}
    </>
  )
}

function holds(user: User, words: string): boolean {
  return matchesWords(`${user.display_name} ${user.username} ${user.email}`, words)
}

function LoadingRow() {
  return (
    <tr>
      <td>
        <SkeletonBar width={140} />
      </td>
      <td>
        <SkeletonBar width={100} />
      </td>
      <td>
        <SkeletonBar width={48} />
      </td>
      <td />
    </tr>
  )
}
