// What a query of the search page looks for on the pages, so that the reader marks what the search found: each word in
// all its endings, phrases as they stand, the word being typed also as the beginning of longer ones.
import { foldVariants, isUnspaced } from './fold'
import { GAP, joinPlaces, NO_WORD_AFTER, NO_WORD_BEFORE, placesOfPattern, type Found } from './find'
import { stem } from './stem'
import { SEAM, type FoldedStream } from './stream'

/** Words side by side. */
export interface Term {
  /** The ways to write it; each a row of folded words. */
  readonly variants: readonly (readonly string[])[]
  /** Whether other endings of the last word count. */
  readonly isStemmed: boolean
  /** Whether longer words than the last count. */
  readonly isOpen: boolean
}

/** Fields whose values stand beside the pages, not on them. */
const BESIDE = new Set(['author', 'title', 'tag', 'year', 'in'])
/** Prefixes of identifiers, which the text may or may not have. */
const IDENTIFIERS = new Set(['doi', 'arxiv', 'isbn', 'issn', 'pmid', 'pmcid'])
const CHUNK =
  /(-?)(?:([a-z]{2,}):\s*)?(?:["“”„‟«»＂「」]([^"“”„‟«»＂「」]*)["“”„‟«»＂「」]?|([^\s"“”„‟«»＂「」]+))/giu
const WORDS = /[\p{L}\p{N}\p{M}]+/gu
/** Fewer letters than this begin too many words. */
const LEAST_TYPED = 3

/** Reads a query; what excludes papers or speaks of their details is left out. */
export function termsOf(query: string): Term[] {
  const chunks = [...query.matchAll(CHUNK)]
  const isTyping = /[\p{L}\p{N}]$/u.test(query)
  return chunks.flatMap(([, minus, field, quoted, bare], index) => {
    const name = field?.toLowerCase() ?? ''
    if (minus === '-' || BESIDE.has(name) || /^(?:AND|OR|NOT)$/u.test(bare ?? '')) return []
    const isQuoted = quoted !== undefined
    const text = quoted ?? withoutResolver(bare ?? '')
    const isOpen = !isQuoted && (/\*$/u.test(text) || (isTyping && index === chunks.length - 1))
    const own = termOf(text, !isQuoted, isOpen)
    const named = name === '' || IDENTIFIERS.has(name) ? [] : termOf(name, true, false)
    return [...named, ...own]
  })
}

/** All places of any of the terms, in reading order. */
export function findTerms(stream: FoldedStream, terms: readonly Term[]): Found[] {
  const patterns = terms.flatMap((term) => {
    const source = termSource(stream, term)
    return source === '' ? [] : [new RegExp(source, 'gu')]
  })
  return joinPlaces(...patterns.map((pattern) => placesOfPattern(stream, pattern)))
}

function termOf(text: string, isStemmed: boolean, isOpen: boolean): Term[] {
  const variants = foldVariants(text)
    .map((variant) => variant.match(WORDS) ?? [])
    .filter((words) => words.length > 0)
  return variants.length === 0 ? [] : [{ variants, isStemmed, isOpen }]
}

/** A DOI's address is searched as the DOI. */
function withoutResolver(text: string): string {
  return text.replace(/^.*doi\.org\/(?=10\.)/iu, '').replace(/^.*arxiv\.org\/(?:abs|pdf)\//iu, '')
}

function termSource(stream: FoldedStream, term: Term): string {
  return term.variants
    .map((words) =>
      words
        .map((word, index) => wordSource(stream, word, index === words.length - 1 ? term : null))
        .reduce((before, next, index) => before + joint(words[index - 1] ?? '', words[index] ?? '') + next),
    )
    .filter((source) => source !== '')
    .join('|')
}

/** Between words anything but words; between characters without spaces nothing. */
function joint(before: string, next: string): string {
  return isUnspaced(before.slice(-1)) && isUnspaced(next.slice(0, 1)) ? '' : GAP
}

function wordSource(stream: FoldedStream, word: string, last: Term | null): string {
  const before = isUnspaced(word.slice(0, 1)) ? '' : NO_WORD_BEFORE
  const behind = isUnspaced(word.slice(-1)) ? '' : NO_WORD_AFTER
  const forms = new Set([word])
  if (last?.isStemmed === true && /^[a-z]{3,}$/u.test(word)) {
    const own = stem(word)
    for (const other of vocabularyOf(stream)) if (stemOf(other) === own) forms.add(other)
  }
  const closed = `(?:${[...forms].map(seamed).join('|')})${behind}`
  const isOpen = last?.isOpen === true && behind !== '' && Array.from(word).length >= LEAST_TYPED
  return isOpen ? `${before}(?:${closed}|${seamed(word)}[\\p{L}\\p{N}\\p{M}${SEAM}]*)` : `${before}${closed}`
}

function seamed(word: string): string {
  return Array.from(word).join(`${SEAM}?`)
}

/** The words of a stream from a to z, read once as it grows. */
function vocabularyOf(stream: FoldedStream): ReadonlySet<string> {
  const known = vocabularies.get(stream) ?? { upTo: 0, words: new Set<string>() }
  vocabularies.set(stream, known)
  // The last word may still grow by the next page.
  const from = Math.max(0, known.upTo - 100)
  for (const [word] of stream.text.slice(from).matchAll(new RegExp(`[a-z${SEAM}]{3,}`, 'gu'))) {
    known.words.add(word.replaceAll(SEAM, ''))
  }
  known.upTo = stream.text.length
  return known.words
}

const vocabularies = new WeakMap<FoldedStream, { upTo: number; readonly words: Set<string> }>()
const stems = new Map<string, string>()

function stemOf(word: string): string {
  const known = stems.get(word)
  if (known !== undefined) return known
  const made = stem(word)
  stems.set(word, made)
  return made
}
