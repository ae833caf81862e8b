import { useMutation } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useState } from 'react'
import { api } from '../../api/client'
import { signInTexts as texts } from '../../texts/account'
import { Button } from '../../ui/Button'
import { PasswordField, TextField } from '../../ui/Field'
import classes from './SignIn.module.css'

interface SignInFormProps {
  /** Filled in, where it is known. */
  login?: string
  onDone: () => void
}

/** Name and password. Errors stand under the password, with what is left to try. */
export function SignInForm({ login = '', onDone }: SignInFormProps) {
  const [missing, setMissing] = useState<{ login?: string; password?: string }>({})
  const signIn = useMutation({
    mutationFn: (body: { login: string; password: string }) => api.POST('/session', { body }),
    onSuccess: onDone,
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const body = { login: String(form.get('login')).trim(), password: String(form.get('password')) }
    setMissing({
      login: body.login === '' ? texts.loginMissing : undefined,
      password: body.password === '' ? texts.passwordMissing : undefined,
    })
    if (body.login !== '' && body.password !== '') signIn.mutate(body)
  }
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <TextField
        label={texts.login}
        name="login"
        defaultValue={login}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus={login === ''}
        error={missing.login}
      />
      <PasswordField
        label={texts.password}
        name="password"
        autoComplete="current-password"
        autoFocus={login !== ''}
        data-autofocus={login !== '' || undefined}
        error={missing.password ?? signIn.error?.message}
      />
      <Button type="submit" variant="filled" size="lg" block busy={signIn.isPending ? texts.busy : undefined}>
        {texts.submit}
      </Button>
    </form>
  )
}
