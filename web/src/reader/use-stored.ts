import { useState } from 'react'

/** A choice that this browser keeps. */
export function useStored<T extends string>(
  key: string,
  fallback: T,
  known: readonly T[],
): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => read(key, known) ?? fallback)
  const keep = (next: T) => {
    setValue(next)
    try {
      window.localStorage.setItem(key, next)
    } catch {
      // Storage may be shut off; the choice then holds for this visit.
    }
  }
  return [value, keep]
}

function read<T extends string>(key: string, known: readonly T[]): T | undefined {
  try {
    const kept = window.localStorage.getItem(key)
    return known.find((value) => value === kept)
  } catch {
    return undefined
  }
}
