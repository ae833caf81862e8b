// Which collections stand open in the tree, remembered in this browser.
import { useCallback, useState } from 'react'

export function useOpenNodes(library: number): [ReadonlySet<string>, (key: string, open: boolean) => void] {
  const storageKey = `scrollkeeper-open-${library}`
  const [state, setState] = useState(() => ({ storageKey, open: read(storageKey) }))
  const open = state.storageKey === storageKey ? state.open : read(storageKey)
  const set = useCallback(
    (key: string, isOpen: boolean) => {
      const next = new Set(read(storageKey))
      if (next.has(key) === isOpen) return
      if (isOpen) next.add(key)
      else next.delete(key)
      write(storageKey, next)
      setState({ storageKey, open: next })
    },
    [storageKey],
  )
  return [open, set]
}

function read(storageKey: string): ReadonlySet<string> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]')
    return new Set(Array.isArray(value) ? value.filter((key) => typeof key === 'string') : [])
  } catch {
    return new Set()
  }
}

function write(storageKey: string, open: ReadonlySet<string>): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify([...open]))
  } catch {
    // Not remembered, then.
  }
}
