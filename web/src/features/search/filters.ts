// The state of the search page as it stands in the address, and the query that it makes.

export interface SearchState {
  /** The words as typed. */
  readonly q?: string
  readonly library?: number
  /** `2012..2022`, either end may be left out. */
  readonly year?: string
  readonly author?: string
}

/** What the server is asked: the words with the filters behind them. */
export function queryOf({ q, year, author }: SearchState): string {
  const parts = [
    q?.trim() ?? '',
    author === undefined ? '' : `author:"${author.replaceAll('"', '')}"`,
    year === undefined ? '' : `year:${year}`,
  ]
  return parts.filter((part) => part !== '').join(' ')
}

export function hasFilters(state: SearchState): boolean {
  return state.library !== undefined || state.year !== undefined || state.author !== undefined
}

/** A range of years from what was typed into two fields; undefined if neither is a year. */
export function yearRange(from: string, to: string): string | undefined {
  const [first, last] = [yearOf(from), yearOf(to)]
  if (first === '' && last === '') return undefined
  if (first !== '' && last !== '' && Number(first) > Number(last)) return `${last}..${first}`
  return first === last ? first : `${first}..${last}`
}

/** The two ends of a range, empty where it is open. */
export function yearEnds(range: string | undefined): readonly [from: string, to: string] {
  if (range === undefined) return ['', '']
  const [from = '', to] = range.split('..')
  return [from, to ?? from]
}

/** A range for people: `2012–2022`, `from 2012`, `to 2022`. */
export function yearWords(range: string): string {
  const [from, to] = yearEnds(range)
  if (from === to) return from
  if (to === '') return `from ${from}`
  return from === '' ? `to ${to}` : `${from}–${to}`
}

/** The words and phrases that a paper must hold, for saying that none does. */
export function wantedWords(q: string): string[] {
  const parts = q.match(/-?(?:[a-z]+:)?(?:["“”„][^"“”„]*["“”„]?|\S+)/giu) ?? []
  return parts
    .filter((part) => !part.startsWith('-') && !/^[a-z]+:/iu.test(part))
    .map((part) => part.replace(/["“”„*]/gu, '').trim())
    .filter((part) => /[\p{L}\p{N}]/u.test(part))
}

export function isQuoted(q: string): boolean {
  return /["“”„]/u.test(q)
}

function yearOf(typed: string): string {
  const year = typed.trim()
  return /^\d{3,4}$/u.test(year) ? year : ''
}
