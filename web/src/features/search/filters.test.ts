import { describe, expect, it } from 'vitest'
import { queryOf, wantedWords, yearEnds, yearRange, yearWords } from './filters'

describe('the query', () => {
  it('is the words with the filters behind them', () => {
    expect(queryOf({ q: ' salt ', year: '2012..', author: 'Anna "A" Muster' })).toBe(
      'salt author:"Anna A Muster" year:2012..',
    )
    expect(queryOf({})).toBe('')
  })

  it('knows which words must be there', () => {
    expect(wantedWords('“shortcut connection” degrad* -survey author:he')).toEqual([
      'shortcut connection',
      'degrad',
    ])
  })
})

describe('years', () => {
  it.each([
    ['2012', '2022', '2012..2022', '2012–2022'],
    ['2022', '2012', '2012..2022', '2012–2022'],
    ['2012', '', '2012..', 'from 2012'],
    ['', '2022', '..2022', 'to 2022'],
    ['2012', '2012', '2012', '2012'],
  ])('from %s to %s', (from, to, range, words) => {
    expect(yearRange(from, to)).toBe(range)
    expect(yearWords(range)).toBe(words)
    expect(yearRange(...yearEnds(range))).toBe(range)
  })

  it('takes nothing else for a year', () => {
    expect(yearRange('soon', '')).toBeUndefined()
  })
})
