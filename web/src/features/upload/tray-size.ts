// In which of its three sizes the tray stands, and when it changes by itself.
import { useEffect, useRef, useState } from 'react'
import type { BatchSums } from '../../lib/upload-batch'

export type TraySize = 'line' | 'half' | 'whole'

const key = 'scrollkeeper-tray'
const restMs = 4000

/**
 * Half opens for two files or more, whole when something fails and nobody folded it, a line 4 s after the end
 * where nothing failed. Over a page that is read it stays a line until it is asked for.
 */
export function useTraySize(sums: BatchSums, readingPlace: string | null): [TraySize, (size: TraySize) => void] {
  const [size, setSize] = useState<TraySize>('line')
  const batch = useRef({ total: 0, touched: false, shownAfter: false, failed: false })
  const [asked, setAsked] = useState<{ place: string; size: TraySize } | null>(null)
  const problems = sums.groups.failed + sums.groups.you
  const attention = problems + sums.groups.refused
  const isOver = sums.total > 0 && sums.ended === sums.total

  useEffect(() => {
    const known = batch.current
    if (sums.total < known.total || (known.total === 0 && sums.total > 0)) {
      batch.current = { total: sums.total, touched: false, shownAfter: false, failed: false }
    }
    const now = batch.current
    now.total = sums.total
    if (sums.total === 0) setSize('line')
    else if (!now.touched && sums.total >= 2 && !isOver)
      setSize((before) => (before === 'line' ? (remembered() ?? 'half') : before))
  }, [sums.total, isOver])

  useEffect(() => {
    const now = batch.current
    if (problems === 0 || now.touched || now.failed) return
    now.failed = true
    setSize('whole')
  }, [problems])

  useEffect(() => {
    if (!isOver) batch.current.shownAfter = false
    if (!isOver || attention > 0) return
    const timer = setInterval(() => {
      if (batch.current.shownAfter) clearInterval(timer)
      else if (!isInUse()) setSize('line')
    }, restMs)
    return () => clearInterval(timer)
  }, [isOver, attention])

  const choose = (chosen: TraySize) => {
    if (readingPlace !== null) return setAsked({ place: readingPlace, size: chosen })
    batch.current.touched = true
    batch.current.shownAfter = isOver
    remember(chosen)
    setSize(chosen)
  }
  if (readingPlace === null) return [size, choose]
  return [asked?.place === readingPlace ? asked.size : 'line', choose]
}

/** Nothing is folded away under somebody's pointer or keys. */
function isInUse(): boolean {
  return document.querySelector('[data-tray]:is(:hover, :focus-within)') !== null
}

export function nextSize(size: TraySize): TraySize {
  return size === 'line' ? 'half' : size === 'half' ? 'whole' : 'line'
}

function remembered(): TraySize | null {
  try {
    const value = localStorage.getItem(key)
    return value === 'half' || value === 'whole' || value === 'line' ? value : null
  } catch {
    return null
  }
}

function remember(size: TraySize): void {
  try {
    localStorage.setItem(key, size)
  } catch {
    // Not remembered, then.
  }
}
