/** Which fields a paper of a kind shows, and in which order. Names are Zotero's. */

import type { Creator } from './creators'

/** What a machine is not sure of. */
export interface Doubt {
  readonly value?: string | null
  readonly confidence: number
  readonly source: string
}

/** What a person can change in a paper, under the API's names. */
export interface Editable {
  readonly item_type: string
  readonly fields: Readonly<Record<string, string>>
  readonly creators: readonly Creator[]
  readonly tags: readonly string[]
}

/** The kinds a paper can be, most usual first. */
export const ITEM_TYPES = [
  'journalArticle',
  'conferencePaper',
  'preprint',
  'book',
  'bookSection',
  'thesis',
  'report',
  'document',
  'magazineArticle',
  'newspaperArticle',
  'presentation',
  'standard',
  'patent',
  'webpage',
  'dataset',
  'manuscript',
] as const

const VENUES: Readonly<Record<string, string>> = {
  conferencePaper: 'proceedingsTitle',
  bookSection: 'bookTitle',
  book: 'publisher',
  thesis: 'university',
  report: 'institution',
  preprint: 'repository',
  presentation: 'meetingName',
  standard: 'organization',
  webpage: 'websiteTitle',
  dataset: 'repository',
}

/** The field that says where a paper of this kind came out. */
export function venueField(itemType: string): string {
  return VENUES[itemType] ?? 'publicationTitle'
}

const PAGED = new Set([
  'journalArticle',
  'conferencePaper',
  'bookSection',
  'magazineArticle',
  'newspaperArticle',
  'report',
])
const VOLUMES = new Set(['journalArticle', 'magazineArticle', 'bookSection', 'book', 'conferencePaper'])

/** The fields always shown for a kind, in order; then those that have a value. */
export function shownFields(itemType: string, filled: readonly string[]): string[] {
  const venue = venueField(itemType)
  const first = [venue, 'date']
  if (itemType === 'journalArticle' || itemType === 'magazineArticle') first.push('volume', 'issue')
  if (PAGED.has(itemType)) first.push('pages')
  first.push('DOI')
  if (itemType === 'preprint') first.push('archiveID')
  if (itemType === 'book' || itemType === 'bookSection') first.push('ISBN')
  const rest = EXTRA.filter((field) => filled.includes(field) && !first.includes(field))
  const others = filled
    .filter((field) => !first.includes(field) && !rest.includes(field) && !ELSEWHERE.has(field))
    .sort()
  return [...first, ...rest, ...others]
}

/** More fields that can be added to a kind, those not shown yet. */
export function addableFields(itemType: string, shown: readonly string[]): string[] {
  return EXTRA.filter((field) => !shown.includes(field) && (field !== 'volume' || VOLUMES.has(itemType)))
}

/** Shown in places of their own, not in the list of fields. */
const ELSEWHERE = new Set(['title', 'abstractNote'])
const EXTRA = [
  'shortTitle',
  'publicationTitle',
  'proceedingsTitle',
  'conferenceName',
  'series',
  'volume',
  'issue',
  'pages',
  'publisher',
  'place',
  'edition',
  'archiveID',
  'ISBN',
  'ISSN',
  'url',
  'language',
  'rights',
  'extra',
]

/** The value of a field for a list's column "venue". */
export function venueOf(item: Pick<Editable, 'item_type' | 'fields'>): string {
  const { fields } = item
  return (
    fields[venueField(item.item_type)] ||
    fields['publicationTitle'] ||
    fields['proceedingsTitle'] ||
    fields['bookTitle'] ||
    fields['repository'] ||
    fields['publisher'] ||
    ''
  )
}

/** The year: the first four digits in a row of the date. */
export function yearOf(item: Pick<Editable, 'fields'>): string {
  return /\d{4}/.exec(item.fields['date'] ?? '')?.[0] ?? ''
}

/** An address to open for an identifier, or `null` for other fields and for what is none. */
export function linkOf(field: string, value: string): string | null {
  if (field === 'DOI' && /^10\.\d{4,9}\/\S+$/.test(value)) return `https://doi.org/${encodeURI(value)}`
  if (field === 'archiveID') {
    const id = value.replace(/^arxiv:/i, '')
    return /^(\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?\/\d{7})(v\d+)?$/.test(id) ? `https://arxiv.org/abs/${id}` : null
  }
  if (field === 'url' && /^https?:\/\//i.test(value)) return value
  return null
}

/** What a person typed into a field, as it is kept: spaces at the ends dropped, a DOI without its address. */
export function tidyValue(field: string, typed: string): string {
  const value = field === 'abstractNote' || field === 'extra' ? typed.trim() : typed.replace(/\s+/g, ' ').trim()
  if (field === 'DOI') return value.replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)/i, '')
  return value
}

/** Whether a typed value can be kept; otherwise a code of what is wrong. */
export function faultOf(field: string, value: string): 'title_empty' | 'not_a_doi' | 'not_an_address' | null {
  if (field === 'title' && value === '') return 'title_empty'
  if (value === '') return null
  if (field === 'DOI' && !/^10\.\d{4,9}\/\S+$/.test(value)) return 'not_a_doi'
  if (field === 'url' && !/^https?:\/\/\S+$/i.test(value)) return 'not_an_address'
  return null
}
