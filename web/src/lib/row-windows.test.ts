import { describe, expect, it } from 'vitest'
import { rowsToFollow, windowOf, windowsFor } from './row-windows'

describe('windows of a long list', () => {
  it('are those on the screen and half a screen around', () => {
    expect(windowsFor(0, 20, 100_000)).toEqual([0])
    expect(windowsFor(85, 105, 100_000)).toEqual([0, 100])
    expect(windowsFor(99_980, 99_999, 100_000)).toEqual([99_900])
    expect(windowsFor(50_005, 50_025, 100_000)).toEqual([49_900, 50_000])
    expect(windowsFor(0, 20, 0)).toEqual([])
    expect(windowOf(250)).toBe(200)
  })

  it('keep the row on top in its place when others come above it', () => {
    expect(rowsToFollow({ key: 'a', row: 40 }, new Map([['a', 43]]))).toBe(3)
    expect(rowsToFollow({ key: 'a', row: 0 }, new Map([['a', 3]]))).toBe(0)
    expect(rowsToFollow({ key: 'a', row: 40 }, new Map())).toBe(0)
  })
})
