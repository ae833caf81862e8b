// How a person is drawn where a name is too long.

/** Up to two letters: first of the first and of the last word. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean)
  const first = words[0]
  if (first === undefined) return '?'
  const last = words.length > 1 ? words[words.length - 1]! : ''
  return (firstLetter(first) + firstLetter(last)).toLocaleUpperCase()
}

function firstLetter(word: string): string {
  const [letter = ''] = word.replace(/^[^\p{L}\p{N}]+/u, '')
  return letter
}

/** One of the six colours for people; the same name always has the same. */
export function personColor(name: string): number {
  let hash = 0x811c9dc5
  for (const letter of name) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193)
  return (((hash >>> 16) ^ hash) >>> 0) % 6 + 1
}
