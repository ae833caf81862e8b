// What an account needs, checked before it is sent. The server has the last word.
import { shortestPassword } from './password'

export interface AccountForm {
  display_name: string
  username: string
  email: string
  password: string
}

export type AccountFault = 'missing' | 'username' | 'email' | 'password-short'

/** The fault of each field that has one. */
export function accountFaults(form: AccountForm): Partial<Record<keyof AccountForm, AccountFault>> {
  return {
    ...(form.display_name.trim() === '' && { display_name: 'missing' as const }),
    ...(!/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u.test(form.username) && { username: 'username' as const }),
    ...(!/^[^\s@]+@[^\s@]+$/.test(form.email.trim()) && { email: 'email' as const }),
    ...([...form.password].length < shortestPassword && { password: 'password-short' as const }),
  }
}

/** A sign-in name made from somebody's name: "Mina Kovač" becomes "mina". */
export function suggestedUsername(name: string): string {
  const first = name.trim().split(/\s+/u)[0] ?? ''
  const plain = first.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase()
  return plain.replace(/[^a-z0-9]/g, '').slice(0, 32)
}

/** The form with another name; the sign-in name follows it until somebody typed one of their own. */
export function withName<Form extends AccountForm>(form: Form, name: string): Form {
  const follows = form.username === suggestedUsername(form.display_name)
  return { ...form, display_name: name, ...(follows && { username: suggestedUsername(name) }) }
}
