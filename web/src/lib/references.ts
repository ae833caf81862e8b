/** Works that a paper cites, in words and links. */

import { linkOf } from './item-fields'

/** Somebody who wrote a cited work: in two parts, or one name. */
export interface CitedAuthor {
  readonly given?: string
  readonly family?: string
  readonly name?: string
}

/** A cited work, as read from the list of references. */
export interface CitedWork {
  /** Number or key printed before it; empty if none. */
  readonly label: string
  /** As printed, lines joined. */
  readonly raw: string
  readonly title?: string
  readonly authors: readonly CitedAuthor[]
  readonly year?: number
  /** Journal, book or series. */
  readonly venue?: string
  readonly volume?: string
  readonly issue?: string
  readonly pages?: string
  readonly doi?: string
  readonly arxiv?: string
  readonly url?: string
  /** How sure the title is, 0 to 1. */
  readonly confidence: number
  /** Which of the paper's lists it stands in, from 0. */
  readonly list: number
  /** Where its entry stands: boxes of its lines in PDF user space. */
  readonly places: readonly { readonly page: number; readonly rects: readonly (readonly number[])[] }[]
  /** Where the text cites it, in code points of the page's text. */
  readonly cited_in: readonly { readonly page: number; readonly start: number; readonly end: number }[]
  /** The paper in a library of the reader's. */
  readonly paper?: KnownPaper
}

export interface KnownPaper {
  readonly library: number
  readonly key: string
  /** Whether it has a PDF to be read. */
  readonly has_pdf: boolean
}

/** A title less sure than this is shown as doubtful. */
const DOUBT_BELOW = 0.75
/** Names shown before "and 12 more". */
const MOST_NAMES = 6

/** What stands in the largest letters: the title, or all that is printed where no title was read. */
export function headOf(work: CitedWork): string {
  return work.title ?? work.raw
}

export function isDoubtful(work: CitedWork): boolean {
  return work.title !== undefined && work.confidence < DOUBT_BELOW
}

/** The family names in printed order. */
export function namesOf(authors: readonly CitedAuthor[]): string {
  const names = authors.map((author) => author.name ?? author.family ?? '').filter((name) => name !== '')
  if (names.length <= MOST_NAMES + 1) return names.join(', ')
  return `${names.slice(0, MOST_NAMES).join(', ')} and ${names.length - MOST_NAMES} more`
}

/** Where and when it came out: "Nature 521(7553), 436–444, 2015"; where there are no numbers, "ECCV 2014". */
export function whereOf(work: CitedWork): string {
  const { venue = '', volume = '', issue = '', pages = '' } = work
  const year = work.year === undefined ? '' : String(work.year)
  if (venue === '') return year
  const number = `${volume}${issue === '' ? '' : `(${issue})`}`
  const detail = [`${venue} ${number}`.trim(), pages].filter((part) => part !== '')
  return number === '' && pages === '' ? `${venue} ${year}`.trim() : [...detail, year].filter((part) => part !== '').join(', ')
}

/** One line below the title; empty where nothing but the title was read. */
export function lineOf(work: CitedWork): string {
  return [namesOf(work.authors), whereOf(work)].filter((part) => part !== '').join(' · ')
}

export interface OutwardLink {
  readonly href: string
  /** What is shown: the identifier, or the host of an address. */
  readonly words: string
}

/** Where the work itself can be found: by DOI, else at arXiv, else at its address. */
export function outwardLink(work: Pick<CitedWork, 'doi' | 'arxiv' | 'url'>): OutwardLink | null {
  const doi = linkOf('DOI', work.doi ?? '')
  if (doi !== null) return { href: doi, words: work.doi ?? '' }
  const arxiv = linkOf('archiveID', work.arxiv ?? '')
  if (arxiv !== null) return { href: arxiv, words: `arXiv:${(work.arxiv ?? '').replace(/^arxiv:/i, '')}` }
  const url = linkOf('url', work.url ?? '')
  return url === null || !URL.canParse(url) ? null : { href: url, words: new URL(url).host }
}

/** The number or key by which the work is called, else its place in the list, from 1. */
export function callOf(work: CitedWork, index: number): string {
  return work.label === '' ? String(index + 1) : work.label
}
