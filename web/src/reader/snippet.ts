// The words around a place, for the list of places.
import type { Span } from '../lib/text/stream'

/** A piece of a snippet; `marked` is what was found. */
export interface SnippetPart {
  readonly text: string
  readonly marked: boolean
}

/** Code points shown before and behind what was found. */
const BEFORE = 30
const BEHIND = 42

/**
 * The words around `[start, end)` (code points) of a page's text, cut at word ends. What is `hidden` (heads, feet, page
 * numbers) is not part of them.
 */
export function snippetOf(text: string, start: number, end: number, hidden: readonly Span[] = []): SnippetPart[] {
  const points = Array.from(text)
  const shown = (from: number, to: number) => visible(points, from, to, hidden)
  const front = shown(0, start)
  const rest = shown(end, points.length)
  const before = plain(cutFront(front.slice(-BEFORE), front.length > BEFORE))
  const marked = plain(shown(start, end))
  const behind = plain(cutBack(rest.slice(0, BEHIND), rest.length > BEHIND))
  return [
    { text: before.trimStart(), marked: false },
    { text: marked, marked: true },
    { text: behind.trimEnd(), marked: false },
  ].filter((part) => part.text !== '')
}

function visible(points: readonly string[], from: number, to: number, hidden: readonly Span[]): string[] {
  const shown: string[] = []
  let at = from
  for (const span of hidden.filter((each) => each.end > from && each.start < to).toSorted((a, b) => a.start - b.start)) {
    shown.push(...points.slice(at, Math.max(at, span.start)))
    at = Math.max(at, span.end)
  }
  shown.push(...points.slice(at, to))
  return shown
}

function plain(points: readonly string[]): string {
  return points.join('').replace(/\s+/gu, ' ')
}

/** Drops the word that the cut went through, unless that leaves nothing. */
function cutFront(points: string[], isCut: boolean): string[] {
  const space = points.findIndex((point) => /\s/u.test(point))
  return isCut && space >= 0 && space < points.length - 1 ? points.slice(space + 1) : points
}

function cutBack(points: string[], isCut: boolean): string[] {
  const space = points.findLastIndex((point) => /\s/u.test(point))
  return isCut && space > 0 ? points.slice(0, space) : points
}
