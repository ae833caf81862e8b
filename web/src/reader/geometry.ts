/** From PDF user space to the page as displayed, as fractions of its width and height (0 left and top, 1 right and foot). */
import type { Box, PageHead, Turn } from './host'

/** A rectangle on the displayed page, in fractions of its sides. */
export interface Area {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Adds clockwise turns. */
export function turned(a: Turn, b: Turn): Turn {
  return TURNS[((a + b) / 90) % 4] ?? 0
}

const TURNS = [0, 90, 180, 270] as const

/** Brings any number of degrees to one of the four turns. */
export function toTurn(degrees: number): Turn {
  return TURNS[((Math.round(degrees / 90) % 4) + 4) % 4] ?? 0
}

/** Whether width and height change places. */
export function isAcross(turn: Turn): boolean {
  return turn === 90 || turn === 270
}

/**
 * Where a box lies on the page when it is turned clockwise by `turn` (the file's own rotation and the reader's together).
 * `crop` is the visible box; its origin need not be 0,0.
 */
export function areaOf(box: Box, crop: Box, turn: Turn): Area {
  const width = Math.max(crop[2] - crop[0], 1e-6)
  const height = Math.max(crop[3] - crop[1], 1e-6)
  const left = (box[0] - crop[0]) / width
  const right = (box[2] - crop[0]) / width
  const top = (crop[3] - box[3]) / height
  const foot = (crop[3] - box[1]) / height
  switch (turn) {
    case 0:
      return edges(left, top, right, foot)
    case 90:
      return edges(1 - foot, left, 1 - top, right)
    case 180:
      return edges(1 - right, 1 - foot, 1 - left, 1 - top)
    case 270:
      return edges(top, 1 - right, foot, 1 - left)
  }
}

/** How far down the displayed page the height `y` of PDF user space is (0 to 1); for targets of links and outlines. */
export function depthOf(y: number, crop: Box, turn: Turn): number {
  const area = areaOf([crop[0], y, crop[2], y], crop, turn)
  return clamp(isAcross(turn) ? 0 : area.top, 0, 1)
}

/** The size of a page when the reader turns it by `rotation` on top of the file's own rotation. */
export function sizeOf(page: PageHead, rotation: Turn): { readonly width: number; readonly height: number } {
  return isAcross(rotation)
    ? { width: page.height, height: page.width }
    : { width: page.width, height: page.height }
}

/** The visible box of a page; where only its size is known, one that begins at 0,0. */
export function cropOf(page: PageHead): Box {
  if (page.crop) return page.crop
  return isAcross(page.rotate) ? [0, 0, page.height, page.width] : [0, 0, page.width, page.height]
}

export function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}

/** An area as the place of something drawn over the page. */
export function styleOf(area: Area) {
  return {
    left: `${100 * area.left}%`,
    top: `${100 * area.top}%`,
    width: `${100 * area.width}%`,
    height: `${100 * area.height}%`,
  }
}

function edges(left: number, top: number, right: number, foot: number): Area {
  return { left, top, width: right - left, height: foot - top }
}

/** A point on the page turned clockwise by `turn`, brought back to the page as it was before that turn. */
export function unturned(x: number, y: number, turn: Turn): { readonly x: number; readonly y: number } {
  switch (turn) {
    case 0:
      return { x, y }
    case 90:
      return { x: y, y: 1 - x }
    case 180:
      return { x: 1 - x, y: 1 - y }
    case 270:
      return { x: 1 - y, y: x }
  }
}
