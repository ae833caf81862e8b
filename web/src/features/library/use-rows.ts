// The rows of a long list, fetched in windows where somebody looks.
import { useQueries } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { ItemListParams } from '../../api/queries'
import { windowsFor } from '../../lib/row-windows'
import { type Paper, windowQuery } from './model'

const settleMs = 50
const freshMs = 2000

export interface Rows {
  total: number | undefined
  itemAt: (row: number) => Paper | undefined
  keyAt: (row: number) => string | undefined
  /** Rows of the papers that are loaded. */
  rowOf: ReadonlyMap<string, number>
  loaded: number
  error: Error | null
  retry: () => void
  /** Papers that appeared within the last two seconds. */
  fresh: ReadonlySet<string>
  isFetching: boolean
}

interface Range {
  first: number
  last: number
}

/** Follows the visible range; while it moves fast, nothing is fetched for places passed by. */
export function useRows(library: number, params: ItemListParams, range: Range): Rows {
  const settled = useSettled(range)
  const identity = JSON.stringify([library, params])
  const known = useRef<{ identity: string; total: number | undefined }>({ identity, total: undefined })
  if (known.current.identity !== identity) known.current = { identity, total: undefined }

  const offsets = known.current.total === undefined ? [0] : windowsFor(settled.first, settled.last, known.current.total)
  const wanted = offsets.length === 0 ? [0] : offsets
  const results = useQueries({
    queries: wanted.map((offset) => windowQuery(library, params, offset)),
  })
  const pages = results.map((result) => result.data)
  const newest = pages.reduce(
    (best, page) => (page !== undefined && (best === undefined || page.version >= best.version) ? page : best),
    pages[0],
  )
  known.current.total = newest?.total ?? known.current.total

  const stamp = results.map((result) => result.dataUpdatedAt).join(' ')
  const table = useMemo(() => {
    const byRow = new Map<number, Paper>()
    const rowOf = new Map<string, number>()
    pages.forEach((page, index) => {
      const offset = wanted[index] ?? 0
      page?.items.forEach((item, place) => {
        byRow.set(offset + place, item)
        rowOf.set(item.key, offset + place)
      })
    })
    return { byRow, rowOf }
    // The stamp and the offsets say all about the pages.
  }, [identity, stamp, wanted.join(' ')])

  const fresh = useFresh(identity, table.rowOf)
  const failed = results.find((result) => result.error !== null && result.data === undefined)
  return {
    total: known.current.total,
    itemAt: (row) => table.byRow.get(row),
    keyAt: (row) => table.byRow.get(row)?.key,
    rowOf: table.rowOf,
    loaded: table.byRow.size,
    error: failed?.error ?? null,
    retry: () => results.forEach((result) => result.error !== null && void result.refetch()),
    fresh,
    isFetching: results.some((result) => result.isPending),
  }
}

/** The range once it has stood still for a moment. */
function useSettled(range: Range): Range {
  const [settled, setSettled] = useState(range)
  useEffect(() => {
    if (range.first === settled.first && range.last === settled.last) return
    const timer = setTimeout(() => setSettled(range), settleMs)
    return () => clearTimeout(timer)
  }, [range.first, range.last, settled])
  return settled
}

/** Keys that were not there when the same rows were seen before; each for two seconds. */
function useFresh(identity: string, rowOf: ReadonlyMap<string, number>): ReadonlySet<string> {
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set())
  const seen = useRef<{ identity: string; keys: Set<string>; lowest: number; highest: number }>({
    identity,
    keys: new Set(),
    lowest: Infinity,
    highest: -1,
  })
  useEffect(() => {
    if (seen.current.identity !== identity) seen.current = { identity, keys: new Set(), lowest: Infinity, highest: -1 }
    const now = seen.current
    const arrived: string[] = []
    const isFirst = now.keys.size === 0
    for (const [key, row] of rowOf) {
      if (now.keys.has(key)) continue
      // A row beyond what was seen is only scrolled to; one among them has come in.
      if (!isFirst && row >= now.lowest && row <= now.highest) arrived.push(key)
      now.keys.add(key)
    }
    for (const row of rowOf.values()) {
      now.lowest = Math.min(now.lowest, row)
      now.highest = Math.max(now.highest, row)
    }
    if (arrived.length === 0 || arrived.length > rowOf.size / 2 + 8) return
    setFresh((before) => new Set([...before, ...arrived]))
    const timer = setTimeout(
      () => setFresh((before) => new Set([...before].filter((key) => !arrived.includes(key)))),
      freshMs,
    )
    return () => clearTimeout(timer)
  }, [identity, rowOf])
  return fresh
}
