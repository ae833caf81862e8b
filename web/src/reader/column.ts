// Where the text of a page stands, so that a phone can fit one column of it.
import { areaOf, type Area } from './geometry'
import type { PageLayout } from './host'
import { wordBox, wordCount } from './words'

/** Words fewer than these say nothing about columns. */
const ENOUGH = 40

/** The first text column of a page (fractions), or null where there is too little text. */
export function textColumn(layout: PageLayout): Area | null {
  const areas: Area[] = []
  for (let word = 0; word < wordCount(layout.words); word += 1) {
    areas.push(areaOf(wordBox(layout.words, word), layout.crop, layout.rotate))
  }
  if (areas.length < ENOUGH) return null
  const left = quantile(
    areas.map((area) => area.left),
    0.03,
  )
  const right = quantile(
    areas.map((area) => area.left + area.width),
    0.97,
  )
  const middle = (left + right) / 2
  const gutter = (right - left) * 0.012
  const crossing = areas.filter(
    (area) => area.left < middle - gutter && area.left + area.width > middle + gutter,
  )
  const isTwoColumns = crossing.length < areas.length * 0.025
  const end = isTwoColumns ? middle : right
  return { left, top: 0, width: Math.max(0.2, end - left), height: 1 }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0
}
