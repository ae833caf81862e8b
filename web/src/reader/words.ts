// Access to the words of a page: six numbers each, see `Words`.
import type { Box, PageLayout, Words } from './host'
import type { PageText, Span } from '../lib/text/stream'

const STRIDE = 6

export function wordCount(words: Words): number {
  return words.length / STRIDE
}

/** First code point of a word. */
export function wordStart(words: Words, index: number): number {
  return words[index * STRIDE] ?? 0
}

/** One behind the last code point of a word. */
export function wordEnd(words: Words, index: number): number {
  return words[index * STRIDE + 1] ?? 0
}

export function wordBox(words: Words, index: number): Box {
  const at = index * STRIDE + 2
  return [words[at] ?? 0, words[at + 1] ?? 0, words[at + 2] ?? 0, words[at + 3] ?? 0]
}

/** A word whose longer side stands upright is set sideways. */
export function isSideways(words: Words, index: number): boolean {
  const [x0, y0, x1, y1] = wordBox(words, index)
  return wordEnd(words, index) - wordStart(words, index) > 1 && y1 - y0 > 1.4 * (x1 - x0)
}

/** Index of the first word that ends behind `offset`. */
export function firstWordBehind(words: Words, offset: number): number {
  let low = 0
  let high = wordCount(words)
  while (low < high) {
    const middle = (low + high) >> 1
    if (wordEnd(words, middle) <= offset) low = middle + 1
    else high = middle
  }
  return low
}

/** Roles that are searched and read although they are no running text. */
const NOTES = new Set(['footnote', 'caption'])

function plainRole(role: string): string {
  return role.toLowerCase().replace(/[^a-z]/g, '')
}

/** Heads, feet, page numbers, stamps and line numbers: not part of what the paper says. */
export function isFurniture(role: string): boolean {
  return !NOTES.has(plainRole(role))
}

export function hasNotes(layout: PageLayout): boolean {
  return layout.roles.some((span) => !isFurniture(span.role))
}

/** The page as the find reads it: without furniture, or without notes and captions as well. */
export function pageText(layout: PageLayout, withNotes: boolean): PageText {
  return {
    page: layout.page,
    text: layout.text,
    seams: seamsOf(layout.words),
    skipped: withNotes ? furnitureOf(layout) : layout.roles,
  }
}

export function furnitureOf(layout: PageLayout): readonly Span[] {
  return layout.roles.filter((span) => isFurniture(span.role))
}

/** Where one word goes on directly behind another. */
function seamsOf(words: Words): number[] {
  const seams: number[] = []
  for (let i = 1; i < wordCount(words); i += 1) {
    const start = wordStart(words, i)
    if (start === wordEnd(words, i - 1)) seams.push(start)
  }
  return seams
}
