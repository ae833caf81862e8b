// How wide a picture of a page is asked for.
import { IMAGE_WIDTHS, type ImageWidth } from './host'
import { sideSpace } from './zoom'

/** Width of the panel beside the pages where it stands open at first. */
const PANEL = 236

/** The picture that is sharp enough at once; the drawing that follows is sharper on dense screens. */
export function imageWidthFor(cssWidth: number): ImageWidth {
  return IMAGE_WIDTHS.find((width) => width >= cssWidth * 0.95) ?? 1920
}

/** The width that a page will most likely have in a window, to be asked for before the reader stands. */
export function firstImageWidth(windowWidth: number): ImageWidth {
  const desk = windowWidth - (windowWidth >= 1200 ? PANEL : 0)
  return imageWidthFor(desk - 2 * sideSpace(desk))
}
