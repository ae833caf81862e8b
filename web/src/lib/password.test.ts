import { expect, it } from 'vitest'
import { passwordStrength } from './password'

it('grades by length and variety', () => {
  expect(passwordStrength('Ab1!').grade).toBe('too-short')
  expect(passwordStrength('aaaaaaaaaaaaaaa').grade).toBe('weak')
  expect(passwordStrength('1234567890123').grade).toBe('weak')
  expect(passwordStrength('purple scroll by the window').grade).toBe('strong')
  expect(passwordStrength('').part).toBe(0)
})
