// Printing pages as pictures of 150 dots an inch, each on a sheet of its own.
import { isAcross } from './geometry'
import type { Turn } from './host'
import classes from './print.module.css'
import { turnTransform } from './turn'

export interface Sheet {
  readonly source: string
  /** What the page is called, should it fail. */
  readonly name: string
}

/** Pictures fetched at once. */
const TOGETHER = 4

/** Fetches the sheets, then opens the browser's print dialog. Rejects with the name of the page that failed. */
export async function printPages(
  sheets: readonly Sheet[],
  size: { readonly width: number; readonly height: number },
  rotation: Turn,
  signal: AbortSignal,
  tell: (done: number) => void,
): Promise<void> {
  const place = document.createElement('div')
  place.className = classes.sheets ?? ''
  const style = pageStyle(size, rotation)
  try {
    let done = 0
    const images = sheets.map(({ name }) => sheetImage(place, name, size, rotation))
    const waiting = sheets.map((sheet, index) => ({ sheet, image: images[index] }))
    const work = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        signal.throwIfAborted()
        if (next.image !== undefined) await load(next.image, next.sheet)
        tell((done += 1))
      }
    }
    await Promise.all(Array.from({ length: TOGETHER }, work))
    signal.throwIfAborted()
    document.body.append(place)
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, style]
    window.print()
  } finally {
    place.remove()
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== style)
  }
}

function sheetImage(
  place: HTMLElement,
  name: string,
  size: { readonly width: number; readonly height: number },
  rotation: Turn,
): HTMLImageElement {
  const sheet = document.createElement('div')
  sheet.className = classes.sheet ?? ''
  const image = document.createElement('img')
  image.alt = name
  image.style.width = `${size.width}pt`
  image.style.height = `${size.height}pt`
  image.style.transform = turnTransform(rotation, size.width, size.height).replaceAll('px', 'pt')
  sheet.append(image)
  place.append(sheet)
  return image
}

async function load(image: HTMLImageElement, sheet: Sheet): Promise<void> {
  image.src = sheet.source
  try {
    await image.decode()
  } catch (cause) {
    throw new Error(sheet.name, { cause })
  }
}

function pageStyle(size: { readonly width: number; readonly height: number }, rotation: Turn): CSSStyleSheet {
  const [width, height] = isAcross(rotation) ? [size.height, size.width] : [size.width, size.height]
  const style = new CSSStyleSheet()
  style.replaceSync(`@page { size: ${width}pt ${height}pt; margin: 0 }`)
  return style
}
