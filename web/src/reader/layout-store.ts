// The layouts of the pages, fetched as they are needed and kept.
import type { PageLayout, ReaderHost } from './host'

/** Pages asked for at once while reading. */
const CHUNK = 8
/** Pages asked for at once while finding; a multiple of `CHUNK`. */
const SLICE = 32

export class LayoutStore {
  readonly #host: ReaderHost
  readonly #pageCount: number
  readonly #layouts = new Map<number, PageLayout>()
  readonly #asked = new Map<number, Promise<void>>()
  readonly #listeners = new Set<() => void>()
  #stop = new AbortController()
  #version = 0

  constructor(host: ReaderHost, pageCount: number) {
    this.#host = host
    this.#pageCount = pageCount
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Rises whenever a page came in. */
  readonly version = (): number => this.#version

  get(page: number): PageLayout | undefined {
    return this.#layouts.get(page)
  }

  /** Sees to it that a page comes in; failures are asked again by the next call. */
  want(page: number): void {
    const first = page - ((page - 1) % CHUNK)
    if (!this.#layouts.has(page) && !this.#asked.has(first))
      void this.#load(first, CHUNK).catch(() => undefined)
  }

  /** All pages from `first` on to the end of its slice; those that are not read yet are left out. */
  async slice(first: number): Promise<{ layouts: readonly PageLayout[]; next: number }> {
    const next = Math.min(first + SLICE, this.#pageCount + 1)
    const missing: Promise<void>[] = []
    for (let page = first; page < next; page += CHUNK) {
      const pending = this.#asked.get(page)
      if (pending !== undefined) missing.push(pending)
    }
    await Promise.all(missing)
    const pages = range(first, next)
    if (!pages.every((page) => this.#layouts.has(page))) await this.#load(first, SLICE)
    return { layouts: pages.flatMap((page) => this.#layouts.get(page) ?? []), next }
  }

  /** The document has been read further: what was missing may be there now. */
  refresh(): void {
    this.#asked.clear()
    this.#announce()
  }

  /** Ends what is under way. The store can be used again, as after a remount. */
  pause(): void {
    this.#stop.abort()
    this.#stop = new AbortController()
    this.#asked.clear()
  }

  async #load(first: number, count: number): Promise<void> {
    const last = Math.min(first + count - 1, this.#pageCount)
    const loading = this.#host.layout(first, last, this.#stop.signal).then((layouts) => {
      for (const layout of layouts) this.#layouts.set(layout.page, layout)
    })
    const chunks = range(first, last + 1).filter((page) => (page - 1) % CHUNK === 0)
    for (const chunk of chunks) this.#asked.set(chunk, loading)
    try {
      await loading
      this.#announce()
    } catch (error) {
      for (const chunk of chunks) this.#asked.delete(chunk)
      throw error
    }
  }

  #announce(): void {
    this.#version += 1
    for (const listener of this.#listeners) listener()
  }
}

function range(first: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index)
}
