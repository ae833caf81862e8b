// In which of its three sizes the tray stands, and when it changes by itself.
import { useEffect, useRef, useState } from 'react'
import type { BatchSums } from '../../lib/upload-batch'

export type TraySize = 'line' | 'half' | 'whole'

const key = 'scrollkeeper-tray'
const restMs = 4000

/** Half opens for two files or more, whole when something fails and nobody folded it, a line when all is well for 4 s. */
export function useTraySize(sums: BatchSums): [TraySize, (size: TraySize) => void] {
  const [size, setSize] = useState<TraySize>('line')
  const batch = useRef({ total: 0, touched: false, failed: false })
  const problems = sums.groups.failed + sums.groups.you
  const attention = problems + sums.groups.refused + sums.groups.look
  const isOver = sums.total > 0 && sums.ended === sums.total

  useEffect(() => {
    const known = batch.current
    if (sums.total < known.total || (known.total === 0 && sums.total > 0)) {
      batch.current = { total: sums.total, touched: false, failed: false }
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
    if (!isOver || attention > 0 || batch.current.touched) return
    const timer = setTimeout(() => setSize('line'), restMs)
    return () => clearTimeout(timer)
  }, [isOver, attention])

  const choose = (chosen: TraySize) => {
    batch.current.touched = true
    remember(chosen)
    setSize(chosen)
  }
  return [size, choose]
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
