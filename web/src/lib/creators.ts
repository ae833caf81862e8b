/** Names of people as lists show them and as people type them. */

/** A person in two parts, or somebody (a person, a group) with one name. */
export type Creator = { readonly creator_type: string } & (
  { readonly given: string; readonly family: string } | { readonly name: string }
)

/** The family name, or the whole single name. */
export function shortName(creator: Creator): string {
  return 'name' in creator ? creator.name : creator.family || creator.given
}

/** The whole name in reading order. */
export function fullName(creator: Creator): string {
  return 'name' in creator ? creator.name : [creator.given, creator.family].filter((part) => part !== '').join(' ')
}

/** One line for a list: one name, two names, or `First et al.` from three on. Authors count before editors. */
export function authorsLine(creators: readonly Creator[]): string {
  const authors = creators.filter((creator) => creator.creator_type === 'author')
  const named = authors.length > 0 ? authors : creators
  const [first, second] = named.map(shortName)
  if (first === undefined) return ''
  if (second === undefined) return first
  return named.length === 2 ? `${first}, ${second}` : `${first} et al.`
}

/** A name as it is typed into one field: `Family, Given`, or the single name. */
export function nameToText(creator: Creator): string {
  if ('name' in creator) return creator.name
  return creator.given === '' ? `${creator.family},` : `${creator.family}, ${creator.given}`
}

const PARTICLES = new Set([
  'van',
  'von',
  'der',
  'den',
  'de',
  'del',
  'della',
  'di',
  'da',
  'dos',
  'du',
  'la',
  'le',
  'ter',
  'ten',
  'zu',
  'zur',
  'bin',
  'al',
  'el',
])

/**
 * Reads a typed name. With a comma: family first. Without: the last word (with small particles before
 * it) is the family name. A name in braces, or of one word, stays whole.
 */
export function nameFromText(text: string, creatorType: string): Creator | null {
  const clean = text.replace(/\s+/g, ' ').trim()
  if (clean === '') return null
  const whole = /^\{(.+)\}$/.exec(clean)
  if (whole?.[1]) return { creator_type: creatorType, name: whole[1].trim() }
  const comma = clean.indexOf(',')
  if (comma >= 0)
    return { creator_type: creatorType, given: clean.slice(comma + 1).trim(), family: clean.slice(0, comma).trim() }
  const words = clean.split(' ')
  if (words.length === 1) return { creator_type: creatorType, name: clean }
  let start = words.length - 1
  while (start > 1 && PARTICLES.has(words[start - 1] ?? '')) start -= 1
  return { creator_type: creatorType, given: words.slice(0, start).join(' '), family: words.slice(start).join(' ') }
}

/** Several names typed or pasted at once, one a line or divided by `;`, ` and ` or `&`. */
export function namesFromText(text: string, creatorType: string): Creator[] {
  return text
    .split(/\n|;|\s+and\s+|\s*&\s*/)
    .map((part) => nameFromText(part, creatorType))
    .filter((creator) => creator !== null)
}
