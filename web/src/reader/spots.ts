// Stretches of the text that stand for something else: citations for works, "Fig. 3" for a figure.
import { callOf, type CitedWork } from '../lib/references'
import { referenceTexts } from '../texts/references'
import { type FigureName, mentionsOf } from './captions'
import { areaOf, turned, type Area } from './geometry'
import type { PageLayout, Turn } from './host'
import { boxesOf } from './marks'

export type SpotTarget =
  /** Places of the works in the list of references. */
  | { readonly kind: 'works'; readonly works: readonly number[] }
  | { readonly kind: 'figure'; readonly figure: FigureName }

export interface Spot {
  readonly page: number
  readonly start: number
  readonly end: number
  readonly target: SpotTarget
  /** What it is called: "Reference 12". */
  readonly name: string
}

/** The citations of each page in text order; a bracket with several works is one spot. */
export function citationSpots(works: readonly CitedWork[]): ReadonlyMap<number, readonly Spot[]> {
  const cited = new Map<string, { page: number; start: number; end: number; works: number[] }>()
  works.forEach((work, index) => {
    for (const { page, start, end } of work.cited_in) {
      const name = `${page} ${start} ${end}`
      const known = cited.get(name)
      if (known === undefined) cited.set(name, { page, start, end, works: [index] })
      else known.works.push(index)
    }
  })
  const pages = new Map<number, Spot[]>()
  for (const { page, start, end, works: indexes } of cited.values()) {
    const calls = indexes.flatMap((index) => (works[index] === undefined ? [] : callOf(works[index], index)))
    const spot: Spot = { page, start, end, target: { kind: 'works', works: indexes }, name: referenceTexts.spot(calls) }
    pages.set(page, [...(pages.get(page) ?? []), spot])
  }
  for (const spots of pages.values()) spots.sort((a, b) => a.start - b.start)
  return pages
}

const mentions = new WeakMap<PageLayout, readonly Spot[]>()

/** The mentions of figures and tables on a page. */
export function mentionSpots(layout: PageLayout): readonly Spot[] {
  const known = mentions.get(layout)
  if (known !== undefined) return known
  const spots = mentionsOf(layout).map(
    ({ start, end, figure }): Spot => ({
      page: layout.page,
      start,
      end,
      target: { kind: 'figure', figure },
      name: referenceTexts.figure(figure.kind, figure.number),
    }),
  )
  mentions.set(layout, spots)
  return spots
}

/** The areas of a spot on the displayed page, one a line. */
export function areasOf(spot: Spot, layout: PageLayout, rotation: Turn): Area[] {
  const turn = turned(layout.rotate, rotation)
  return boxesOf(layout, spot.start, spot.end).map((box) => areaOf(box, layout.crop, turn))
}

/**
 * The spot nearest to a point of the displayed page (fractions), no further from it than `reach` (fractions as well), and
 * the area that was hit; of several as near the shortest.
 */
export function spotAt(
  spots: readonly Spot[],
  layout: PageLayout,
  rotation: Turn,
  { x, y }: Point,
  reach: Point,
): { readonly spot: Spot; readonly area: Area } | null {
  let best: { spot: Spot; area: Area } | null = null
  let least = 1
  for (const spot of [...spots].sort((a, b) => a.end - a.start - (b.end - b.start))) {
    for (const area of areasOf(spot, layout, rotation)) {
      const across = outside(x, area.left, area.width) / reach.x
      const down = outside(y, area.top, area.height) / reach.y
      const distance = Math.hypot(across, down)
      if (distance > least || (distance === least && best !== null)) continue
      least = distance
      best = { spot, area }
    }
  }
  return best
}

interface Point {
  readonly x: number
  readonly y: number
}

/** Whether a link of the file to one of its pages lies over the middle of the spot: it is reached by that, then. */
export function isUnderLink(spot: Spot, layout: PageLayout): boolean {
  const [box] = boxesOf(layout, spot.start, spot.end)
  if (box === undefined) return true
  const [x, y] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]
  return layout.links.some(
    ({ box: [x0, y0, x1, y1], target }) => target.kind === 'page' && x0 <= x && x <= x1 && y0 <= y && y <= y1,
  )
}

function outside(value: number, start: number, length: number): number {
  return Math.max(0, start - value, value - start - length)
}
