// Light or dark: as the system says, until somebody chooses.
import type { MantineColorScheme } from '@mantine/core'

/** Where this browser keeps the choice. */
export const schemeStorageKey = 'scrollkeeper.scheme'

export function storedScheme(): MantineColorScheme {
  const kept = readStored()
  return kept === 'light' || kept === 'dark' ? kept : 'auto'
}

function readStored(): string | null {
  try {
    return window.localStorage.getItem(schemeStorageKey)
  } catch {
    return null
  }
}

/** Colours the page before React draws it, so that a dark page never flashes white. */
export function paintScheme(): void {
  const scheme = storedScheme()
  const dark = scheme === 'dark' || (scheme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.mantineColorScheme = dark ? 'dark' : 'light'
}
