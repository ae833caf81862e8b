// The selectable words over a page's picture. They come from the layout, so that what is selected, copied and quoted is
// the text that is searched; each word is stretched to the place where it is printed.
import { areaOf, unturned, type Area } from './geometry'
import type { PageLayout, Turn } from './host'
import { wordBox, wordCount, wordEnd, wordStart } from './words'

/** Where a caret stands in a page's text. */
export interface Caret {
  readonly word: number
  /** Code points from the word's beginning. */
  readonly within: number
}

/** Attribute that tells a word's index. */
const WORD = 'data-word'

/** Builds the words of a page into `layer`, whose size is that of the page turned as in the file. */
export function buildTextLayer(layer: HTMLElement, layout: PageLayout, width: number, height: number): void {
  const points = Array.from(layout.text)
  const count = wordCount(layout.words)
  const fragment = document.createDocumentFragment()
  for (let word = 0; word < count; word += 1) {
    const area = areaOfWord(layout, word)
    const behind = word + 1 < count ? wordStart(layout.words, word + 1) : wordEnd(layout.words, word)
    const text = points.slice(wordStart(layout.words, word), wordEnd(layout.words, word)).join('')
    const space = behind > wordEnd(layout.words, word)
    const next = space && word + 1 < count ? areaOfWord(layout, word + 1) : null
    const span = document.createElement('span')
    span.setAttribute(WORD, String(word))
    span.textContent = space ? `${text} ` : text
    placeWord(span, text, area, reachOf(area, next), width, height)
    fragment.append(span)
  }
  layer.replaceChildren(fragment)
}

/** The caret nearest to a point of the displayed page (fractions), which the reader turned by `rotation`. */
export function caretAt(layout: PageLayout, x: number, y: number, rotation: Turn): Caret | null {
  const point = unturned(x, y, rotation)
  let best: Caret | null = null
  let least = Infinity
  for (let word = 0; word < wordCount(layout.words); word += 1) {
    const area = areaOfWord(layout, word)
    const across = outside(point.x, area.left, area.width)
    const down = outside(point.y, area.top, area.height)
    // Beside a line is nearer to it than above or below.
    const distance = across * across + 4 * down * down
    if (distance < least) {
      least = distance
      best = { word, within: letterAt(layout, word, area, point.x, point.y) }
    }
  }
  return best
}

/** Sets the browser's selection from one caret to another; both layers must be built. */
export function selectBetween(from: HTMLElement, start: Caret, to: HTMLElement, end: Caret): void {
  const [first, last] = [textOf(from, start.word), textOf(to, end.word)]
  if (first === null || last === null) return
  document
    .getSelection()
    ?.setBaseAndExtent(first, unitsOf(first, start.within), last, unitsOf(last, end.within))
}

/** The code point of a page's text at a boundary of the browser's selection, or null where that is no word. */
export function offsetAt(layout: PageLayout, node: Node, at: number): number | null {
  const span = node instanceof Element ? node : node.parentElement
  const word = Number(span?.closest(`[${WORD}]`)?.getAttribute(WORD) ?? Number.NaN)
  if (Number.isNaN(word)) return null
  const start = wordStart(layout.words, word)
  if (node instanceof Element) return at === 0 ? start : wordEnd(layout.words, word)
  const within = Array.from((node.textContent ?? '').slice(0, at)).length
  return Math.min(start + within, wordEnd(layout.words, word))
}

function areaOfWord(layout: PageLayout, word: number): Area {
  return areaOf(wordBox(layout.words, word), layout.crop, layout.rotate)
}

/** How far a word's span reaches: up to the next word of the line, so that the selection has no gaps. */
function reachOf(area: Area, next: Area | null): number {
  if (next === null) return area.width
  const sameLine = Math.abs(next.top + next.height / 2 - area.top - area.height / 2) < area.height / 2
  const gap = next.left - area.left - area.width
  return sameLine && gap > 0 && gap < 0.04 ? next.left - area.left : area.width
}

function placeWord(
  span: HTMLElement,
  text: string,
  area: Area,
  reach: number,
  width: number,
  height: number,
): void {
  const upright = text.length > 1 && area.height * height > 1.4 * area.width * width
  const along = upright ? area.height * height : reach * width
  const size = Math.max(1, upright ? area.width * width : area.height * height)
  const natural = (widthOf(span.textContent ?? '') * size) / MEASURED
  span.style.left = `${100 * area.left}%`
  span.style.top = `${100 * (upright ? area.top + area.height : area.top)}%`
  span.style.fontSize = `${size.toFixed(2)}px`
  const stretch = natural > 0 ? along / natural : 1
  span.style.transform = `${upright ? 'rotate(-90deg) ' : ''}scaleX(${stretch.toFixed(4)})`
}

function outside(value: number, start: number, length: number): number {
  return value < start ? start - value : Math.max(0, value - start - length)
}

function letterAt(layout: PageLayout, word: number, area: Area, x: number, y: number): number {
  const letters = wordEnd(layout.words, word) - wordStart(layout.words, word)
  const upright = letters > 1 && area.height > 1.4 * area.width
  const share = upright ? (area.top + area.height - y) / area.height : (x - area.left) / area.width
  return Math.max(0, Math.min(letters, Math.round(share * letters)))
}

function textOf(layer: HTMLElement, word: number): ChildNode | null {
  return layer.querySelector(`[${WORD}="${word}"]`)?.firstChild ?? null
}

function unitsOf(node: ChildNode, points: number): number {
  return Array.from(node.textContent ?? '')
    .slice(0, points)
    .join('').length
}

/** Size at which widths are measured. */
const MEASURED = 16
const widths = new Map<string, number>()
let ruler: CanvasRenderingContext2D | null | undefined

function widthOf(text: string): number {
  const known = widths.get(text)
  if (known !== undefined) return known
  ruler ??= document.createElement('canvas').getContext('2d')
  if (ruler === null || ruler === undefined) return 0
  ruler.font = `${MEASURED}px sans-serif`
  const width = ruler.measureText(text).width
  if (widths.size > 50_000) widths.clear()
  widths.set(text, width)
  return width
}
