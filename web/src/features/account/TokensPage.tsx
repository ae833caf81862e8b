import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconPlus, IconTerminal2 } from '@tabler/icons-react'
import { useState } from 'react'
import { api } from '../../api/client'
import { tokensQuery } from '../../api/queries'
import type { Token } from '../../api/types'
import { accountTexts as texts } from '../../texts/account'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { ListRow, ListRows } from '../../ui/ListRows'
import { Message } from '../../ui/Message'
import { PageHead } from '../../ui/PageHead'
import { SkeletonBar } from '../../ui/Skeleton'
import { Time, TimeUntil } from '../../ui/Time'
import { showToast } from '../../ui/toasts'
import { NewTokenDialog } from './NewTokenDialog'
import classes from './SignIn.module.css'

export function TokensPage() {
  const { data: tokens, error } = useQuery(tokensQuery())
  const [making, setMaking] = useState(false)
  const queries = useQueryClient()
  const revoke = useMutation({
    mutationFn: (token: Token) => api.DELETE('/tokens/{id}', { params: { path: { id: Number(token.id) } } }),
    onSuccess: (_answer, token) => showToast({ message: texts.revoked(token.name) }),
    onSettled: () => queries.invalidateQueries({ queryKey: tokensQuery().queryKey }),
  })
  const problem = error ?? revoke.error
  return (
    <>
      <PageHead title={texts.tokens}>
        <Button
          variant={tokens?.length === 0 ? 'default' : 'filled'}
          icon={<IconPlus size={16} stroke={1.6} aria-hidden="true" />}
          onClick={() => setMaking(true)}
        >
          {texts.newToken}
        </Button>
      </PageHead>
      <p className={classes.lead}>{texts.tokensLead}</p>
      {problem && <Message tone="err">{problem.message}</Message>}
      {tokens?.length === 0 ? (
        <EmptyState
          small
          title={texts.noTokens}
          actions={
            <Button variant="filled" onClick={() => setMaking(true)}>
              {texts.newToken}
            </Button>
          }
        >
          {texts.noTokensHint}
        </EmptyState>
      ) : (
        <ListRows label={texts.tokens}>
          {tokens === undefined && !error && <ListRow name={<SkeletonBar width={180} />} />}
          {tokens?.map((token) => (
            <TokenRow key={token.id} token={token} onRevoke={() => revoke.mutate(token)} />
          ))}
        </ListRows>
      )}
      {making && <NewTokenDialog onClose={() => setMaking(false)} />}
    </>
  )
}

const scopeNames: Record<string, string> = texts.scopeNames

function TokenRow({ token, onRevoke }: { token: Token; onRevoke: () => void }) {
  return (
    <ListRow
      mark={<IconTerminal2 size={18} stroke={1.6} aria-hidden="true" />}
      name={token.name}
      aside={<Ends token={token} />}
      acts={
        <Button size="xs" variant="danger" onClick={onRevoke}>
          {texts.revoke}
        </Button>
      }
    >
      {texts.may(token.scopes.map((scope) => scopeNames[scope] ?? scope))} · {texts.made} <Time at={token.created_at} />
    </ListRow>
  )
}

function Ends({ token }: { token: Token }) {
  if (token.expires_at != null) {
    return (
      <>
        {texts.endsOn} <TimeUntil at={token.expires_at} />
      </>
    )
  }
  if (token.last_used_at == null) return texts.notUsed
  return (
    <>
      {texts.used} <Time at={token.last_used_at} />
    </>
  )
}
