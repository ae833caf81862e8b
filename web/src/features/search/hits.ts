// The list of places on the search page, flat, so that keys can step through it.
import type { Passage, SearchHit } from '../../api/types'

/** A place, or a paper found by its details alone. */
export interface Stop {
  readonly hit: SearchHit
  /** Null where the paper itself is meant. */
  readonly passage: Passage | null
  readonly id: string
}

export function paperId(hit: SearchHit): string {
  return `${hit.library}/${hit.key}`
}

/** What J and K step through, in order. */
export function stopsOf(hits: readonly SearchHit[], isFolded: (id: string) => boolean): Stop[] {
  return hits.flatMap((hit): Stop[] => {
    const id = paperId(hit)
    if (isFolded(id)) return []
    if (hit.passages.length === 0) return [{ hit, passage: null, id }]
    return hit.passages.map((passage, index) => ({ hit, passage, id: `${id}/${index}` }))
  })
}

/** Places known of a paper, shown or not. */
export function placeCount(hit: SearchHit): number {
  return hit.passages.length + (hit.more_places ?? 0)
}

/** A part of a snippet. */
export interface SnippetPart {
  readonly text: string
  readonly isMarked: boolean
}

/** The snippet cut at its marks (code points), with single spaces; what runs over a page end is one sentence again. */
export function snippetParts({ continues, ...passage }: Passage): SnippetPart[] {
  if (continues === undefined) return partsOf(passage)
  const isDivided = /\p{L}[-\u2010\u2011\u00ad]$/u.test(passage.text) && /^\p{Ll}/u.test(continues.text)
  const text = isDivided ? passage.text.slice(0, -1) : `${passage.text} `
  return [...partsOf({ text, marks: passage.marks }), ...partsOf(continues)]
}

function partsOf({ text, marks }: Pick<Passage, 'text' | 'marks'>): SnippetPart[] {
  const points = Array.from(text)
  const parts: SnippetPart[] = []
  let at = 0
  for (const [start = 0, end = 0] of [...marks].sort(([a = 0], [b = 0]) => a - b)) {
    if (end <= at) continue
    parts.push({ text: points.slice(at, Math.max(at, start)).join(''), isMarked: false })
    parts.push({ text: points.slice(Math.max(at, start), end).join(''), isMarked: true })
    at = end
  }
  parts.push({ text: points.slice(at).join(''), isMarked: false })
  return parts
    .filter((part) => part.text !== '')
    .map((part) => ({ ...part, text: part.text.replace(/\s+/gu, ' ') }))
}

/** Where the reader opens: page, and the code points of the page's text to be marked first. */
export function placeOf(passage: Passage): { readonly page: number; readonly mark?: string } {
  const [start, end] = passage.marks[0] ?? []
  if (start === undefined || end === undefined) return { page: passage.page }
  return { page: passage.page, mark: `${passage.offset + start}-${passage.offset + end}` }
}
