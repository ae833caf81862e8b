// Keys as commands name them: `Mod+K`, `Shift+L`, `Delete`, `?`, or in turn `G L`.

export interface KeyPress {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
}

/** The name of a press, in the spelling of shortcuts. */
export function pressName(press: KeyPress): string {
  const key = keyName(press.key)
  const parts: string[] = []
  if (press.ctrlKey || press.metaKey) parts.push('Mod')
  if (press.altKey) parts.push('Alt')
  // A sign such as ? already needs Shift on many keyboards, so Shift only counts with letters and named keys.
  if (press.shiftKey && (press.key.length > 1 || press.key === ' ' || /\p{L}/u.test(press.key))) parts.push('Shift')
  parts.push(key)
  return parts.join('+')
}

function keyName(key: string): string {
  if (key === ' ') return 'Space'
  if (key === '+') return 'Plus'
  return key.length === 1 ? key.toLocaleUpperCase('en') : key
}

/** Whether the press is a single key, which must not act while somebody writes. */
export function isSingle(name: string): boolean {
  return !name.startsWith('Mod+') && !name.startsWith('Alt+')
}

/** What a first key may be followed by within a second: `G` opens `G L`, `G M`. */
export function isPrefix(name: string, shortcuts: Iterable<string>): boolean {
  for (const shortcut of shortcuts) if (shortcut.startsWith(`${name} `)) return true
  return false
}

/** Splits a written hint such as `J / K` into what can be pressed. */
export function alternatives(shortcut: string): string[] {
  return shortcut.split(' / ')
}
