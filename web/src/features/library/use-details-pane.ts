// Whether the details are shown, and how wide, remembered in this browser.
import { useState } from 'react'
import type { KeyboardEvent, PointerEvent } from 'react'

const key = 'scrollkeeper-details'
const narrowest = 300
const widest = 520

interface Pane {
  isShown: boolean
  width: number
}

export function useDetailsPane() {
  const [pane, setPane] = useState<Pane>(read)
  const change = (part: Partial<Pane>) =>
    setPane((before) => {
      const next = { ...before, ...part }
      if (next.isShown === before.isShown && next.width === before.width) return before
      write(next)
      return next
    })
  const resize = (width: number) => change({ width: Math.max(narrowest, Math.min(widest, Math.round(width))) })
  return {
    isShown: pane.isShown,
    width: pane.width,
    show: () => change({ isShown: true }),
    hide: () => change({ isShown: false }),
    toggle: () => change({ isShown: !pane.isShown }),
    /** Props of the handle between list and details. */
    handle: {
      onPointerDown: (event: PointerEvent<HTMLElement>) => event.currentTarget.setPointerCapture(event.pointerId),
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) resize(window.innerWidth - event.clientX)
      },
      onKeyDown: (event: KeyboardEvent) => {
        const step = event.key === 'ArrowLeft' ? 16 : event.key === 'ArrowRight' ? -16 : 0
        if (step === 0) return
        event.preventDefault()
        resize(pane.width + step)
      },
      'aria-valuenow': pane.width,
      'aria-valuemin': narrowest,
      'aria-valuemax': widest,
    },
  }
}

function read(): Pane {
  const fallback = { isShown: true, width: 364 }
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    if (typeof value !== 'object' || value === null) return fallback
    const { isShown, width } = { isShown: undefined, width: undefined, ...value } as {
      isShown: unknown
      width: unknown
    }
    return { isShown: isShown !== false, width: typeof width === 'number' ? width : fallback.width }
  } catch {
    return fallback
  }
}

function write(pane: Pane): void {
  try {
    localStorage.setItem(key, JSON.stringify(pane))
  } catch {
    // Not remembered, then.
  }
}
