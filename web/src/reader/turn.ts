// Shows something drawn for the unturned page on the page as the reader turned it.
import { isAcross } from './geometry'
import type { Turn } from './host'

/** CSS transform for a layer of `width` × `height` (unturned, CSS pixels, origin at its upper left corner). */
export function turnTransform(rotation: Turn, width: number, height: number, scale = 1): string {
  const [w, h] = [width * scale, height * scale]
  const size = scale === 1 ? '' : ` scale(${scale})`
  switch (rotation) {
    case 0:
      return size === '' ? 'none' : size.trim()
    case 90:
      return `translate(${h}px, 0) rotate(90deg)${size}`
    case 180:
      return `translate(${w}px, ${h}px) rotate(180deg)${size}`
    case 270:
      return `translate(0, ${w}px) rotate(270deg)${size}`
  }
}

/** Size of the unturned page that fills a turned frame. */
export function unturnedSize(rotation: Turn, width: number, height: number) {
  return isAcross(rotation) ? { width: height, height: width } : { width, height }
}
