// The columns of the list and in which order they give way.
import { libraryTexts as t } from '../../texts/library'

export type ColumnName = 'title' | 'creators' | 'year' | 'venue' | 'added' | 'file'

export interface Column {
  name: ColumnName
  label: string
  /** `null` takes what is free. */
  width: number | null
  /** The API's name for sorting by it; `null` cannot be sorted by. */
  sort: string | null
  /** Width of the list from which on the column is shown. */
  from: number
}

export const COLUMNS: readonly Column[] = [
  { name: 'title', label: t.columns.title, width: null, sort: 'title', from: 0 },
  { name: 'creators', label: t.columns.creators, width: 132, sort: 'creators', from: 560 },
  { name: 'year', label: t.columns.year, width: 56, sort: 'year', from: 0 },
  { name: 'venue', label: t.columns.venue, width: 108, sort: 'venue', from: 680 },
  { name: 'added', label: t.columns.added, width: 84, sort: 'added', from: 780 },
  { name: 'file', label: t.columns.file, width: 50, sort: null, from: 0 },
]

export function columnsFor(width: number): Column[] {
  return COLUMNS.filter((column) => width >= column.from)
}
