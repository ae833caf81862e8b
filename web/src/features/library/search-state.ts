// The list's view state in the address; the same shape as the route checks.
export interface LibrarySearch {
  q?: string
  collection?: string
  tag?: string
  item_type?: string
  sort?: string
  direction?: 'asc' | 'desc'
  trash?: boolean
  /** Key of the paper whose details are shown. */
  selected?: string
}

/** `collection` of papers in no collection. */
export const UNFILED = 'unfiled'

/** Whether anything narrows the list beyond the place that it shows. */
export function isFiltered(search: LibrarySearch): boolean {
  return search.q !== undefined || search.tag !== undefined || search.item_type !== undefined
}
