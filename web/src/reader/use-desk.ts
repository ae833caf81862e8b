// The scrolled window on the stack of pages: which pages are in sight, and staying at the place when sizes change.
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react'
import type { Block } from './column'
import type { Area } from './geometry'
import type { PageHead, Place, Turn, Zoom } from './host'
import {
  framesBetween,
  PIXELS_A_POINT,
  pageInView,
  placeAt,
  scrollTopOf,
  stackPages,
  type PageFrame,
  type PageStack,
} from './page-stack'
import { factorOf, sideSpace, TEXT_MARGIN, usualPage, type Window } from './zoom'

export interface Desk {
  readonly ref: RefObject<HTMLDivElement | null>
  readonly view: Window
  readonly stack: PageStack
  readonly factor: number
  /** Width of what is scrolled. */
  readonly contentWidth: number
  /** Frames to draw: those in sight and their neighbours. */
  readonly frames: readonly PageFrame[]
  /** The page that fills most of the window. */
  readonly page: number
  /** The exact place at the upper edge. */
  readonly here: () => Place
  readonly goTo: (place: Place) => void
  /** Brings an area of a page into sight, unless it is there already. */
  readonly reveal: (page: number, area: Area) => void
  /** Scrolls sideways so that a block of text begins at the left edge. */
  readonly alignLeft: (block: Block) => void
  /** How far across the page in view a point of the window is, in points from the page's middle. */
  readonly across: (x: number) => number
  /** The next change of size keeps this point of the window (from its upper left) in place. */
  readonly holdAt: (x: number, y: number) => void
}

interface Sight {
  readonly first: number
  readonly end: number
  readonly page: number
}

/** A point of the document that stays at a point of the window. */
interface Hold {
  readonly place: Place
  readonly across: number
  /** Null for the middle. */
  readonly x: number | null
  readonly y: number
}

export interface DeskOptions {
  readonly pages: readonly PageHead[]
  readonly zoom: Zoom
  readonly rotation: Turn
  readonly start: Place
  /** The text or column to be fitted on a phone, if it is known. */
  readonly block: Block | null
}

export function useDesk({ pages, zoom, rotation, start, block }: DeskOptions): Desk {
  const ref = useRef<HTMLDivElement>(null)
  const view = useWindow(ref)
  const usual = useMemo(() => usualPage(pages, rotation), [pages, rotation])
  const factor = usual === undefined ? 1 : factorOf(zoom, usual, rotation, view, block)
  const stack = useMemo(() => stackPages(pages, factor, rotation), [pages, factor, rotation])
  const contentWidth = Math.max(view.width, stack.width + 2 * sideSpace(view.width))
  const [sight, setSight] = useState<Sight>({ first: start.page - 1, end: start.page, page: start.page })
  const hold = useRef<Hold>({ place: start, across: 0.5, x: null, y: 0 })
  const latest = useRef({ stack, view, contentWidth, factor })
  latest.current = { stack, view, contentWidth, factor }

  const look = useCallback(() => {
    const element = ref.current
    if (element === null) return
    const seen = sightOf(latest.current.stack, element.scrollTop, latest.current.view.height)
    setSight((old) => (sameSight(old, seen) ? old : seen))
  }, [])

  const remember = useCallback((x: number, y: number) => {
    const element = ref.current
    if (element === null || latest.current.view.width === 0) return
    hold.current = {
      place: placeAt(latest.current.stack, element.scrollTop + y),
      across: (element.scrollLeft + x) / latest.current.contentWidth,
      x,
      y,
    }
  }, [])

  // Sizes changed: what was at the held point is brought back there before anything is painted.
  useLayoutEffect(() => {
    const element = ref.current
    if (element === null || view.width === 0) return
    element.scrollTop = scrollTopOf(stack, hold.current.place) - hold.current.y
    element.scrollLeft = hold.current.across * contentWidth - (hold.current.x ?? view.width / 2)
    look()
    remember(view.width / 2, 0)
  }, [stack, contentWidth, view.width, view.height, look, remember])

  useEffect(() => {
    const element = ref.current
    if (element === null) return
    const onScroll = () => {
      remember(latest.current.view.width / 2, 0)
      look()
    }
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => element.removeEventListener('scroll', onScroll)
  }, [look, remember])

  const goTo = useCallback(
    (place: Place) => {
      const element = ref.current
      if (element === null) return
      hold.current = { place, across: hold.current.across, x: null, y: 0 }
      element.scrollTop = scrollTopOf(latest.current.stack, place)
      look()
    },
    [look],
  )

  const reveal = useCallback(
    (page: number, area: Area) => {
      const element = ref.current
      const frame = latest.current.stack.frames[page - 1]
      if (element === null || frame === undefined) return
      const { view: window, contentWidth: content } = latest.current
      const top = frame.top + area.top * frame.height
      const foot = top + area.height * frame.height
      if (top < element.scrollTop + 72 || foot > element.scrollTop + window.height - 48) {
        element.scrollTop = top - window.height / 3
      }
      const left = (content - frame.width) / 2 + area.left * frame.width
      const right = left + area.width * frame.width
      if (left < element.scrollLeft + 8 || right > element.scrollLeft + window.width - 8) {
        element.scrollLeft = left - Math.max(16, (window.width - (right - left)) / 2)
      }
      remember(window.width / 2, 0)
      look()
    },
    [look, remember],
  )

  const alignLeft = useCallback(
    (block: Block) => {
      const element = ref.current
      if (element === null) return
      const { view: window, contentWidth: content, factor: scale } = latest.current
      element.scrollLeft = content / 2 + block.left * scale * PIXELS_A_POINT - TEXT_MARGIN
      remember(window.width / 2, 0)
    },
    [remember],
  )

  const across = useCallback((x: number) => {
    const { contentWidth: content, factor: scale } = latest.current
    return ((ref.current?.scrollLeft ?? 0) + x - content / 2) / (scale * PIXELS_A_POINT)
  }, [])

  const here = useCallback((): Place => placeAt(latest.current.stack, ref.current?.scrollTop ?? 0), [])
  const frames = useMemo(() => stack.frames.slice(sight.first, sight.end), [stack, sight])
  return {
    ref,
    view,
    stack,
    factor,
    contentWidth,
    frames,
    page: sight.page,
    here,
    goTo,
    reveal,
    alignLeft,
    across,
    holdAt: remember,
  }
}

/** Frames within a window above and below, so that a page is there when it is scrolled in. */
function sightOf(stack: PageStack, scrollTop: number, height: number): Sight {
  const near = framesBetween(stack, scrollTop - height * 0.6, scrollTop + height * 1.8)
  const first = (near[0]?.page ?? 1) - 1
  return { first, end: first + near.length, page: pageInView(stack, scrollTop, height) }
}

function sameSight(a: Sight, b: Sight): boolean {
  return a.first === b.first && a.end === b.end && a.page === b.page
}

function useWindow(ref: RefObject<HTMLDivElement | null>): Window {
  const [view, setView] = useState<Window>({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const element = ref.current
    if (element === null) return
    const measure = () => {
      const next = { width: element.clientWidth, height: element.clientHeight }
      setView((old) => (old.width === next.width && old.height === next.height ? old : next))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return view
}
