import { describe, expect, it } from 'vitest'
import type { PageHead } from './host'
import { framesBetween, GAP, pageInView, placeAt, scrollTopOf, stackPages } from './page-stack'

const page: PageHead = { label: null, width: 600, height: 900, rotate: 0, crop: null }
const wide: PageHead = { ...page, width: 900, height: 600 }

describe('the stack of pages', () => {
  const stack = stackPages([page, wide, page], 0.75, 0)

  it('stands before any page is loaded', () => {
    expect(stack.frames.map(({ top, width, height }) => [top, width, height])).toEqual([
      [GAP, 600, 900],
      [900 + 2 * GAP, 900, 600],
      [1500 + 3 * GAP, 600, 900],
    ])
    expect(stack.width).toBe(900)
    expect(stack.height).toBe(2400 + 4 * GAP)
  })

  it('changes sides when turned', () => {
    expect(stackPages([page], 0.75, 90).frames[0]).toMatchObject({ width: 900, height: 600 })
  })

  it('leads back to each place', () => {
    for (const scrollTop of [0, 10, 500, 930, 1000, 2000]) {
      expect(scrollTopOf(stack, placeAt(stack, scrollTop))).toBeCloseTo(scrollTop)
    }
    expect(placeAt(stack, scrollTopOf(stack, { page: 2 })).page).toBe(2)
  })

  it('names the page that fills the window', () => {
    expect(pageInView(stack, 0, 800)).toBe(1)
    expect(pageInView(stack, 600, 800)).toBe(2)
    expect(framesBetween(stack, 800, 1000).map((frame) => frame.page)).toEqual([1, 2])
  })

  it('of a thousand pages is searched, not walked', () => {
    const book = stackPages(
      Array.from({ length: 1000 }, () => page),
      0.75,
      0,
    )
    expect(placeAt(book, 500_000).page).toBe(546)
  })
})
