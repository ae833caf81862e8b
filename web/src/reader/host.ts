/**
 * What the reader needs from whoever shows it. The reader knows no network, no router and no API: all of it comes
 * through `ReaderHost`.
 *
 * Units: pages count from 1; text offsets are code points of a page's text; boxes are PDF user space, unrotated, origin
 * as in the file; sizes of pages are as displayed.
 */

import type { CitedWork, KnownPaper } from '../lib/references'

/** Left, bottom, right, top in PDF user space. */
export type Box = readonly [x0: number, y0: number, x1: number, y1: number]

/** Clockwise degrees. */
export type Turn = 0 | 90 | 180 | 270

/** Size and name of a page; known before the page is read. */
export interface PageHead {
  /** The printed label, if the file has labels. */
  readonly label: string | null
  /** As displayed, in points. */
  readonly width: number
  readonly height: number
  /** The file's own rotation. */
  readonly rotate: Turn
  /** The visible box; null where the outline does not tell it. */
  readonly crop: Box | null
}

export interface OutlineEntry {
  /** 1 for the top. */
  readonly level: number
  readonly title: string
  /** Null for an entry that leads nowhere. */
  readonly page: number | null
  /** Upper edge to show, in PDF user space. */
  readonly top: number | null
}

/** What holds for the whole document. */
export interface DocumentHead {
  readonly pages: readonly PageHead[]
  readonly outline: readonly OutlineEntry[]
}

/**
 * Printed words, or the parts of divided words that stand on one line, in text order. Six numbers a word: first code
 * point, one behind the last, and the box (left, bottom, right, top). An array of numbers keeps a book of 1,000 pages small.
 */
export type Words = Float32Array

/** A stretch of text that is not plain running text. */
export interface RoleSpan {
  readonly start: number
  readonly end: number
  readonly role: string
}

export interface PageLink {
  readonly box: Box
  readonly target:
    | { readonly kind: 'page'; readonly page: number; readonly top: number | null }
    | { readonly kind: 'uri'; readonly uri: string }
}

/** What was read from one page. */
export interface PageLayout {
  readonly page: number
  readonly rotate: Turn
  readonly crop: Box
  readonly text: string
  readonly words: Words
  readonly roles: readonly RoleSpan[]
  readonly links: readonly PageLink[]
}

/** Widths in which page images are to be had. */
export const IMAGE_WIDTHS = [160, 320, 640, 960, 1280, 1920] as const
export type ImageWidth = (typeof IMAGE_WIDTHS)[number]

/** A place to show. */
export interface Place {
  readonly page: number
  /** How far down the page the upper edge of the window is: 0 its top, 1 its foot. */
  readonly at?: number | undefined
}

/** A stretch of text to bring into sight and mark, as a search gave it. */
export interface PlacedText {
  readonly page: number
  readonly start: number
  readonly end: number
}

/** Where somebody was reading. */
export interface Position {
  readonly page: number
  readonly zoom: Zoom
  readonly rotation: Turn
}

/** How large pages are shown. A number is a factor: 1 shows an inch as 96 CSS pixels. */
export type Zoom = 'width' | 'page' | 'text' | 'column' | number

export interface ReaderHost {
  /** The works that the paper cites, in printed order; none while that is not known. */
  references(signal: AbortSignal): Promise<readonly CitedWork[]>
  /** Address of a paper in a library, and going there. */
  paperUrl(paper: KnownPaper): string
  openPaper(paper: KnownPaper): void
  /** What was read from pages `first` to `last`; pages that are not read yet are missing from the answer. */
  layout(first: number, last: number, signal: AbortSignal): Promise<readonly PageLayout[]>
  /** Address of a page's picture. */
  pageImage(page: number, width: ImageWidth): string
  /** Address of the PDF; answers ranges. */
  readonly fileUrl: string
  /** Saves the file under its safe name. */
  readonly download: () => void
  /** The place in view has changed: "replace" while scrolling, "push" for a jump that Back should undo. */
  placeChanged(place: Place, how: 'replace' | 'push'): void
  /** Steps through the jumps made so far. */
  goBack(): void
  goForward(): void
  /** Keeps the position for the next time; called at most once a second. */
  savePosition(position: Position): void
  /** Leaves the reader. */
  close(): void
  /** Where an outside address may be opened. */
  openUri(uri: string): void
}
