import { describe, expect, it } from 'vitest'
import type { PageHead } from './host'
import { labelOf, pageOfLabel } from './labels'

const pages = (labels: (string | null)[]): PageHead[] =>
  labels.map((label) => ({ label, width: 600, height: 800, rotate: 0, crop: null }))

describe('printed labels', () => {
  const book = pages(['i', 'ii', 'iii', 'iv', '1', '2', '3', '4', '5', '6', 'A-1', 'A-2'])

  it.each([
    ['iii', 3],
    ['2', 6],
    ['A-2', 12],
    ['a-2', 12],
    ['p. 2', 6],
    ['Page iv', 4],
    [' 6 ', 10],
  ])('%s is sheet %s', (typed, page) => {
    expect(pageOfLabel(book, typed)).toBe(page)
  })

  it.each(['zz', '', '7', '12', '0', '-1', '2.5'])('%s is no page', (typed) => {
    expect(pageOfLabel(book, typed)).toBeNull()
  })

  it('are the numbers of the sheets where the file has none', () => {
    const plain = pages([null, null, null])
    expect(labelOf(plain, 2)).toBe('2')
    expect(pageOfLabel(plain, '3')).toBe(3)
    expect(pageOfLabel(plain, '4')).toBeNull()
  })

  it('keep to a page whose label begins with p', () => {
    expect(pageOfLabel(pages(['p1', '1']), 'p1')).toBe(1)
  })
})
