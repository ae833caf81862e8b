// Places of the frame that a page fills: its part of the status bar, acts in the top bar.
import type { ReactNode } from 'react'
import { createContext, useCallback, useContext, useMemo, useState } from 'react'
import { createPortal } from 'react-dom'

export type SlotName = 'top-field' | 'under-bar' | 'status' | 'status-end' | 'top-end' | 'phone-title'

interface Slots {
  places: Partial<Record<SlotName, HTMLElement | null>>
  setPlace: (name: SlotName, element: HTMLElement | null) => void
}

const Context = createContext<Slots>({ places: {}, setPlace: () => undefined })

/** Stands around the frame and the page. */
export function SlotProvider({ children }: { children: ReactNode }) {
  const [places, setPlaces] = useState<Slots['places']>({})
  const setPlace = useCallback((name: SlotName, element: HTMLElement | null) => {
    setPlaces((before) => (before[name] === element ? before : { ...before, [name]: element }))
  }, [])
  const value = useMemo(() => ({ places, setPlace }), [places, setPlace])
  return <Context value={value}>{children}</Context>
}

interface SlotProps {
  name: SlotName
  className?: string
}

/** The place itself, in the frame. */
export function Slot({ name, className }: SlotProps) {
  const { setPlace } = useContext(Context)
  const ref = useCallback((element: HTMLElement | null) => setPlace(name, element), [name, setPlace])
  return <div ref={ref} className={className} data-slot={name} />
}

interface FillProps {
  slot: SlotName
  children: ReactNode
}

/** Draws its children in the named place of the frame, if there is one. */
export function Fill({ slot, children }: FillProps) {
  const place = useContext(Context).places[slot]
  return place === undefined || place === null ? null : createPortal(children, place)
}
