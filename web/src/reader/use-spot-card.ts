// The card over a citation or a mention of a figure: after a moment of hovering, at once on focus and tap. Pointers go
// through to the words, so that selecting is as it is everywhere.
import { useCallback, useEffect, useRef, useState, type RefObject } from 'react'
import { type Caption, findCaption } from './captions'
import type { Area } from './geometry'
import type { PageLayout, Turn } from './host'
import type { LayoutStore } from './layout-store'
import { mentionSpots, type Spot, spotAt } from './spots'
import type { Desk } from './use-desk'

/** Edges in pixels from the upper left of the desk. */
export interface Anchor {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly foot: number
}

export interface OpenCard {
  readonly spot: Spot
  readonly anchor: Anchor
  /** Of a figure; its page has been read. */
  readonly caption: Caption | null
}

export interface SpotCard {
  readonly card: OpenCard | null
  readonly close: () => void
  /** The pointer is over the card, or the focus in it: it stays. */
  readonly hold: () => void
  /** It goes after a moment. */
  readonly release: () => void
  /** It goes, and the focus that was in it back to where it was opened. */
  readonly leave: () => void
}

export interface SpotCardOptions {
  readonly desk: Desk
  readonly store: LayoutStore
  readonly pageCount: number
  readonly rotation: Turn
  readonly citations: ReadonlyMap<number, readonly Spot[]>
  /** The card on the page, into which the down arrow leads. */
  readonly cardRef: RefObject<HTMLElement | null>
  /** Somebody clicked a spot. */
  readonly onGo: (spot: Spot) => void
}

const OPEN_MS = 300
const CLOSE_MS = 200
/** A pointer that moved further than this between press and release drew a selection. */
const STILL = 4
/** So many pixels beside a spot are still on it: for a mouse, and for a finger. */
const REACH = { mouse: 1, touch: 12 }

interface Pointed {
  readonly spot: Spot
  readonly anchor: Anchor
}

