// Where a citation or a mention leads: the entry in the list of references, or the caption of the figure.
import type { CitedWork } from '../lib/references'
import { findCaption } from './captions'
import type { Target } from './DeskView'
import type { LayoutStore } from './layout-store'
import { boxesOf } from './marks'
import type { Spot } from './spots'

/** `work` is the place of one of the spot's works in the list; without it the first is meant. */
export async function targetOf(
  { page, target }: Spot,
  works: readonly CitedWork[],
  store: LayoutStore,
  pageCount: number,
  work?: number,
): Promise<Target | null> {
  if (target.kind === 'works') {
    const place = works[work ?? target.works[0] ?? -1]?.places[0]
    if (place === undefined) return null
    return { page: place.page, boxes: place.rects.map(([x0 = 0, y0 = 0, x1 = 0, y1 = 0]) => [x0, y0, x1, y1] as const) }
  }
  const caption = await findCaption(store, pageCount, target.figure, page)
  const layout = caption === null ? undefined : store.get(caption.page)
  if (caption === null || layout === undefined) return null
  return { page: caption.page, boxes: boxesOf(layout, caption.start, caption.end) }
}
