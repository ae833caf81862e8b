import { describe, expect, it } from 'vitest'
import { around, columnsOf, textBlock } from './column'
import type { PageHead, PageLayout, Turn } from './host'

type Line = readonly [left: number, right: number]

/** A page of 600 × 800 points with words on the given lines. */
function pageOf(lines: readonly Line[], more: Partial<PageLayout> = {}): PageLayout {
  const words: number[] = []
  let at = 0
  lines.forEach(([left, right], row) => {
    // Words of changing lengths, so that spaces do not stand below one another.
    for (let x = left, length = 12 + ((7 * row) % 25); x < right; x += length + 4, length = 30) {
      words.push(at, at + 5, x, 700 - 12 * row, right - x < 40 ? right : x + length, 710 - 12 * row)
      at += 6
      if (right - x < 40) break
    }
  })
  const text = 'words '.repeat(at / 6)
  return { page: 1, rotate: 0, crop: [0, 0, 600, 800], text, words: Float32Array.from(words), roles: [], links: [], ...more }
}

const head = (rotate: Turn = 0): PageHead => ({ label: null, width: 600, height: 800, rotate, crop: null })
const lines = (count: number, line: Line) => Array.from({ length: count }, () => line)

describe('the text of a page', () => {
  it('reaches from its first to its last letter, however few lines go so far', () => {
    const page = pageOf([...lines(60, [150, 450]), [60, 540]])
    expect(textBlock(page, head(), 0)).toEqual({ left: -240, right: 240 })
  })

  it('is told apart from a stamp that runs up the margin', () => {
    const page = pageOf(lines(20, [100, 500]))
    const stamp = [0, 9, 10, 200, 24, 500]
    const stamped = { ...page, words: Float32Array.from([...stamp, ...page.words]) }
    expect(textBlock(stamped, head(), 0)).toEqual(textBlock(page, head(), 0))
  })

  it('begins where the visible box begins', () => {
    const page = pageOf(lines(20, [100, 500]), { crop: [50, 0, 650, 800] })
    expect(textBlock(page, head(), 0)).toEqual({ left: -250, right: 150 })
  })

  it('is measured as the page is turned', () => {
    const page = pageOf(lines(20, [100, 500]))
    const block = textBlock(page, head(), 90)
    expect(block?.left).toBeCloseTo(700 - 12 * 19 - 400)
    expect(block?.right).toBeCloseTo(710 - 400)
  })

  it('is nothing on a picture', () => {
    expect(textBlock(pageOf([]), head(), 0)).toBeNull()
    expect(around([])).toBeNull()
  })
})

describe('columns', () => {
  const twoColumns: Line[] = Array.from({ length: 40 }, () => [[60, 290], [310, 540]] as const).flat()

  it('are two where a gutter runs down the page, a title across it or not', () => {
    const columns = columnsOf(pageOf([[150, 450], ...twoColumns]), head(), 0)
    expect(columns).toHaveLength(2)
    expect(columns[0]?.right).toBeLessThan(0)
    expect(columns[1]?.left).toBeGreaterThan(0)
  })

  it('are one where lines run through', () => {
    expect(columnsOf(pageOf(lines(40, [60, 540])), head(), 0)).toHaveLength(1)
  })

  it('are not guessed from a few words', () => {
    expect(columnsOf(pageOf([[60, 200]]), head(), 0)).toEqual([])
  })
})
