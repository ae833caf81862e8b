// Where the text of pages stands across, so that a narrow window shows all of it, or one column, and no margins.
import { areaOf, sizeOf, turned } from './geometry'
import type { PageHead, PageLayout, Turn } from './host'
import { isSideways, wordBox, wordCount } from './words'

/** Words fewer than these say nothing about columns. */
const ENOUGH = 40

/** A stretch across the page, in points from its middle (left is negative): pages of all widths stand middle below middle. */
export interface Block {
  readonly left: number
  readonly right: number
}

/** The stretch from the first to the last letter of a page; null for one without text. */
export function textBlock(layout: PageLayout, head: PageHead, rotation: Turn): Block | null {
  const spans = spansOf(layout, head, rotation)
  if (spans.length === 0) return null
  return {
    left: Math.min(...spans.map((span) => span.left)),
    right: Math.max(...spans.map((span) => span.right)),
  }
}

/** The stretch that holds all of these. */
export function around(blocks: readonly Block[]): Block | null {
  if (blocks.length === 0) return null
  return {
    left: Math.min(...blocks.map((block) => block.left)),
    right: Math.max(...blocks.map((block) => block.right)),
  }
}

/** The columns of a page, from left to right: two, or the whole text as one. */
export function columnsOf(layout: PageLayout, head: PageHead, rotation: Turn): readonly Block[] {
  const spans = spansOf(layout, head, rotation)
  if (spans.length < ENOUGH) return []
  const left = quantile(
    spans.map((span) => span.left),
    0.03,
  )
  const right = quantile(
    spans.map((span) => span.right),
    0.97,
  )
  const middle = (left + right) / 2
  const gutter = (right - left) * 0.012
  const crossing = spans.filter((span) => span.left < middle - gutter && span.right > middle + gutter)
  if (crossing.length >= spans.length * 0.025) return [{ left, right }]
  const ofLeft = spans.filter((span) => span.left < middle && span.right <= middle + gutter)
  const ofRight = spans.filter((span) => span.left >= middle - gutter)
  return [around(ofLeft), around(ofRight)].filter((block) => block !== null)
}

/** Where each upright word begins and ends; stamps that run up the margin are left out. */
function spansOf(layout: PageLayout, head: PageHead, rotation: Turn): Block[] {
  const turn = turned(layout.rotate, rotation)
  const { width } = sizeOf(head, rotation)
  const isUpright = turn === 0 || turn === 180
  const spans: Block[] = []
  for (let word = 0; word < wordCount(layout.words); word += 1) {
    if (isUpright && isSideways(layout.words, word)) continue
    const area = areaOf(wordBox(layout.words, word), layout.crop, turn)
    const right = area.left + area.width
    // What lies outside the visible page is seen by nobody.
    if (right <= 0 || area.left >= 1) continue
    spans.push({ left: (Math.max(area.left, 0) - 0.5) * width, right: (Math.min(right, 1) - 0.5) * width })
  }
  return spans
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0
}
