import { expect, it } from 'vitest'
import { backoffMs } from './backoff'

it('grows, stays below half a minute, and is spread', () => {
  expect([0, 1, 2, 3].map((attempt) => backoffMs(attempt, 1))).toEqual([500, 1000, 2000, 4000])
  expect(backoffMs(0, 0)).toBe(250)
  expect(backoffMs(1000, 1)).toBe(30_000)
})
