// The one toast that may stand at a time: the result of a person's own act.
import type { ReactNode } from 'react'

export interface Toast {
  message: string
  icon?: ReactNode
  /** Takes the act back. Also reached by the undo key while the toast stands. */
  undo?: () => void
}

export interface ShownToast extends Toast {
  /** Grows by one with each toast. */
  number: number
}

let shown: ShownToast | null = null
let count = 0
const listeners = new Set<() => void>()

function tell(): void {
  for (const listener of listeners) listener()
}

export function showToast(toast: Toast): void {
  count += 1
  shown = { ...toast, number: count }
  tell()
}

export function hideToast(): void {
  shown = null
  tell()
}

export function currentToast(): ShownToast | null {
  return shown
}

export function onToastChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Undoes what the standing toast tells of; says whether there was something to undo. */
export function undoToast(): boolean {
  const undo = shown?.undo
  if (undo === undefined) return false
  hideToast()
  undo()
  return true
}
