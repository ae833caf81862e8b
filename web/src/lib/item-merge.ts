/** Changes to a paper: as a JSON merge patch, taken back, and brought together with somebody else's. */

import type { Creator } from './creators'
import type { Editable } from './item-fields'

/** The body of a PATCH (RFC 7396): absent keeps, `null` clears. */
export interface ItemPatch {
  readonly item_type?: string
  readonly fields?: Record<string, string | null>
  readonly creators?: readonly Creator[]
  readonly tags?: readonly string[]
  readonly collections?: readonly string[]
}

/** The paper after a patch, as it will be once the server has answered. */
export function patched<I extends Editable & { readonly collections?: readonly string[] }>(
  item: I,
  patch: ItemPatch,
): I {
  const fields: Record<string, string> = { ...item.fields }
  for (const [name, value] of Object.entries(patch.fields ?? {})) {
    if (value === null || value === '') delete fields[name]
    else fields[name] = value
  }
  return {
    ...item,
    fields,
    ...(patch.item_type === undefined ? {} : { item_type: patch.item_type }),
    ...(patch.creators === undefined ? {} : { creators: patch.creators }),
    ...(patch.tags === undefined ? {} : { tags: patch.tags }),
    ...(patch.collections === undefined ? {} : { collections: patch.collections }),
  }
}

/** The patch that takes another one back, for a paper as it was before. */
export function inverse(before: Editable & { readonly collections?: readonly string[] }, patch: ItemPatch): ItemPatch {
  return {
    ...(patch.fields === undefined
      ? {}
      : { fields: Object.fromEntries(Object.keys(patch.fields).map((name) => [name, before.fields[name] ?? null])) }),
    ...(patch.item_type === undefined ? {} : { item_type: before.item_type }),
    ...(patch.creators === undefined ? {} : { creators: before.creators }),
    ...(patch.tags === undefined ? {} : { tags: before.tags }),
    ...(patch.collections === undefined || before.collections === undefined ? {} : { collections: before.collections }),
  }
}

/** A place that two people changed differently. */
export interface Clash {
  /** A field's name, or `creators`, `item_type`. */
  readonly field: string
  readonly before: string
  readonly mine: string
  readonly theirs: string
}

/** Two people's changes brought together. */
export interface Merged {
  /** What can be saved at once: mine where the other one changed nothing, tags and collections of both. */
  readonly patch: ItemPatch
  readonly clashes: readonly Clash[]
}

/**
 * Brings my patch together with what somebody saved first. `before` is the paper that I saw, `theirs` the
 * present one. Equal changes vanish; tags and collections are joined; the rest that both changed clashes.
 */
export function mergeEdits(
  before: Editable & { readonly collections?: readonly string[] },
  theirs: Editable & { readonly collections?: readonly string[] },
  mine: ItemPatch,
): Merged {
  const clashes: Clash[] = []
  const fields: Record<string, string | null> = {}
  for (const [name, value] of Object.entries(mine.fields ?? {})) {
    const was = before.fields[name] ?? ''
    const now = theirs.fields[name] ?? ''
    const wanted = value ?? ''
    if (now === wanted) continue
    if (now === was) fields[name] = value
    else clashes.push({ field: name, before: was, mine: wanted, theirs: now })
  }
  const whole = <T>(
    field: string,
    wanted: T | undefined,
    was: T,
    now: T,
    show: (value: T) => string,
  ): T | undefined => {
    if (wanted === undefined || same(wanted, now)) return undefined
    if (same(was, now)) return wanted
    clashes.push({ field, before: show(was), mine: show(wanted), theirs: show(now) })
    return undefined
  }
  const itemType = whole('item_type', mine.item_type, before.item_type, theirs.item_type, (value) => value)
  const creators = whole('creators', mine.creators, before.creators, theirs.creators, (list) =>
    list.map((creator) => ('name' in creator ? creator.name : `${creator.given} ${creator.family}`)).join(', '),
  )
  const tags = mine.tags === undefined ? undefined : joined(before.tags, theirs.tags, mine.tags)
  const collections =
    mine.collections === undefined
      ? undefined
      : joined(before.collections ?? [], theirs.collections ?? [], mine.collections)
  return {
    patch: {
      ...(Object.keys(fields).length === 0 ? {} : { fields }),
      ...(itemType === undefined ? {} : { item_type: itemType }),
      ...(creators === undefined ? {} : { creators }),
      ...(tags === undefined || sameSet(tags, theirs.tags) ? {} : { tags }),
      ...(collections === undefined || sameSet(collections, theirs.collections ?? []) ? {} : { collections }),
    },
    clashes,
  }
}

/** Whether a patch says nothing. */
export function isEmptyPatch(patch: ItemPatch): boolean {
  return Object.keys(patch).length === 0
}

function joined(before: readonly string[], theirs: readonly string[], mine: readonly string[]): string[] {
  const removed = before.filter((value) => !mine.includes(value))
  const added = mine.filter((value) => !before.includes(value) && !theirs.includes(value))
  return [...theirs.filter((value) => !removed.includes(value)), ...added]
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value) => b.includes(value))
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** A run of words; `only` marks those that the other text does not have. */
export interface Run {
  readonly text: string
  readonly only: boolean
}

/** The words of `text`, those that `other` lacks marked (longest common subsequence of words). */
export function wordsOnlyIn(text: string, other: string): Run[] {
  const a = text.split(/(\s+)/).filter((word) => word !== '')
  const b = other.split(/(\s+)/).filter((word) => word !== '')
  if (a.length * b.length > 250_000) return [{ text, only: text !== other }]
  const table: number[][] = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
  const at = (i: number, j: number) => table[i]?.[j] ?? 0
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = table[i]
      if (row) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const runs: Run[] = []
  const push = (word: string, only: boolean) => {
    const last = runs.at(-1)
    if (last && last.only === only) runs[runs.length - 1] = { text: last.text + word, only }
    else runs.push({ text: word, only })
  }
  let j = 0
  for (let i = 0; i < a.length; i += 1) {
    const word = a[i] ?? ''
    while (j < b.length && b[j] !== word && at(i, j + 1) === at(i, j)) j += 1
    if (j < b.length && b[j] === word) {
      push(word, false)
      j += 1
    } else push(word, true)
  }
  return runs
}
