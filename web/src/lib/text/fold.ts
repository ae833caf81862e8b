// Which spellings count as the same: "séance", "SÉANCE" and "seance" are one word. The server's search folds in the same
// way; the pairs in `tests/fixtures/fold.json` hold both to it.

/** Lower-case letters that no decomposition takes apart, and what people type for them. */
const SPECIAL: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['ħ', 'h'],
  ['ı', 'i'],
  ['ŧ', 't'],
  ['ɨ', 'i'],
  ['þ', 'th'],
  ['ς', 'σ'],
])

/** What the query tries beside the plain letter: both are written. */
const WRITTEN_OUT: ReadonlyMap<string, string> = new Map([
  ['ä', 'ae'],
  ['ö', 'oe'],
  ['ø', 'oe'],
  ['ü', 'ue'],
  ['å', 'aa'],
])

/** Marks that do not make another letter for a searcher; those of Indic scripts and kana do. */
const DROPPED =
  /(?=\p{M})[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u1ab0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/gu
const WORD = /^[\p{L}\p{N}\p{M}]$/u
const UNSPACED =
  /^(?=[\p{L}\p{N}\p{M}])[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f\u{20000}-\u{3ffff}]$/u
const KOREAN = /^[\u1100-\u11ff\u3130-\u318f\uac00-\ud7ff]$/u
const HANGUL_SYLLABLE = /^[\uac00-\ud7a3]$/u
/** Characters without width that only steer line breaks: soft hyphens, joiners, marks of direction. */
const UNSEEN = /^[\u0002\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe]$/u

const folded = new Map<string, string>()
const foldedCased = new Map<string, string>()

/**
 * The folded form of one code point, taken apart: empty for a mark that counts for nothing, more than one letter for "ß".
 */
export function foldCodePoint(character: string): string {
  return remembered(folded, character, (c) => foldLower(c.normalize('NFKC').toLowerCase()))
}

/** As `foldCodePoint`, but capitals stay capitals. */
export function foldCodePointCased(character: string): string {
  return remembered(foldedCased, character, (c) => foldLower(c.normalize('NFKC')))
}

/** A whole text folded and composed. */
export function fold(text: string): string {
  return foldApart(text.normalize('NFKC')).normalize('NFC')
}

/** The ways in which a query may stand in the text, taken apart: as folded, and with "ä" as "ae" where it has one. */
export function foldVariants(text: string): string[] {
  const plain = foldApart(text)
  const written = foldApart(
    Array.from(text.normalize('NFKC').toLowerCase(), (c) => WRITTEN_OUT.get(c) ?? c).join(''),
  )
  return written === plain ? [plain] : [plain, written]
}

/** Whether a (folded) character belongs to a word. */
export function isWordCharacter(character: string): boolean {
  return WORD.test(character)
}

/** Whether text of the character's script has no spaces between words. */
export function isUnspaced(character: string): boolean {
  return character >= '\u0e00' && UNSPACED.test(character)
}

/** Korean has spaces, and its lines break at them. */
export function isKorean(character: string): boolean {
  return KOREAN.test(character)
}

function foldApart(text: string): string {
  let out = ''
  for (const character of text) out += foldCodePoint(character)
  return out
}

function foldLower(text: string): string {
  let out = ''
  for (const character of text) {
    const apart = HANGUL_SYLLABLE.test(character) ? character : character.normalize('NFD')
    for (const part of apart.replace(DROPPED, '')) out += SPECIAL.get(part) ?? part
  }
  return out
}

function remembered(
  memory: Map<string, string>,
  character: string,
  make: (character: string) => string,
): string {
  const known = memory.get(character)
  if (known !== undefined) return known
  const made = UNSEEN.test(character) ? '' : make(character)
  memory.set(character, made)
  return made
}
