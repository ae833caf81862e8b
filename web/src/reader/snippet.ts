// The words around a place, for the list of places.

/** A piece of a snippet; `marked` is what was found. */
export interface SnippetPart {
  readonly text: string
  readonly marked: boolean
}

/** Code points shown before and behind what was found. */
const BEFORE = 30
const BEHIND = 42

/** The words around `[start, end)` (code points) of a page's text, cut at word ends. */
export function snippetOf(text: string, start: number, end: number): SnippetPart[] {
  const points = Array.from(text)
  const before = plain(cutFront(points.slice(Math.max(0, start - BEFORE), start), start > BEFORE))
  const marked = plain(points.slice(start, end))
  const behind = plain(cutBack(points.slice(end, end + BEHIND), end + BEHIND < points.length))
  return [
    { text: before.trimStart(), marked: false },
    { text: marked, marked: true },
    { text: behind.trimEnd(), marked: false },
  ].filter((part) => part.text !== '')
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
