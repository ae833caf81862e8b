// Marks on the pages and along the scroll bar, and bringing the place at hand into sight.
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import { areaOf, turned, type Area } from './geometry'
import type { DocumentHead, PlacedText, Turn } from './host'
import type { LayoutStore } from './layout-store'
import { boxesOf } from './marks'
import type { Desk } from './use-desk'
import type { Find, PageMark } from './use-find'

export interface Tick {
  /** Share of the height of all pages. */
  readonly at: number
  readonly isNow: boolean
}

interface FindMarksOptions {
  find: Find
  store: LayoutStore
  desk: Desk
  head: DocumentHead
  rotation: Turn
  isShown: boolean
  placed: PlacedText | undefined
}

export interface FindMarks {
  readonly onPage: ReadonlyMap<number, readonly PageMark[]>
  readonly ticks: readonly Tick[]
}

const NO_MARKS: ReadonlyMap<number, readonly PageMark[]> = new Map()

export function useFindMarks(options: FindMarksOptions): FindMarks {
  const { find, store, desk, rotation, isShown, placed } = options
  const version = useSyncExternalStore(store.subscribe, store.version)
  const { places } = find.state
  const now = places[find.current]

  // What a search led to is marked before the whole document has been looked through.
  const onPage = useMemo(() => {
    if (!isShown) return NO_MARKS
    if (places.length > 0 || placed === undefined || find.wanted.meaning !== 'search') return find.onPage
    return new Map([[placed.page, [{ place: find.current, start: placed.start, end: placed.end }]]])
  }, [isShown, places, placed, find.onPage, find.wanted.meaning, find.current])

  const target = now?.spans[0] ?? (isShown && find.wanted.meaning === 'search' ? placed : undefined)
  const shown = useRef<string>('')
  useEffect(() => {
    if (target === undefined || !isShown) {
      shown.current = ''
      return
    }
    const name = `${target.page} ${target.start}`
    const layout = store.get(target.page)
    if (layout === undefined) return store.want(target.page)
    if (shown.current === name) return
    const box = boxesOf(layout, target.start, target.end)[0]
    if (box === undefined) return
    shown.current = name
    desk.reveal(target.page, areaOf(box, layout.crop, turned(layout.rotate, rotation)))
  }, [target, isShown, version, store, desk, rotation])

  const ticks = useMemo(() => {
    if (!isShown) return []
    const height = desk.stack.height
    return places.flatMap((place) => {
      const span = place.spans[0]
      const frame = desk.stack.frames[(span?.page ?? 0) - 1]
      if (span === undefined || frame === undefined) return []
      const top = spanArea(store, span, rotation)?.top ?? 0
      return [{ at: (frame.top + top * frame.height) / height, isNow: place === now }]
    })
  }, [isShown, places, now, desk.stack, store, rotation])

  return { onPage, ticks }
}

function spanArea(store: LayoutStore, span: PlacedText, rotation: Turn): Area | null {
  const layout = store.get(span.page)
  const box = layout === undefined ? undefined : boxesOf(layout, span.start, span.end)[0]
  return layout === undefined || box === undefined
    ? null
    : areaOf(box, layout.crop, turned(layout.rotate, rotation))
}
