/** How large pages are shown. */
import { clamp, sizeOf } from './geometry'
import type { Block } from './column'
import type { PageHead, Turn, Zoom } from './host'
import { GAP, PIXELS_A_POINT } from './page-stack'

export const LEAST_ZOOM = 0.1
export const MOST_ZOOM = 8

/** The steps of + and −. */
const STEPS = [0.1, 0.25, 0.33, 0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5, 6, 8]

export interface Window {
  readonly width: number
  readonly height: number
}

/** Space beside the text where the margins are left out. */
export const TEXT_MARGIN = 12

/** The factor for a zoom in a window. `block` is the text or column that a phone fits, if it is known. */
export function factorOf(
  zoom: Zoom,
  page: PageHead,
  rotation: Turn,
  view: Window,
  block: Block | null,
): number {
  if (typeof zoom === 'number') return clamp(zoom, LEAST_ZOOM, MOST_ZOOM)
  const size = sizeOf(page, rotation)
  const wide = (view.width - 2 * sideSpace(view.width)) / (size.width * PIXELS_A_POINT)
  const high = (view.height - 2 * GAP) / (size.height * PIXELS_A_POINT)
  switch (zoom) {
    case 'width':
      return clamp(wide, LEAST_ZOOM, MOST_ZOOM)
    case 'page':
      return clamp(Math.min(wide, high), LEAST_ZOOM, MOST_ZOOM)
    case 'text':
    case 'column':
      return block
        ? clamp((view.width - 2 * TEXT_MARGIN) / ((block.right - block.left) * PIXELS_A_POINT), LEAST_ZOOM, 3 * wide)
        : clamp(wide, LEAST_ZOOM, MOST_ZOOM)
  }
}

/** Space left and right of the widest page. */
export function sideSpace(viewWidth: number): number {
  return viewWidth < 640 ? 0 : viewWidth < 960 ? 16 : 40
}

/** One step larger. */
export function zoomIn(factor: number): number {
  return STEPS.find((step) => step > factor * 1.02) ?? MOST_ZOOM
}

/** One step smaller. */
export function zoomOut(factor: number): number {
  return STEPS.findLast((step) => step < factor * 0.98) ?? LEAST_ZOOM
}

/** The page that fitting goes by: nearly all pages are no wider, while single folded-out tables do not count. */
export function usualPage(pages: readonly PageHead[], rotation: Turn): PageHead | undefined {
  const width = (page: PageHead) => sizeOf(page, rotation).width
  const byWidth = [...pages].sort((a, b) => width(a) - width(b))
  return byWidth[Math.floor(0.9 * (byWidth.length - 1))]
}
