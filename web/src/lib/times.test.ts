import { expect, it } from 'vitest'
import { timeAgo, timeUntil } from './times'

const now = Date.parse('2026-11-25T12:00:00')
const before = (ms: number) => new Date(now - ms).toISOString()

it('is relative up to a day, then a date', () => {
  expect(timeAgo(before(20_000), now)).toBe('now')
  expect(timeAgo(before(4 * 60_000), now)).toBe('4 min ago')
  expect(timeAgo(before(3_600_000), now)).toBe('1 hour ago')
  expect(timeAgo(before(5 * 3_600_000), now)).toBe('5 hours ago')
  expect(timeAgo(before(26 * 3_600_000), now)).toBe('yesterday')
  expect(timeAgo('2026-11-12T10:00:00', now)).toBe('12 Nov')
  expect(timeAgo('2024-09-03T10:00:00', now)).toMatch(/^3 Sept? 2024$/)
  expect(timeAgo('', now)).toBe('')
})

it('says when something ends', () => {
  expect(timeUntil(before(-22 * 60_000), now)).toBe('in 22 min')
  expect(timeUntil(before(-3 * 3_600_000), now)).toBe('in 3 h')
  expect(timeUntil(before(1), now)).toBe('now')
})
