/** The pages below one another: where each begins, in CSS pixels, before any of them is loaded. */
import { sizeOf } from './geometry'
import type { PageHead, Place, Turn } from './host'

/** Space above the first page, between pages and below the last. */
export const GAP = 16

export interface PageFrame {
  readonly page: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export interface PageStack {
  readonly frames: readonly PageFrame[]
  /** Width of the widest page. */
  readonly width: number
  readonly height: number
}

/** CSS pixels a point at factor 1. */
export const PIXELS_A_POINT = 96 / 72

export function stackPages(pages: readonly PageHead[], factor: number, rotation: Turn): PageStack {
  const frames: PageFrame[] = []
  let top = GAP
  let widest = 0
  pages.forEach((page, index) => {
    const size = sizeOf(page, rotation)
    const width = Math.max(1, Math.round(size.width * factor * PIXELS_A_POINT))
    const height = Math.max(1, Math.round(size.height * factor * PIXELS_A_POINT))
    frames.push({ page: index + 1, top, width, height })
    widest = Math.max(widest, width)
    top += height + GAP
  })
  return { frames, width: widest, height: top }
}

/** Index of the frame that holds the height `y`, or the next below it. */
export function frameAt(stack: PageStack, y: number): number {
  let low = 0
  let high = stack.frames.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    const frame = stack.frames[middle]
    if (frame && frame.top + frame.height + GAP <= y) low = middle + 1
    else high = middle
  }
  return Math.max(low, 0)
}

/** Frames that touch `[from, to)`. */
export function framesBetween(stack: PageStack, from: number, to: number): readonly PageFrame[] {
  const first = frameAt(stack, from)
  let last = first
  while (last + 1 < stack.frames.length && (stack.frames[last + 1]?.top ?? Infinity) < to) last += 1
  return stack.frames.slice(first, last + 1)
}

/** The place at the upper edge of the window. */
export function placeAt(stack: PageStack, scrollTop: number): Place {
  // With nothing but the gap above it in sight, it is the next page.
  const frame = stack.frames[frameAt(stack, scrollTop + GAP)]
  if (!frame) return { page: 1 }
  return { page: frame.page, at: (scrollTop - frame.top) / frame.height }
}

/** The page that the reader would name: the one that fills most of the window, at equality the upper. */
export function pageInView(stack: PageStack, scrollTop: number, windowHeight: number): number {
  let best = 1
  let most = -1
  for (const frame of framesBetween(stack, scrollTop, scrollTop + windowHeight)) {
    const seen = Math.min(frame.top + frame.height, scrollTop + windowHeight) - Math.max(frame.top, scrollTop)
    if (seen > most + 1) {
      most = seen
      best = frame.page
    }
  }
  return best
}

/** How far to scroll to bring a place to the upper edge. Without `at` the gap above the page is shown too. */
export function scrollTopOf(stack: PageStack, place: Place): number {
  const frame = stack.frames[place.page - 1]
  if (!frame) return 0
  return place.at === undefined ? frame.top - GAP : frame.top + place.at * frame.height
}
