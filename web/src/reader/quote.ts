// What a selection reads, in the words of the layout: divided words whole, lines joined, heads and feet left out.
import type { PageLayout } from './host'
import { firstWordBehind, furnitureOf, wordBox, wordCount, wordStart } from './words'
import type { Span } from '../lib/text/stream'

/** A selection: from `start` on page `first` to `end` on page `last`, in code points. */
export interface SelectedPages {
  readonly first: number
  readonly last: number
  readonly start: number
  readonly end: number
}

/** The selected words as text to be pasted. Lines of a paragraph become one. */
export function copyText(
  selected: SelectedPages,
  layoutOf: (page: number) => PageLayout | undefined,
): string {
  const parts: string[] = []
  for (let page = selected.first; page <= selected.last; page += 1) {
    const layout = layoutOf(page)
    if (layout === undefined) continue
    const start = page === selected.first ? selected.start : 0
    const end = page === selected.last ? selected.end : Infinity
    parts.push(pageQuote(layout, { start, end }, selected.first !== selected.last))
  }
  return parts.reduce(joinPages, '').trim()
}

/** Over a page end heads and feet are never meant; within a page they are left out unless all of it is furniture. */
function pageQuote(layout: PageLayout, span: Span, acrossPages: boolean): string {
  const points = Array.from(layout.text)
  const end = Math.min(span.end, points.length)
  const furniture = furnitureOf(layout).filter((part) => part.start < end && part.end > span.start)
  const isAllFurniture = furniture.some((part) => part.start <= span.start && part.end >= end)
  const skipped = isAllFurniture && !acrossPages ? [] : furniture
  let text = ''
  for (let at = span.start; at < end; at += 1) {
    if (skipped.some((part) => at >= part.start && at < part.end)) continue
    const point = points[at] ?? ''
    text += point === '\n' ? lineEnd(layout, at) : point
  }
  return text
}

/** A line end within a paragraph is a space; before a new block it stays. */
function lineEnd(layout: PageLayout, at: number): string {
  const next = firstWordBehind(layout.words, at)
  if (next === 0 || next >= wordCount(layout.words) || wordStart(layout.words, next) < at) return '\n'
  const [above, below] = [wordBox(layout.words, next - 1), wordBox(layout.words, next)]
  const height = Math.min(above[3] - above[1], below[3] - below[1])
  const tallest = Math.max(above[3] - above[1], below[3] - below[1])
  const step = (above[1] + above[3]) / 2 - (below[1] + below[3]) / 2
  const isSameBlock = step > 0.3 * height && step < 1.9 * height && tallest < 1.3 * height
  const isNextColumn = step < 0 && tallest < 1.3 * height
  return isSameBlock || isNextColumn ? ' ' : '\n'
}

function joinPages(before: string, next: string): string {
  const [left, right] = [before.trimEnd(), next.trimStart()]
  if (left === '' || right === '') return left + right
  if (/\p{L}[-\u2010\u2011]$/u.test(left) && /^\p{Ll}/u.test(right)) return left.slice(0, -1) + right
  return `${left} ${right}`
}
