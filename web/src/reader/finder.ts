// Finds words in the whole document, page slice by page slice as the text comes in.
import { joinPlaces, phrasePatterns, placesOfPattern, type FindOptions, type Found } from '../lib/text/find'
import { findTerms, termsOf } from '../lib/text/terms'
import { FoldedStream } from '../lib/text/stream'
import type { PageLayout } from './host'
import type { LayoutStore } from './layout-store'
import { hasNotes, pageText } from './words'

/** What is looked for. */
export interface Wanted extends FindOptions {
  readonly query: string
  /** How the query is meant: words side by side as typed here, or what the search page understands by it. */
  readonly meaning: 'typed' | 'search'
}

export interface FindState {
  readonly places: readonly Found[]
  /** Pages looked through so far. */
  readonly pages: number
  readonly done: boolean
}

/** Reads places out of a stream. */
type Matcher = (stream: FoldedStream) => readonly Found[]

/** The text of the document folded, in two readings: as printed, and without the notes that interrupt a sentence. */
class Readings {
  readonly #whole: FoldedStream
  #body: FoldedStream | null = null
  readonly #keepCase: boolean
  readonly #pages: PageLayout[] = []
  next = 1

  constructor(keepCase: boolean) {
    this.#keepCase = keepCase
    this.#whole = new FoldedStream(keepCase)
  }

  add(layouts: readonly PageLayout[], next: number): void {
    for (const layout of layouts) {
      this.#whole.addPage(pageText(layout, true))
      this.#pages.push(layout)
      if (this.#body !== null) this.#body.addPage(pageText(layout, false))
      else if (hasNotes(layout)) this.#body = this.#withoutNotes()
    }
    this.next = next
  }

  find(matcher: Matcher): readonly Found[] {
    const whole = matcher(this.#whole)
    return this.#body === null ? whole : joinPlaces(whole, matcher(this.#body))
  }

  #withoutNotes(): FoldedStream {
    const body = new FoldedStream(this.#keepCase)
    for (const layout of this.#pages) body.addPage(pageText(layout, false))
    return body
  }
}

export class Finder {
  readonly #store: LayoutStore
  readonly #pageCount: number
  readonly #readings = new Map<boolean, Readings>()

  constructor(store: LayoutStore, pageCount: number) {
    this.#store = store
    this.#pageCount = pageCount
  }

  /** Tells what was found so far after each slice; ends early when the signal aborts. */
  async find(wanted: Wanted, signal: AbortSignal, tell: (state: FindState) => void): Promise<void> {
    const matchers = matchersOf(wanted)
    const readings = this.#readingsFor(wanted.matchCase)
    if (readings.next > 1) tell(this.#look(readings, matchers))
    while (readings.next <= this.#pageCount) {
      const first = readings.next
      const slice = await this.#store.slice(first)
      if (signal.aborted) return
      // Another search may have read this slice meanwhile.
      if (readings.next === first) readings.add(slice.layouts, slice.next)
      tell(this.#look(readings, matchers))
    }
  }

  #look(readings: Readings, matchers: readonly Matcher[]): FindState {
    let places: readonly Found[] = []
    for (const matcher of matchers) {
      places = readings.find(matcher)
      if (places.length > 0) break
    }
    const done = readings.next > this.#pageCount
    return { places, pages: readings.next - 1, done }
  }

  #readingsFor(keepCase: boolean): Readings {
    const known = this.#readings.get(keepCase)
    if (known !== undefined) return known
    const made = new Readings(keepCase)
    this.#readings.set(keepCase, made)
    return made
  }
}

/** The ways to understand a query, best first; the next is tried where one finds nothing. */
function matchersOf(wanted: Wanted): Matcher[] {
  if (wanted.meaning === 'search') {
    const terms = termsOf(wanted.query)
    return [(stream) => findTerms(stream, terms)]
  }
  return phrasePatterns(wanted.query, wanted).map((pattern) => (stream) => placesOfPattern(stream, pattern))
}
