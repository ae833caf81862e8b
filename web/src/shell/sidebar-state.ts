// Whether the sidebar is folded, and how wide it is, kept in this browser.
import { useSyncExternalStore } from 'react'

export const narrowest = 200
export const widest = 360
const usual = 244
const storageKey = 'scrollkeeper.sidebar'

export interface SidebarState {
  folded: boolean
  width: number
}

function read(): SidebarState {
  try {
    const kept: Partial<SidebarState> = JSON.parse(window.localStorage.getItem(storageKey) ?? '{}')
    return { folded: kept.folded === true, width: clamp(Number(kept.width ?? usual)) }
  } catch {
    return { folded: false, width: usual }
  }
}

function clamp(width: number): number {
  return Number.isFinite(width) ? Math.min(widest, Math.max(narrowest, Math.round(width))) : usual
}

let state: SidebarState | null = null
const listeners = new Set<() => void>()

function current(): SidebarState {
  state ??= read()
  return state
}

function set(next: SidebarState): void {
  state = next
  try {
    window.localStorage.setItem(storageKey, JSON.stringify(next))
  } catch {
    // Kept for this page only.
  }
  for (const listener of listeners) listener()
}

export function toggleSidebar(): void {
  set({ ...current(), folded: !current().folded })
}

export function setSidebarWidth(width: number): void {
  set({ ...current(), width: clamp(width) })
}

export function useSidebar(): SidebarState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    current,
    current,
  )
}
