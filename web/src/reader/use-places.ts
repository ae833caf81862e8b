// Where the reader is, told to its host; and the jumps that Back and Forward undo and redo.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Place, ReaderHost } from './host'
import type { Desk } from './use-desk'

interface Trail {
  readonly places: readonly Place[]
  readonly at: number
}

export interface Places {
  /** Goes somewhere far, so that Back leads here again. */
  readonly jump: (place: Place) => void
  readonly canGoBack: boolean
  readonly canGoForward: boolean
}

/** After this pause a page scrolled to is told. */
const TELL_MS = 250

export function usePlaces(host: ReaderHost, desk: Desk, place: Place): Places {
  const [trail, setTrail] = useState<Trail>({ places: [place], at: 0 })
  const told = useRef<Place>(place)
  const { goTo, here, page } = desk

  const tell = useCallback(
    (next: Place, how: 'replace' | 'push') => {
      told.current = next
      host.placeChanged(next, how)
    },
    [host],
  )

  useEffect(() => {
    if (told.current.page === page) return
    const timer = setTimeout(() => tell({ page }, 'replace'), TELL_MS)
    return () => clearTimeout(timer)
  }, [page, tell])

  // The place given has changed without our doing: somebody went back or forward, or followed a link to a page.
  const { page: givenPage, at: givenAt } = place
  useEffect(() => {
    if (samePlace(told.current, { page: givenPage, at: givenAt })) return
    const given = { page: givenPage, at: givenAt }
    told.current = given
    goTo(given)
    setTrail((old) => steppedTo(old, given))
  }, [givenPage, givenAt, goTo])

  const jump = useCallback(
    (target: Place) => {
      const from = here()
      tell(from, 'replace')
      tell(target, 'push')
      goTo(target)
      setTrail((old) => ({ places: [...old.places.slice(0, old.at), from, target], at: old.at + 1 }))
    },
    [goTo, here, tell],
  )

  return { jump, canGoBack: trail.at > 0, canGoForward: trail.at < trail.places.length - 1 }
}

function steppedTo(trail: Trail, place: Place): Trail {
  const [before, behind] = [trail.places[trail.at - 1], trail.places[trail.at + 1]]
  if (before !== undefined && before.page === place.page) return { ...trail, at: trail.at - 1 }
  if (behind !== undefined && behind.page === place.page) return { ...trail, at: trail.at + 1 }
  return { places: [place], at: 0 }
}

function samePlace(a: Place, b: Place): boolean {
  return a.page === b.page && Math.abs((a.at ?? 0) - (b.at ?? 0)) < 0.001
}
