import { describe, expect, it } from 'vitest'
import {
  chooseAll,
  chooseOne,
  countChosen,
  extendTo,
  follow,
  isChosen,
  moveTo,
  NOTHING,
  toggle,
  without,
} from './selection'

const keyAt = (row: number) => (row >= 0 && row < 10 ? `k${row}` : undefined)
const chosen = (selection: ReturnType<typeof chooseOne>) => [...selection.keys].sort()

describe('choosing papers', () => {
  it('moves within the list and chooses where it stands', () => {
    expect(moveTo(chooseOne(9, keyAt), 10, 10, keyAt)).toMatchObject({ cursor: 9 })
    expect(chosen(moveTo(NOTHING, 3, 10, keyAt))).toEqual(['k3'])
    expect(moveTo(NOTHING, 1, 0, keyAt)).toBe(NOTHING)
  })

  it('grows and shrinks a range around its anchor', () => {
    const start = chooseOne(4, keyAt)
    const down = extendTo(start, 6, 10, keyAt)
    expect(chosen(down)).toEqual(['k4', 'k5', 'k6'])
    expect(chosen(extendTo(down, 3, 10, keyAt))).toEqual(['k3', 'k4'])
  })

  it('adds and takes out single rows, also out of all', () => {
    expect(chosen(toggle(toggle(chooseOne(1, keyAt), 3, keyAt), 1, keyAt))).toEqual(['k3'])
    const allButOne = toggle(chooseAll(NOTHING), 2, keyAt)
    expect(countChosen(allButOne, 100_000)).toBe(99_999)
    expect(isChosen(allButOne, 'k2')).toBe(false)
    expect(isChosen(allButOne, 'far away')).toBe(true)
  })

  it('stays on its paper when rows move, and forgets those that went', () => {
    const at = chooseOne(4, keyAt)
    expect(follow(at, 'k4', new Map([['k4', 7]]), 10)).toMatchObject({ cursor: 7, anchor: 7 })
    expect(follow(at, 'k4', new Map(), 3)).toMatchObject({ cursor: 2 })
    expect(chosen(without(at, ['k4']))).toEqual([])
    expect(without(at, ['k5'])).toBe(at)
  })
})
