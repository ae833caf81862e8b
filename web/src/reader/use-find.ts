// What is looked for in the document, and where it was found.
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Found } from '../lib/text/find'
import { Finder, type FindState, type Wanted } from './finder'
import type { PlacedText } from './host'
import type { LayoutStore } from './layout-store'

export interface Find {
  readonly wanted: Wanted
  readonly state: FindState
  /** Whether everything typed so far has been looked for. */
  readonly isSettled: boolean
  /** Index of the place at hand, -1 for none. */
  readonly current: number
  readonly change: (change: Partial<Wanted>) => void
  readonly select: (index: number) => void
  /** Steps through the places, around the end. */
  readonly step: (by: 1 | -1) => void
  /** Spans on a page, with the index of the place they belong to. */
  readonly onPage: ReadonlyMap<number, readonly PageMark[]>
}

export interface PageMark {
  readonly place: number
  readonly start: number
  readonly end: number
}

const NOTHING: FindState = { places: [], pages: 0, done: true }
/** Time in which the next letter is likely to come. */
const PAUSE_MS = 120

export interface FindOptions {
  readonly store: LayoutStore
  readonly pageCount: number
  readonly initial: Wanted
  /** A place that a search led to: the place at hand once it is found. */
  readonly placed: PlacedText | undefined
  /** The page in view, from which on the first place is chosen. */
  readonly pageInView: () => number
}

export function useFind({ store, pageCount, initial, placed, pageInView }: FindOptions): Find {
  const finder = useMemo(() => new Finder(store, pageCount), [store, pageCount])
  const [wanted, setWanted] = useState(initial)
  const [answer, setAnswer] = useState({ wanted: initial, state: NOTHING })
  const [chosen, setChosen] = useState<Found | null>(null)
  const [started, setStarted] = useState<Wanted | null>(null)
  const from = useRef(placed)

  useEffect(() => {
    if (wanted.query.trim() === '') {
      setAnswer({ wanted, state: NOTHING })
      setChosen(null)
      return
    }
    const stop = new AbortController()
    const look = () => {
      setStarted(wanted)
      finder
        .find(wanted, stop.signal, (state) => {
          if (stop.signal.aborted) return
          setAnswer({ wanted, state })
          setChosen((old) => stillThere(state.places, old) ?? firstPlace(state, from.current, pageInView()))
        })
        .catch(() => {
          // The connection was lost: what was found so far stays.
          if (!stop.signal.aborted) setAnswer((old) => ({ ...old, state: { ...old.state, done: true } }))
        })
    }
    const timer = setTimeout(look, wanted === initial ? 0 : PAUSE_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [finder, wanted, initial, pageInView])

  const places = answer.state.places
  const current = chosen === null ? -1 : places.indexOf(chosen)
  const onPage = useMemo(() => marksByPage(places), [places])
  const select = (index: number) => {
    from.current = undefined
    setChosen(places[index] ?? null)
  }
  return {
    wanted,
    state: answer.state,
    isSettled: answer.wanted === wanted && started === wanted,
    current,
    change: (change) => {
      from.current = undefined
      setChosen(null)
      setWanted((old) => ({ ...old, meaning: 'typed', ...change }))
    },
    select,
    step: (by) => {
      if (places.length > 0)
        select((Math.max(current, by === 1 ? -1 : 0) + by + places.length) % places.length)
    },
    onPage,
  }
}

/** The same place in a newer list. */
function stillThere(places: readonly Found[], old: Found | null): Found | null {
  const span = old?.spans[0]
  if (span === undefined) return null
  return places.find(({ spans }) => spans[0]?.page === span.page && spans[0].start === span.start) ?? null
}

/** The place that a search led to, else the first from the page in view on; none while that may still come. */
function firstPlace(state: FindState, placed: PlacedText | undefined, page: number): Found | null {
  if (placed !== undefined) {
    const exact = state.places.find(({ spans }) =>
      spans.some((span) => span.page === placed.page && span.start < placed.end && placed.start < span.end),
    )
    if (exact !== undefined) return exact
    if (state.pages < placed.page && !state.done) return null
  }
  const next = state.places.find(({ spans }) => (spans[0]?.page ?? 0) >= page)
  if (next !== undefined) return next
  return state.done ? (state.places[0] ?? null) : null
}

function marksByPage(places: readonly Found[]): ReadonlyMap<number, readonly PageMark[]> {
  const marks = new Map<number, PageMark[]>()
  places.forEach(({ spans }, place) => {
    for (const { page, start, end } of spans) {
      const list = marks.get(page)
      if (list === undefined) marks.set(page, [{ place, start, end }])
      else list.push({ place, start, end })
    }
  })
  return marks
}
