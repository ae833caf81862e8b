// The palette and the key sheet: at most one of them is open.
import { useSyncExternalStore } from 'react'

export type Overlay = 'palette' | 'shortcuts' | 'drawer' | null

let open: Overlay = null
const listeners = new Set<() => void>()

export function openOverlay(overlay: Overlay): void {
  if (open === overlay) return
  open = overlay
  for (const listener of listeners) listener()
}

export function closeOverlay(): void {
  openOverlay(null)
}

export function useOverlay(): Overlay {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => open,
    () => open,
  )
}
