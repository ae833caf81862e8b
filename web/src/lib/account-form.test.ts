import { expect, it } from 'vitest'
import { accountFaults, suggestedUsername, withName } from './account-form'

const good = { display_name: 'Mina K.', username: 'mina', email: 'mina@lab.example', password: 'purple scroll' }

it('finds the fault of each field', () => {
  expect(accountFaults(good)).toEqual({})
  expect(accountFaults({ ...good, display_name: ' ' })).toEqual({ display_name: 'missing' })
  expect(accountFaults({ ...good, username: 'Mina K' })).toEqual({ username: 'username' })
  expect(accountFaults({ ...good, email: 'mina' })).toEqual({ email: 'email' })
  expect(accountFaults({ ...good, password: 'too short' })).toEqual({ password: 'password-short' })
})

it('suggests a sign-in name', () => {
  expect(suggestedUsername('Žofie Nováková')).toBe('zofie')
  expect(suggestedUsername('李')).toBe('')
})

it('lets the sign-in name follow the name until one is typed', () => {
  const typed = withName(withName({ ...good, display_name: '', username: '' }, 'Min'), 'Mina Kovač')
  expect(typed).toMatchObject({ display_name: 'Mina Kovač', username: 'mina' })
  expect(withName({ ...typed, username: 'mk' }, 'Mira Kovač').username).toBe('mk')
})