export function useSpotCard(options: SpotCardOptions): SpotCard {
  const { desk, store, pageCount, rotation, citations, cardRef } = options
  const [card, setCard] = useState<OpenCard | null>(null)
  const latest = useRef(options)
  latest.current = options
  const timer = useRef(0)
  /** Counts what was asked to be shown, so that a slow answer does not come over a later one. */
  const asked = useRef(0)
  const opener = useRef<HTMLElement | null>(null)
  const element = desk.ref

  const close = useCallback(() => {
    clearTimeout(timer.current)
    asked.current += 1
    setCard(null)
  }, [])
  const hold = useCallback(() => clearTimeout(timer.current), [])
  const release = useCallback(() => {
    clearTimeout(timer.current)
    timer.current = window.setTimeout(close, CLOSE_MS)
  }, [close])

  const leave = useCallback(() => {
    close()
    const back = opener.current
    opener.current = null
    back?.focus()
  }, [close])

  const show = useCallback(
    ({ spot, anchor }: Pointed) => {
      clearTimeout(timer.current)
      asked.current += 1
      const turn = asked.current
      if (spot.target.kind === 'works') return setCard({ spot, anchor, caption: null })
      findCaption(store, pageCount, spot.target.figure, spot.page).then(
        (caption) => {
          if (turn === asked.current) setCard(caption === null ? null : { spot, anchor, caption })
        },
        () => undefined,
      )
    },
    [store, pageCount],
  )

  useEffect(() => {
    const root = element.current
    if (root === null) return
    let frame = 0
    let over: Spot | null = null
    let pressed: { x: number; y: number; type: string } | null = null

    const at = (x: number, y: number, reach = REACH.mouse): Pointed | null => {
      const page = document.elementsFromPoint(x, y).find((each) => each.hasAttribute('data-page'))
      const number = Number(page?.getAttribute('data-page') ?? 0)
      const layout = store.get(number)
      if (page === undefined || layout === undefined || !root.contains(page)) return null
      const box = page.getBoundingClientRect()
      const spots = spotsOf(citations, layout)
      const point = { x: (x - box.left) / box.width, y: (y - box.top) / box.height }
      const hit = spotAt(spots, layout, rotation, point, { x: reach / box.width, y: reach / box.height })
      return hit === null ? null : { spot: hit.spot, anchor: anchorOf(hit.area, box, root.getBoundingClientRect()) }
    }
    const point = (pointed: Pointed | null) => {
      if (pointed?.spot === over) return
      over = pointed?.spot ?? null
      root.toggleAttribute('data-over-spot', over !== null)
      if (pointed === null) return release()
      clearTimeout(timer.current)
      timer.current = window.setTimeout(() => show(pointed), OPEN_MS)
    }
    const onMove = (event: PointerEvent) => {
      if (event.pointerType !== 'mouse' || event.buttons !== 0) return
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => point(at(event.clientX, event.clientY)))
    }
    const onLeave = () => {
      cancelAnimationFrame(frame)
      point(null)
    }
    const onDown = (event: PointerEvent) => {
      pressed = { x: event.clientX, y: event.clientY, type: event.pointerType }
      if (event.pointerType === 'mouse') clearTimeout(timer.current)
    }
    const onClick = (event: MouseEvent) => {
      if (event.detail === 0 || pressed === null) return
      const { x, y, type } = pressed
      const isStill = Math.hypot(event.clientX - x, event.clientY - y) <= STILL
      const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey
      if (!isStill || !isPlain || document.getSelection()?.isCollapsed === false) return
      const pointed = at(event.clientX, event.clientY, type === 'mouse' ? REACH.mouse : REACH.touch)
      if (type !== 'mouse') {
        // A link of the file under the finger waits: the card tells first where it leads.
        if (pointed !== null) event.stopPropagation()
        return pointed === null ? close() : show(pointed)
      }
      const isLink = event.target instanceof Element && event.target.closest('button, a') !== null
      close()
      if (pointed !== null && !isLink) latest.current.onGo(pointed.spot)
    }
    const onFocus = (event: FocusEvent) => {
      const target = event.target
      if (!(target instanceof HTMLElement) || target === root || !target.matches(':focus-visible')) return
      // Coming back out of the card does not open it again.
      if (cardRef.current?.contains(event.relatedTarget instanceof Node ? event.relatedTarget : null)) return
      const box = target.getBoundingClientRect()
      const pointed = at(box.left + box.width / 2, box.top + box.height / 2)
      if (pointed !== null) show(pointed)
    }
    const onBlur = () => release()
    const onKey = (event: KeyboardEvent) => {
      const first = cardRef.current?.querySelector<HTMLElement>('a, button')
      const isSpot = event.target instanceof HTMLElement && event.target.hasAttribute('data-spot')
      if (event.key !== 'ArrowDown' || !isSpot || first === null || first === undefined) return
      event.preventDefault()
      opener.current = event.target
      first.focus()
    }
    // The browser brings what gets the focus into sight: its card goes along.
    const onScroll = () => {
      const focused = root.querySelector<HTMLElement>('[data-spot]:focus-visible')
      if (focused === null) return close()
      const box = focused.getBoundingClientRect()
      const pointed = at(box.left + box.width / 2, box.top + box.height / 2)
      if (pointed === null) close()
      else show(pointed)
    }
    root.addEventListener('pointermove', onMove)
    root.addEventListener('pointerleave', onLeave)
    root.addEventListener('pointerdown', onDown)
    root.addEventListener('click', onClick, true)
    root.addEventListener('focusin', onFocus)
    root.addEventListener('focusout', onBlur)
    root.addEventListener('keydown', onKey)
    root.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer.current)
      root.removeAttribute('data-over-spot')
      root.removeEventListener('pointermove', onMove)
      root.removeEventListener('pointerleave', onLeave)
      root.removeEventListener('pointerdown', onDown)
      root.removeEventListener('click', onClick, true)
      root.removeEventListener('focusin', onFocus)
      root.removeEventListener('focusout', onBlur)
      root.removeEventListener('keydown', onKey)
      root.removeEventListener('scroll', onScroll)
    }
  }, [element, store, rotation, citations, cardRef, show, close, release])

  return { card, close, hold, release, leave }
}

function spotsOf(citations: ReadonlyMap<number, readonly Spot[]>, layout: PageLayout): readonly Spot[] {
  return [...(citations.get(layout.page) ?? []), ...mentionSpots(layout)]
}

function anchorOf(area: Area, page: DOMRect, desk: DOMRect): Anchor {
  const left = page.left - desk.left + area.left * page.width
  const top = page.top - desk.top + area.top * page.height
  return { left, top, right: left + area.width * page.width, foot: top + area.height * page.height }
}
