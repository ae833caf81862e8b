// English stems as the search takes them: M. F. Porter's second algorithm ("English" of the Snowball family).

const VOWEL = /[aeiouy]/u
const DOUBLE = /(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/u
const LI_ENDING = /[cdeghkmnrt]li$/u

const EXCEPTIONS: ReadonlyMap<string, string> = new Map([
  ['skis', 'ski'],
  ['skies', 'sky'],
  ['dying', 'die'],
  ['lying', 'lie'],
  ['tying', 'tie'],
  ['idly', 'idl'],
  ['gently', 'gentl'],
  ['ugly', 'ugli'],
  ['early', 'earli'],
  ['only', 'onli'],
  ['singly', 'singl'],
  ...['sky', 'news', 'howe', 'atlas', 'cosmos', 'bias', 'andes'].map((word) => [word, word] as const),
])
const KEPT_AFTER_PLURAL = new Set([
  'inning',
  'outing',
  'canning',
  'herring',
  'earring',
  'proceed',
  'exceed',
  'succeed',
])

const STEP_2: readonly (readonly [string, string])[] = [
  ['ization', 'ize'],
  ['ational', 'ate'],
  ['ousness', 'ous'],
  ['iveness', 'ive'],
  ['fulness', 'ful'],
  ['tional', 'tion'],
  ['lessli', 'less'],
  ['biliti', 'ble'],
  ['entli', 'ent'],
  ['ation', 'ate'],
  ['alism', 'al'],
  ['aliti', 'al'],
  ['fulli', 'ful'],
  ['ousli', 'ous'],
  ['iviti', 'ive'],
  ['enci', 'ence'],
  ['anci', 'ance'],
  ['abli', 'able'],
  ['izer', 'ize'],
  ['ator', 'ate'],
  ['alli', 'al'],
  ['bli', 'ble'],
]
const STEP_3: readonly (readonly [string, string])[] = [
  ['ational', 'ate'],
  ['tional', 'tion'],
  ['alize', 'al'],
  ['icate', 'ic'],
  ['iciti', 'ic'],
  ['ical', 'ic'],
  ['ness', ''],
  ['ful', ''],
]
const STEP_4 = [
  'ement',
  'ance',
  'ence',
  'able',
  'ible',
  'ment',
  'ant',
  'ent',
  'ism',
  'ate',
  'iti',
  'ous',
  'ive',
  'ize',
  'al',
  'er',
  'ic',
]

/** The stem of a folded word; words of other letters than a to z are their own. */
export function stem(word: string): string {
  if (word.length < 3 || !/^[a-z]+$/u.test(word)) return word
  const exception = EXCEPTIONS.get(word)
  if (exception !== undefined) return exception
  const begun = markConsonantY(word)
  const r1 = /^(?:gener|commun|arsen)/u.exec(begun)?.[0].length ?? regionAfter(begun, 0)
  const r2 = regionAfter(begun, r1)
  let now = plural(begun)
  if (KEPT_AFTER_PLURAL.has(now)) return now
  now = pastAndGerund(now, r1)
  now = now.replace(/(?<=.[^aeiouy])[yY]$/u, 'i')
  now = suffixes2(now, r1)
  now = suffixes3(now, r1, r2)
  now = suffixes4(now, r2)
  return lastLetters(now, r1, r2).toLowerCase()
}

function markConsonantY(word: string): string {
  return word.replace(/^y/u, 'Y').replace(/(?<=[aeiouy])y/gu, 'Y')
}

/** Where the region behind the first consonant that follows a vowel begins. */
function regionAfter(word: string, from: number): number {
  const match = /[aeiouy][^aeiouy]/u.exec(word.slice(from))
  return match === null ? word.length : from + match.index + 2
}

function plural(word: string): string {
  if (word.endsWith('sses')) return word.slice(0, -2)
  if (/ie[sd]$/u.test(word)) return word.slice(0, word.length > 4 ? -2 : -1)
  if (/(?:us|ss)$/u.test(word)) return word
  if (word.endsWith('s') && VOWEL.test(word.slice(0, -2))) return word.slice(0, -1)
  return word
}

function pastAndGerund(word: string, r1: number): string {
  const agreed = /eed(?:ly)?$/u.exec(word)
  if (agreed !== null) return agreed.index >= r1 ? `${word.slice(0, agreed.index)}ee` : word
  const ending = /(?:ingly|edly|ing|ed)$/u.exec(word)
  if (ending === null || !VOWEL.test(word.slice(0, ending.index))) return word
  const cut = word.slice(0, ending.index)
  if (/(?:at|bl|iz)$/u.test(cut)) return `${cut}e`
  if (DOUBLE.test(cut)) return cut.slice(0, -1)
  return isShort(cut, r1) ? `${cut}e` : cut
}

function isShort(word: string, r1: number): boolean {
  return r1 >= word.length && endsInShortSyllable(word)
}

function endsInShortSyllable(word: string): boolean {
  return /[^aeiouy][aeiouy][^aeiouywxY]$/u.test(word) || /^[aeiouy][^aeiouy]$/u.test(word)
}

function suffixes2(word: string, r1: number): string {
  for (const [suffix, other] of STEP_2) {
    if (word.endsWith(suffix))
      return inRegion(word, suffix, r1) ? word.slice(0, -suffix.length) + other : word
  }
  if (word.endsWith('ogi'))
    return inRegion(word, 'ogi', r1) && word.endsWith('logi') ? word.slice(0, -1) : word
  if (word.endsWith('li')) return inRegion(word, 'li', r1) && LI_ENDING.test(word) ? word.slice(0, -2) : word
  return word
}

function suffixes3(word: string, r1: number, r2: number): string {
  for (const [suffix, other] of STEP_3) {
    if (word.endsWith(suffix))
      return inRegion(word, suffix, r1) ? word.slice(0, -suffix.length) + other : word
  }
  return word.endsWith('ative') && inRegion(word, 'ative', r2) ? word.slice(0, -5) : word
}

function suffixes4(word: string, r2: number): string {
  for (const suffix of STEP_4) {
    if (word.endsWith(suffix)) return inRegion(word, suffix, r2) ? word.slice(0, -suffix.length) : word
  }
  return /[st]ion$/u.test(word) && inRegion(word, 'ion', r2) ? word.slice(0, -3) : word
}

function lastLetters(word: string, r1: number, r2: number): string {
  if (word.endsWith('e')) {
    const before = word.slice(0, -1)
    const goes = inRegion(word, 'e', r2) || (inRegion(word, 'e', r1) && !endsInShortSyllable(before))
    return goes ? before : word
  }
  return word.endsWith('ll') && inRegion(word, 'l', r2) ? word.slice(0, -1) : word
}

function inRegion(word: string, suffix: string, region: number): boolean {
  return word.length - suffix.length >= region
}
