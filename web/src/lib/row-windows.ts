/** A long list in windows: which of them are needed for what is on the screen. */

/** Rows in one window; the server gives at most 200. */
export const WINDOW_ROWS = 100

/** Offsets of the windows that cover rows `first` to `last` (both included), and half a screen around them. */
export function windowsFor(first: number, last: number, total: number, windowRows = WINDOW_ROWS): number[] {
  if (total <= 0 || last < first) return []
  const spare = Math.ceil((last - first + 1) / 2)
  const from = Math.max(0, Math.floor((first - spare) / windowRows))
  const to = Math.floor(Math.min(total - 1, last + spare) / windowRows)
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => (from + index) * windowRows)
}

/** The offset of the window that holds a row. */
export function windowOf(row: number, windowRows = WINDOW_ROWS): number {
  return Math.floor(row / windowRows) * windowRows
}

/**
 * How many rows to scroll so that the row on top stays where it is after the list has changed: the row's
 * new place minus its old one, or 0 where it is gone or the list was at its very top (new papers push in there).
 */
export function rowsToFollow(
  before: { readonly key: string | undefined; readonly row: number },
  after: ReadonlyMap<string, number>,
): number {
  if (before.key === undefined || before.row === 0) return 0
  const place = after.get(before.key)
  return place === undefined ? 0 : place - before.row
}
