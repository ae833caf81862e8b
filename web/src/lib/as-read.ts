/** What a PDF says beside what a paper says here, field by field. */

import { type Creator, fullName } from './creators'
import type { Editable } from './item-fields'
import type { ItemPatch } from './item-merge'

/** What was read from a paper's PDF. */
export interface AsRead {
  readonly item_type?: string
  readonly fields: Readonly<Record<string, string>>
  readonly creators: readonly Creator[]
  /** 0 to 1, by field; `creators` and `item_type` too. */
  readonly confidence: Readonly<Record<string, number>>
}

/** What a PDF says of an author. */
export interface AsReadPerson {
  readonly name: string
  readonly affiliations: readonly string[]
  readonly email?: string | null
  readonly orcid?: string | null
}

/** The institutions of all authors, each once, in printed order. */
export function institutionsOf(people: readonly AsReadPerson[]): string[] {
  return [...new Set(people.flatMap((person) => person.affiliations))]
}

/** One value that was read, beside the one that the paper has. */
export interface Compared {
  /** A field's name, or `creators`, `item_type`. */
  readonly field: string
  readonly here: string
  readonly read: string
  readonly confidence: number
  readonly isEqual: boolean
}

const FIRST = ['title', 'creators', 'item_type', 'date']

/** Everything that was read, beside what the paper has; the most telling first. */
export function compare(paper: Editable, read: AsRead): Compared[] {
  const rows: Compared[] = []
  const add = (field: string, here: string, value: string) =>
    rows.push({ field, here, read: value, confidence: read.confidence[field] ?? 0, isEqual: isSame(field, here, value) })
  for (const [field, value] of Object.entries(read.fields)) add(field, paper.fields[field] ?? '', value)
  if (read.creators.length > 0) add('creators', names(paper.creators), names(read.creators))
  if (read.item_type !== undefined) add('item_type', paper.item_type, read.item_type)
  const rank = (field: string) => (FIRST.includes(field) ? FIRST.indexOf(field) : FIRST.length)
  return rows.sort((a, b) => rank(a.field) - rank(b.field) || a.field.localeCompare(b.field))
}

export function differences(paper: Editable, read: AsRead): Compared[] {
  return compare(paper, read).filter((row) => !row.isEqual)
}

/** Takes the chosen fields over from what was read; the others stay as they are. */
export function takenFrom(read: AsRead, chosen: ReadonlySet<string>): ItemPatch {
  const fields = Object.entries(read.fields).filter(([field]) => chosen.has(field))
  return {
    ...(fields.length === 0 ? {} : { fields: Object.fromEntries(fields) }),
    ...(chosen.has('creators') ? { creators: read.creators } : {}),
    ...(chosen.has('item_type') && read.item_type !== undefined ? { item_type: read.item_type } : {}),
  }
}

function names(creators: readonly Creator[]): string {
  return creators.map(fullName).join(', ')
}

/** Whether two values say the same; a year and a day in it do. */
function isSame(field: string, here: string, read: string): boolean {
  const [a, b] = [tidy(field, here), tidy(field, read)]
  return a === b || (field === 'date' && a !== '' && (a.startsWith(`${b}-`) || b.startsWith(`${a}-`)))
}

/** What is compared: spaces mean nothing, and in a DOI capitals neither. */
function tidy(field: string, text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim()
  return field === 'DOI' ? plain.toLowerCase() : plain
}
