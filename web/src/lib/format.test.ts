import { describe, expect, it } from 'vitest'
import { formatDuration, formatSize, formatSizeOf, formatWhen, plural } from './format'

describe('figures', () => {
  it('write sizes in the unit people use', () => {
    expect([95, 2048, 812_000, 6_800_000, 48_000_000, 2_100_000_000].map(formatSize)).toEqual([
      '95 B',
      '2 KB',
      '0.8 MB',
      '6.8 MB',
      '48 MB',
      '2.1 GB',
    ])
    expect(formatSizeOf(2_900_000, 6_800_000)).toBe('2.9 of 6.8 MB')
    expect(formatSizeOf(400_000_000, 2_100_000_000)).toBe('0.4 of 2.1 GB')
  })

  it('do not pretend to know the time left exactly', () => {
    expect([0.2, 8, 17, 61, 200, 7200].map(formatDuration)).toEqual([
      'about 1 s',
      'about 8 s',
      'about 20 s',
      'about 65 s',
      'about 3 min',
      'about 2 h',
    ])
  })

  it('write times relative up to a day', () => {
    const now = new Date(2026, 10, 25, 15, 0)
    expect(formatWhen(new Date(2026, 10, 25, 14, 59, 30), now)).toBe('now')
    expect(formatWhen(new Date(2026, 10, 25, 14, 20), now)).toBe('40 min ago')
    expect(formatWhen(new Date(2026, 10, 25, 9, 5), now)).toBe('09:05')
    expect(formatWhen(new Date(2026, 10, 24, 9, 5), now)).toBe('24 Nov')
    expect(formatWhen(new Date(2024, 4, 3), now)).toBe('3 May 2024')
    expect([plural(1, 'paper'), plural(1204, 'paper')]).toEqual(['1 paper', '1,204 papers'])
  })
})
