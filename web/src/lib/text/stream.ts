// The running text of a document as one folded string, with the way back to page and code point.
//
// Words go on over a line end, a column end and a page end; heads, feet and other furniture are left out, so that a
// phrase is found although they stand between.
import { foldCodePoint, foldCodePointCased, isKorean, isUnspaced, isWordCharacter } from './fold'

/** May be read as nothing or as a gap: where a word is divided, nobody can be sure. */
export const SEAM = '\ue000'

/** A stretch of a page's text in code points: `[start, end)`. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A stretch of the text of page `page` (counted from 1). */
export interface PageSpan extends Span {
  readonly page: number
}

/** What a stream needs to know of a page. */
export interface PageText {
  /** Counted from 1. */
  readonly page: number
  readonly text: string
  /** Offsets where one printed word goes on directly behind another, as divided words do. Ascending. */
  readonly seams: readonly number[]
  /** What is to be left out. Ascending, not overlapping. */
  readonly skipped: readonly Span[]
}

/** A stretch of the folded text that stands together on one page. */
interface Piece {
  readonly at: number
  readonly page: number
}

/** What stands between the last character and the next. */
type Gap = 'none' | 'line' | 'space'

/** A folded text that grows page by page and knows where each of its characters stands on paper. */
export class FoldedStream {
  readonly #fold: (character: string) => string
  #text = ''
  #starts = new Uint32Array(1024)
  #lengths = new Uint8Array(1024)
  readonly #pieces: Piece[] = []
  #page = 0
  #gap: Gap = 'none'
  #last = ''
  /** A word divided by the page end waits for its other half; what stands above that is passed over. */
  #isDivided = false

  constructor(keepCase = false) {
    this.#fold = keepCase ? foldCodePointCased : foldCodePoint
  }

  get text(): string {
    return this.#text
  }

  /** Adds the next page; pages come in reading order. */
  addPage(page: PageText): void {
    this.#turnPage(page)
    const units: string[] = []
    let offset = 0
    let seam = 0
    let skip = 0
    for (const character of page.text) {
      while ((page.skipped[skip]?.end ?? Infinity) <= offset) skip += 1
      const left = page.skipped[skip]
      if (left === undefined || offset < left.start) {
        while ((page.seams[seam] ?? Infinity) < offset) seam += 1
        if (page.seams[seam] === offset) this.#addSeam(units, offset)
        this.#add(units, character, offset)
      } else if (offset === left.start) {
        if (!this.#isDivided) this.#gap = 'space'
        this.#flush(units)
        this.#openPiece()
      }
      offset += 1
    }
    this.#flush(units)
  }

  /** Where `[from, to)` of the folded text stands: one span a page, more where something is left out between. */
  placesOf(from: number, to: number): PageSpan[] {
    const places: PageSpan[] = []
    for (let piece = this.#pieceAt(from); piece < this.#pieces.length; piece += 1) {
      const { at, page } = this.#pieces[piece] ?? { at: to, page: 0 }
      if (at >= to) break
      const span = this.#spanOf(Math.max(from, at), Math.min(to, this.#pieces[piece + 1]?.at ?? to))
      if (span !== null) places.push({ page, ...span })
    }
    return places
  }

  #spanOf(from: number, to: number): Span | null {
    let start = Infinity
    let end = -1
    for (let i = from; i < to; i += 1) {
      const unit = this.#text[i]
      if (unit === ' ' || unit === SEAM) continue
      const at = this.#starts[i] ?? 0
      start = Math.min(start, at)
      end = Math.max(end, at + (this.#lengths[i] ?? 1))
    }
    return end < 0 ? null : { start, end }
  }

  /** A word divided by the page end goes on; anything else is parted from the next page by a gap. */
  #turnPage(page: PageText): void {
    this.#page = page.page
    const before = this.#text.at(-2)
    if (isHyphen(this.#last) && before !== undefined && isWordCharacter(before)) {
      this.#last = startsSmall(page) ? SEAM : ' '
      this.#text = this.#text.slice(0, -1) + this.#last
      this.#gap = 'none'
      this.#isDivided = true
    } else if (this.#gap === 'none') {
      this.#gap = 'line'
    }
    this.#openPiece()
  }

  #openPiece(): void {
    const at = this.#text.length
    if (this.#pieces.at(-1)?.at === at) this.#pieces.pop()
    this.#pieces.push({ at, page: this.#page })
  }

  #add(units: string[], character: string, offset: number): void {
    const folded = this.#fold(character)
    if (folded === '') return this.#stretch(units, offset)
    if (/^\s+$/u.test(folded)) {
      if (this.#isDivided) return
      const breaksLine = character === '\n' || character === '\r'
      this.#gap = breaksLine && this.#gap !== 'space' ? 'line' : 'space'
      return
    }
    if (this.#partsFrom(folded)) this.#push(units, ' ', offset, 0)
    this.#gap = 'none'
    this.#isDivided = false
    for (const unit of folded.split('')) this.#push(units, unit, offset, 1)
  }

  /** Whether a gap is to be seen before the next character: lines of scripts without spaces break anywhere. */
  #partsFrom(next: string): boolean {
    if (this.#gap === 'none' || this.#last === '' || this.#last === ' ') return false
    const first = next.slice(0, 1)
    const goesOn = isUnspaced(this.#last) && isUnspaced(first) && !isKorean(this.#last)
    return this.#gap === 'space' || !goesOn
  }

  /** A mark belongs to the letter before it. */
  #stretch(units: string[], offset: number): void {
    const at = this.#text.length + units.length - 1
    const length = this.#lengths[at] ?? 0
    if (units.length > 0 && length > 0 && length < 255 && (this.#starts[at] ?? 0) + length === offset) {
      this.#lengths[at] = length + 1
    }
  }

  #addSeam(units: string[], offset: number): void {
    if (this.#gap === 'none' && isWordCharacter(this.#last)) this.#push(units, SEAM, offset, 0)
  }

  #push(units: string[], unit: string, start: number, length: number): void {
    const at = this.#text.length + units.length
    this.#grow(at)
    this.#starts[at] = start
    this.#lengths[at] = length
    units.push(unit)
    if (unit !== SEAM) this.#last = unit
  }

  #flush(units: string[]): void {
    this.#text += units.join('')
    units.length = 0
  }

  #grow(at: number): void {
    if (at < this.#starts.length) return
    const starts = new Uint32Array(2 * this.#starts.length)
    starts.set(this.#starts)
    this.#starts = starts
    const lengths = new Uint8Array(2 * this.#lengths.length)
    lengths.set(this.#lengths)
    this.#lengths = lengths
  }

  #pieceAt(at: number): number {
    let low = 0
    let high = this.#pieces.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#pieces[middle]?.at ?? Infinity) <= at) low = middle
      else high = middle - 1
    }
    return low
  }
}

function isHyphen(character: string): boolean {
  return character === '-' || character === '\u2010' || character === '\u2011'
}

/** Whether the running text of a page begins with a small letter. */
function startsSmall(page: PageText): boolean {
  let offset = 0
  let skip = 0
  for (const character of page.text) {
    const at = offset
    offset += 1
    while ((page.skipped[skip]?.end ?? Infinity) <= at) skip += 1
    if (at >= (page.skipped[skip]?.start ?? Infinity) || /^\s$/u.test(character)) continue
    return /^\p{Ll}$/u.test(character)
  }
  return false
}
