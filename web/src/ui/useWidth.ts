import { useSyncExternalStore } from 'react'

/** Below 640, below 960, below 1200, and wider. */
export type Width = 'phone' | 'narrow' | 'medium' | 'wide'

const queries: readonly [Width, string][] = [
  ['phone', '(max-width: 639.98px)'],
  ['narrow', '(max-width: 959.98px)'],
  ['medium', '(max-width: 1199.98px)'],
]

function current(): Width {
  return queries.find(([, query]) => window.matchMedia(query).matches)?.[0] ?? 'wide'
}

function subscribe(listener: () => void): () => void {
  const lists = queries.map(([, query]) => window.matchMedia(query))
  for (const list of lists) list.addEventListener('change', listener)
  return () => {
    for (const list of lists) list.removeEventListener('change', listener)
  }
}

/** How wide the window is, in the steps of the design. */
export function useWidth(): Width {
  return useSyncExternalStore(subscribe, current, current)
}
