import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import type { FormEvent } from 'react'
import { call } from '../../api/client'
import { sessionQuery } from '../../api/queries'

const route = getRouteApi('/sign-in')

export function SignInPage() {
  const { next } = route.useSearch()
  const router = useRouter()
  const queries = useQueryClient()
  const signIn = useMutation({
    mutationFn: (body: { login: string; password: string }) => call('/session', { method: 'POST', body }),
    onSuccess: async () => {
      await queries.resetQueries(sessionQuery())
      router.history.push(next ?? '/')
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    signIn.mutate({ login: String(form.get('login')), password: String(form.get('password')) })
  }
  return (
    <main>
      <h1>Sign in</h1>
      <form onSubmit={submit}>
        <label>
          Name or e-mail <input name="login" autoComplete="username" required />
        </label>
        <label>
          Password <input name="password" type="password" autoComplete="current-password" required />
        </label>
        <button type="submit">Sign in</button>
        {signIn.error !== null && <p role="alert">{signIn.error.message}</p>}
      </form>
    </main>
  )
}
