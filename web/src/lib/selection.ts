/** Which papers of a list are chosen, with mouse and keyboard, without knowing all of them. */

/** A choice of papers. `all` stands for every paper of the present list but `except`. */
export interface Selection {
  readonly all: boolean
  readonly keys: ReadonlySet<string>
  /** With `all`: those taken out again. */
  readonly except: ReadonlySet<string>
  /** The row where a range begins. */
  readonly anchor: number
  /** The row that the keyboard stands on. */
  readonly cursor: number
}

/** Nothing chosen. */
export const NOTHING: Selection = { all: false, keys: new Set(), except: new Set(), anchor: 0, cursor: 0 }

/** Row → key for rows that are loaded. */
export type KeyAt = (row: number) => string | undefined

/** Whether a paper is chosen. */
export function isChosen(selection: Selection, key: string): boolean {
  return selection.all ? !selection.except.has(key) : selection.keys.has(key)
}

/** How many are chosen. */
export function countChosen(selection: Selection, total: number): number {
  return selection.all ? Math.max(0, total - selection.except.size) : selection.keys.size
}

/** Chooses one row only. */
export function chooseOne(row: number, keyAt: KeyAt): Selection {
  const key = keyAt(row)
  return { ...NOTHING, keys: new Set(key === undefined ? [] : [key]), anchor: row, cursor: row }
}

/** Moves the keyboard's row and chooses it. */
export function moveTo(selection: Selection, row: number, total: number, keyAt: KeyAt): Selection {
  if (total === 0) return selection
  return chooseOne(Math.max(0, Math.min(total - 1, row)), keyAt)
}

/** Chooses from the anchor to a row, both included. Rows that are not loaded cannot be chosen yet and are left out. */
export function extendTo(selection: Selection, row: number, total: number, keyAt: KeyAt): Selection {
  if (total === 0) return selection
  const to = Math.max(0, Math.min(total - 1, row))
  const keys = new Set<string>()
  for (let at = Math.min(selection.anchor, to); at <= Math.max(selection.anchor, to); at += 1) {
    const key = keyAt(at)
    if (key !== undefined) keys.add(key)
  }
  return { ...NOTHING, keys, anchor: selection.anchor, cursor: to }
}

/** Adds a row to the choice or takes it out. */
export function toggle(selection: Selection, row: number, keyAt: KeyAt): Selection {
  const key = keyAt(row)
  if (key === undefined) return selection
  if (selection.all) return { ...selection, except: flipped(selection.except, key), anchor: row, cursor: row }
  return { ...selection, keys: flipped(selection.keys, key), anchor: row, cursor: row }
}

/** Chooses all papers of the list, loaded or not. */
export function chooseAll(selection: Selection): Selection {
  return { ...NOTHING, all: true, anchor: selection.anchor, cursor: selection.cursor }
}

/** The same choice after rows have moved; the keyboard stays on its paper where that is still known. */
export function follow(
  selection: Selection,
  cursorKey: string | undefined,
  rowOf: ReadonlyMap<string, number>,
  total: number,
): Selection {
  const row = cursorKey === undefined ? undefined : rowOf.get(cursorKey)
  const cursor = Math.max(0, Math.min(total - 1, row ?? selection.cursor))
  return cursor === selection.cursor
    ? selection
    : { ...selection, cursor, anchor: selection.anchor === selection.cursor ? cursor : selection.anchor }
}

/** The choice without papers that went away; what was not chosen stays as it is. */
export function without(selection: Selection, gone: readonly string[]): Selection {
  if (!gone.some((key) => selection.keys.has(key))) return selection
  return { ...selection, keys: new Set([...selection.keys].filter((key) => !gone.includes(key))) }
}

function flipped(set: ReadonlySet<string>, key: string): Set<string> {
  const out = new Set(set)
  if (!out.delete(key)) out.add(key)
  return out
}
