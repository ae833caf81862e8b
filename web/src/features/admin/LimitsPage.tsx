import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/client'
import { bansQuery } from '../../api/queries'
import type { Ban } from '../../api/types'
import { limitsTexts as texts } from '../../texts/admin'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { Message } from '../../ui/Message'
import { PageHead, SectionHead } from '../../ui/PageHead'
import { Table } from '../../ui/Table'
import { TimeUntil } from '../../ui/Time'
import { showToast } from '../../ui/toasts'
import classes from './Admin.module.css'

export function LimitsPage() {
  const { data: bans, error } = useQuery({ ...bansQuery(), refetchInterval: 15_000 })
  const queries = useQueryClient()
  const lift = useMutation({
    mutationFn: (ban: Ban) => api.DELETE('/admin/bans/{id}', { params: { path: { id: ban.id } } }),
    onSuccess: (_answer, ban) => showToast({ message: texts.lifted(ban.subject) }),
    onSettled: () => queries.invalidateQueries({ queryKey: bansQuery().queryKey }),
  })
  const problem = error ?? lift.error
  return (
    <>
      <PageHead title={texts.title} />
      <SectionHead title={texts.bans} note={bans?.length} />
      {problem !== null && <Message tone="err">{problem.message}</Message>}
      {bans?.length === 0 && (
        <EmptyState small title={texts.none}>
          {texts.noneHint}
        </EmptyState>
      )}
      {bans !== undefined && bans.length > 0 && (
        <Table label={texts.bans} heads={texts.heads}>
          {bans.map((ban) => (
            <BanRow key={ban.id} ban={ban} onLift={() => lift.mutate(ban)} />
          ))}
        </Table>
      )}
    </>
  )
}

function BanRow({ ban, onLift }: { ban: Ban; onLift: () => void }) {
  return (
    <tr>
      <td>
        <div className={classes.name}>{ban.subject}</div>
        <div className={classes.second}>{ban.kind === 'account' ? texts.account : texts.address}</div>
      </td>
      <td>{texts.why(ban.tries)}</td>
      <td>
        <TimeUntil at={ban.until} />
      </td>
      <td className={classes.end}>
        <Button size="xs" onClick={onLift}>
          {texts.lift}
        </Button>
      </td>
    </tr>
  )
}
