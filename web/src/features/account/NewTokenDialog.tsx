import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useId, useState } from 'react'
import { api, bodyOf } from '../../api/client'
import { sessionQuery, tokensQuery } from '../../api/queries'
import { accountTexts as texts } from '../../texts/account'
import { Button } from '../../ui/Button'
import { CheckBox } from '../../ui/Check'
import { CopyLine } from '../../ui/CopyLine'
import { Dialog } from '../../ui/Dialog'
import { SelectField, TextField } from '../../ui/Field'
import { Message } from '../../ui/Message'
import classes from './SignIn.module.css'

type Ends = keyof typeof texts.ends
type Scope = keyof typeof texts.scopeNames

const days: Record<Ends, number | null> = { never: null, month: 30, quarter: 90, year: 365 }
const endChoices: readonly Ends[] = ['never', 'month', 'quarter', 'year']

interface NewToken {
  name: string
  scopes: Scope[]
  ends: Ends
}

export function NewTokenDialog({ onClose }: { onClose: () => void }) {
  const form = useId()
  const queries = useQueryClient()
  const make = useMutation({
    mutationFn: ({ name, scopes, ends }: NewToken) =>
      bodyOf(api.POST('/tokens', { body: { name, scopes, expires_at: endOf(ends) } })),
    onSettled: () => queries.invalidateQueries({ queryKey: tokensQuery().queryKey }),
  })
  const secret = make.data?.secret
  return (
    <Dialog
      opened
      onClose={onClose}
      title={texts.newToken}
      width={480}
      footer={
        secret === undefined ? (
          <>
            <Button variant="subtle" onClick={onClose}>
              {texts.cancel}
            </Button>
            <Button type="submit" form={form} variant="filled" busy={make.isPending ? texts.making : undefined}>
              {texts.make}
            </Button>
          </>
        ) : (
          <Button variant="filled" onClick={onClose}>
            {texts.done}
          </Button>
        )
      }
    >
      {secret === undefined ? (
        <TokenForm id={form} error={make.error?.message} onSubmit={(token) => make.mutate(token)} />
      ) : (
        <>
          <Message tone="ok">{texts.tokenMade}</Message>
          <CopyLine text={secret} />
        </>
      )}
    </Dialog>
  )
}

interface TokenFormProps {
  id: string
  error: string | undefined
  onSubmit: (token: NewToken) => void
}

function TokenForm({ id, error, onSubmit }: TokenFormProps) {
  const { data: session } = useQuery(sessionQuery())
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<readonly Scope[]>(['read'])
  const [ends, setEnds] = useState<Ends>('quarter')
  const [checked, setChecked] = useState(false)
  const choices: readonly Scope[] = session?.user.role === 'admin' ? ['read', 'write', 'admin'] : ['read', 'write']
  const toggle = (scope: Scope, on: boolean) =>
    setScopes(on ? [...scopes, scope] : scopes.filter((each) => each !== scope))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (name.trim() !== '') onSubmit({ name: name.trim(), scopes: [...scopes], ends })
  }
  return (
    <form id={id} className={classes.form} onSubmit={submit} noValidate>
      <TextField
        label={texts.tokenName}
        data-autofocus
        maxLength={255}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        hint={texts.tokenNameHint}
        error={checked && name.trim() === '' ? texts.tokenNameMissing : error}
      />
      <fieldset className={classes.scopes}>
        <legend>{texts.tokenScopes}</legend>
        {choices.map((scope) => (
          <CheckBox
            key={scope}
            label={texts.scopeNames[scope]}
            checked={scopes.includes(scope)}
            disabledReason={scope === 'read' ? texts.readAlways : undefined}
            onChange={(on) => toggle(scope, on)}
          />
        ))}
      </fieldset>
      <SelectField
        label={texts.tokenEnds}
        value={ends}
        onChange={setEnds}
        options={endChoices.map((value) => ({ value, label: texts.ends[value] }))}
      />
    </form>
  )
}

function endOf(ends: Ends): string | undefined {
  const after = days[ends]
  return after === null ? undefined : new Date(Date.now() + after * 86_400_000).toISOString()
}
