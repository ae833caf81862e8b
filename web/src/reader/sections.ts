// Which part of the paper a place belongs to.
import { areaOf, cropOf, depthOf } from './geometry'
import type { Found } from '../lib/text/find'
import type { DocumentHead, OutlineEntry, PageLayout } from './host'
import { boxesOf } from './marks'

/** How far down its page a place is, as displayed without the reader's own rotation. */
export function depthOfPlace(found: Found, layout: PageLayout): number {
  const span = found.spans[0]
  const box = span === undefined ? undefined : boxesOf(layout, span.start, span.end)[0]
  return box === undefined ? 0 : areaOf(box, layout.crop, layout.rotate).top
}

/** How far down its page an outline entry leads. */
export function depthOfEntry(head: DocumentHead, entry: OutlineEntry): number {
  const page = entry.page === null ? undefined : head.pages[entry.page - 1]
  return page === undefined || entry.top === null ? 0 : depthOf(entry.top, cropOf(page), page.rotate)
}

/** Index of the outline entry under which a place stands, or -1. */
export function entryAt(head: DocumentHead, page: number, depth: number): number {
  // In two columns a heading at the right stands higher than text at the left before it; a small lead forgives loose tops.
  const lead = 0.01
  let best = -1
  head.outline.forEach((entry, index) => {
    if (entry.page === null || entry.page > page) return
    if (entry.page < page || depthOfEntry(head, entry) <= depth + lead) best = index
  })
  return best
}
