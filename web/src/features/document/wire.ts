// The reader's view of what the API sends.
import type { Layout, Outline } from '../../api/types'
import { toTurn } from '../../reader/geometry'
import type { Box, DocumentHead, PageLayout, PageLink, RoleSpan, Zoom } from '../../reader/host'

export function zoomOf(text: string | null | undefined): Zoom | undefined {
  if (text === 'page-width') return 'width'
  if (text === 'page-fit') return 'page'
  const factor = Number(text ?? Number.NaN)
  return factor > 0 ? factor : undefined
}

/** The text or column that a phone fits is no choice worth keeping for a desk. */
export function zoomText(zoom: Zoom): string | undefined {
  switch (zoom) {
    case 'width':
      return 'page-width'
    case 'page':
      return 'page-fit'
    case 'text':
    case 'column':
      return undefined
    default:
      return zoom.toFixed(3)
  }
}

export function headOf(body: Outline): DocumentHead {
  return {
    pages: body.pages.map((page) => ({
      label: page.label,
      width: page.width,
      height: page.height,
      rotate: toTurn(page.rotate),
      crop: boxOf(page.crop),
    })),
    outline: body.outline.map((entry) => ({
      level: entry.level,
      title: entry.title,
      page: entry.page ?? null,
      top: entry.top ?? null,
    })),
  }
}

export function layoutsOf(body: Layout): PageLayout[] {
  return body.pages.map((page) => ({
    page: page.page,
    rotate: toTurn(page.rotate),
    crop: boxOf(page.crop),
    text: page.text,
    words: Float32Array.from(page.words.flat()),
    roles: page.roles.map(([start, end, role]): RoleSpan => ({ start: Number(start), end: Number(end), role: String(role) })),
    links: page.links.flatMap(linkOf),
  }))
}

type Link = Layout['pages'][number]['links'][number]

function linkOf({ rect, page, top, uri }: Link): PageLink[] {
  const box = boxOf(rect)
  if (page !== undefined) return [{ box, target: { kind: 'page', page, top: top ?? null } }]
  if (uri !== undefined && isSafeUri(uri)) return [{ box, target: { kind: 'uri', uri } }]
  return []
}

/** Links of a PDF lead to pages and letters, never to programs. */
export function isSafeUri(uri: string): boolean {
  return /^(?:https?|mailto):/iu.test(uri)
}

function boxOf(numbers: readonly number[]): Box {
  const [a = 0, b = 0, c = 0, d = 0] = numbers
  return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)]
}
