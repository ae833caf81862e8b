// How hard a password is to guess, roughly. The server only asks for its length.

export const shortestPassword = 10

export type PasswordGrade = 'too-short' | 'weak' | 'fair' | 'strong'

/** Part of a good password, from 0 to 1, and its grade. */
export function passwordStrength(password: string): { part: number; grade: PasswordGrade } {
  const letters = [...password]
  const part = Math.min(1, (distinctRuns(letters) * bitsPerLetter(password)) / 80)
  if (letters.length < shortestPassword) return { part: Math.min(part, 0.3), grade: 'too-short' }
  return { part, grade: part < 0.45 ? 'weak' : part < 0.75 ? 'fair' : 'strong' }
}

/** Letters without repeats and runs such as "aaaa" or "1234". */
function distinctRuns(letters: readonly string[]): number {
  let count = 0
  for (const [index, letter] of letters.entries()) {
    const step = (letter.codePointAt(0) ?? 0) - (letters[index - 1]?.codePointAt(0) ?? -9)
    if (step !== 0 && step !== 1 && step !== -1) count += 1
  }
  return count
}

function bitsPerLetter(password: string): number {
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter((kind) => kind.test(password)).length
  return 2.6 + kinds * 0.9
}
