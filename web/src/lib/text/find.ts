// Finding words in the folded text of a document, as somebody who reads it types them.
import { foldCodePointCased, foldVariants, isWordCharacter } from './fold'
import { SEAM, type FoldedStream, type PageSpan } from './stream'

/** How to find. */
export interface FindOptions {
  readonly matchCase: boolean
  readonly wholeWords: boolean
}

/** One place: a span, or several where it runs over a page end or something left out. */
export interface Found {
  readonly spans: readonly PageSpan[]
}

/** More places than anybody steps through. */
export const MOST_PLACES = 5000

/** Signs that people type or leave out as they like; any gap in the text answers them. */
const WEAK = /^[\s\p{Pd}\p{Pi}\p{Pf}'"`,;:_]$/u
/** A character beyond what a word may hold. */
export const GAP = '(?:[^\\p{L}\\p{N}\\p{M}]{1,8})'
export const NO_WORD_BEFORE = `(?<![\\p{L}\\p{N}\\p{M}]${SEAM}?)`
export const NO_WORD_AFTER = `(?!${SEAM}?[\\p{L}\\p{N}\\p{M}])`

/**
 * The patterns that `query` stands for, best first: the words side by side with whatever signs between them, and before
 * that, if it has signs that carry meaning ("C++", "50%"), with these signs. Empty for a query without a word or sign.
 */
export function phrasePatterns(query: string, options: FindOptions): RegExp[] {
  const variants = options.matchCase ? [Array.from(query, foldCodePointCased).join('')] : foldVariants(query)
  const sources = [true, false].map((strict) => patternSource(variants, options, strict))
  return [...new Set(sources)].filter((source) => source !== '').map((source) => new RegExp(source, 'gu'))
}

/** The places of a pattern that end behind `from` of the folded text, in reading order. */
export function placesOfPattern(stream: FoldedStream, pattern: RegExp, from = 0): Found[] {
  const found: Found[] = []
  pattern.lastIndex = from
  for (let match = pattern.exec(stream.text); match !== null; match = pattern.exec(stream.text)) {
    const spans = stream.placesOf(match.index, match.index + match[0].length)
    if (spans.length > 0) found.push({ spans })
    if (match[0] === '') pattern.lastIndex += 1
    if (found.length >= MOST_PLACES) break
  }
  return found
}

/** All places of `query` in `stream`; see [`phrasePatterns`]. */
export function findPhrase(stream: FoldedStream, query: string, options: FindOptions): Found[] {
  for (const pattern of phrasePatterns(query, options)) {
    const found = placesOfPattern(stream, pattern)
    if (found.length > 0) return found
  }
  return []
}

/** Joins places found in several ways: in reading order, each once. */
export function joinPlaces(...lists: readonly (readonly Found[])[]): Found[] {
  const all = lists.flat().sort((a, b) => comparePlaces(a, b))
  return all.filter((found, index) => {
    const before = all[index - 1]
    return before === undefined || !overlaps(before, found)
  })
}

function comparePlaces(a: Found, b: Found): number {
  const [first, second] = [a.spans[0], b.spans[0]]
  if (!first || !second) return 0
  // At one start the longer place goes first and swallows the shorter.
  return first.page - second.page || first.start - second.start || second.end - first.end
}

function overlaps(a: Found, b: Found): boolean {
  const next = b.spans[0]
  return (
    next !== undefined &&
    a.spans.some((span) => span.page === next.page && next.start < span.end && next.start >= span.start)
  )
}

function patternSource(variants: readonly string[], options: FindOptions, strict: boolean): string {
  return variants
    .map((variant) => variantSource(variant, options, strict))
    .filter((source) => source !== '')
    .join('|')
}

function variantSource(variant: string, options: FindOptions, strict: boolean): string {
  const atoms = trimGaps(atomsOf(variant, strict))
  const source = atoms.map(atomSource).join(`${SEAM}?`)
  return options.wholeWords && source !== '' ? `${NO_WORD_BEFORE}${source}${NO_WORD_AFTER}` : source
}

type Atom = { readonly kind: 'letter' | 'sign'; readonly character: string } | { readonly kind: 'gap' }

function atomsOf(text: string, strict: boolean): Atom[] {
  const atoms: Atom[] = []
  for (const character of text) {
    if (isWordCharacter(character)) atoms.push({ kind: 'letter', character })
    else if (strict && !WEAK.test(character)) atoms.push({ kind: 'sign', character })
    else if (atoms.at(-1)?.kind !== 'gap') atoms.push({ kind: 'gap' })
  }
  return atoms
}

function trimGaps(atoms: readonly Atom[]): Atom[] {
  const first = atoms.findIndex((atom) => atom.kind !== 'gap')
  const last = atoms.findLastIndex((atom) => atom.kind !== 'gap')
  return first < 0 ? [] : atoms.slice(first, last + 1)
}

function atomSource(atom: Atom): string {
  switch (atom.kind) {
    case 'letter':
      return atom.character
    case 'sign':
      return ` ?${escaped(atom.character)} ?`
    case 'gap':
      return GAP
  }
}

function escaped(character: string): string {
  return /[\\^$.*+?()[\]{}|/-]/u.test(character) ? `\\${character}` : character
}
