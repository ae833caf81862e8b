import type { FormEvent } from 'react'
import type { ApiProblem } from '../../api/problem'
import type { AccountFault, AccountForm } from '../../lib/account-form'
import { withName } from '../../lib/account-form'
import { setupTexts as texts } from '../../texts/account'
import { PasswordField, TextField } from '../../ui/Field'
import { PasswordMeter } from '../../ui/PasswordMeter'
import classes from './Setup.module.css'
import type { SetupForm } from './SetupPage'

interface AccountFieldsProps {
  id: string
  form: SetupForm
  faults: Partial<Record<keyof AccountForm, AccountFault>>
  /** What the server said about one field. */
  refused: ApiProblem | null
  onChange: (form: SetupForm) => void
  onSubmit: (event: FormEvent) => void
}

const words: Record<AccountFault, string> = {
  missing: texts.missing,
  username: texts.usernameWrong,
  email: texts.emailWrong,
  'password-short': texts.passwordShort,
}

export function AccountFields({ id, form, faults, refused, onChange, onSubmit }: AccountFieldsProps) {
  const errorOf = (field: keyof SetupForm) => {
    const fault = field === 'server_name' ? undefined : faults[field]
    return fault === undefined ? (refused?.field === field ? refused.message : undefined) : words[fault]
  }
  return (
    <form id={id} className={classes.stack} onSubmit={onSubmit} noValidate>
      <div className={classes.pair}>
        <TextField
          label={texts.name}
          autoComplete="name"
          autoFocus
          value={form.display_name}
          onChange={(event) => onChange(withName(form, event.currentTarget.value))}
          error={errorOf('display_name')}
        />
        <TextField
          label={texts.username}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          value={form.username}
          onChange={(event) => onChange({ ...form, username: event.currentTarget.value })}
          hint={texts.usernameHint}
          error={errorOf('username')}
        />
      </div>
      <TextField
        label={texts.email}
        type="email"
        autoComplete="email"
        value={form.email}
        onChange={(event) => onChange({ ...form, email: event.currentTarget.value })}
        hint={texts.emailHint}
        error={errorOf('email')}
      />
      <PasswordField
          label={texts.password}
          autoComplete="new-password"
          value={form.password}
          onChange={(event) => onChange({ ...form, password: event.currentTarget.value })}
          hint={texts.passwordHint}
          error={errorOf('password')}
          below={<PasswordMeter password={form.password} />}
        />
      <TextField
        label={texts.place}
        autoComplete="organization"
        maxLength={255}
        value={form.server_name}
        onChange={(event) => onChange({ ...form, server_name: event.currentTarget.value })}
        hint={texts.placeHint}
        error={errorOf('server_name')}
      />
    </form>
  )
}
