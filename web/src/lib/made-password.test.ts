import { expect, it } from 'vitest'
import { madePassword } from './made-password'

it('makes four readable groups and leaves out bytes that would favour some letters', () => {
  expect(madePassword((count) => new Uint8Array(count))).toBe('aaaa-aaaa-aaaa-aaaa')
  const withRefused = (count: number) => Uint8Array.from({ length: count }, (_, index) => (index % 2 === 0 ? 255 : 1))
  expect(madePassword(withRefused)).toBe('bbbb-bbbb-bbbb-bbbb')
})
