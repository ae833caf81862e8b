// Captions of figures and tables, where the text mentions them, and where on the page the figure stands.
import { areaOf, type Area } from './geometry'
import type { PageHead, PageLayout, RoleSpan } from './host'
import type { LayoutStore } from './layout-store'
import { columnsOf } from './column'
import { boxesOf } from './marks'

export interface FigureName {
  readonly kind: 'figure' | 'table'
  /** As printed: "3", "S2", "IV". */
  readonly number: string
}

export interface Mention {
  readonly start: number
  readonly end: number
  readonly figure: FigureName
}

export interface Caption extends Mention {
  readonly page: number
}

const FIGURE = String.raw`[Ff]ig(?:ures?|s?\.?)|FIG(?:URES?|S?\.?)|[Aa]bb(?:ildung(?:en)?|\.)|[Ff]igura|图`
const TABLE = String.raw`[Tt]ab(?:les?|ellen?|la|leau|\.)|TABLES?|TAB\.|表`
const NUMBER = String.raw`(S?\d{1,3}(?:\.\d{1,3})*|[IVX]{1,5})`
const NAME = String.raw`(?:(${FIGURE})|(?:${TABLE}))[\s\u00a0]*${NUMBER}`
/** A letter behind the number is a part of the figure: "Fig. 3b". */
const IN_TEXT = new RegExp(String.raw`(?<![\p{L}\p{N}])${NAME}[a-h]?(?![\p{L}\p{N}])`, 'gu')
const AT_LINE_START = new RegExp(String.raw`^[ \t]*(?:Supplementary )?${NAME}(?![\p{L}\p{N}])`, 'gmu')

/** Where the running text of a page names figures and tables. */
export function mentionsOf(layout: PageLayout): Mention[] {
  const found = matches(layout.text, IN_TEXT, 0)
  return found.filter(({ start }) => !layout.roles.some((span) => span.start <= start && start < span.end))
}

const captions = new WeakMap<PageLayout, readonly Caption[]>()

/** The captions on a page, from their label to their end. */
export function captionsOf(layout: PageLayout): readonly Caption[] {
  const known = captions.get(layout)
  if (known !== undefined) return known
  const points = Array.from(layout.text)
  const found = captionRuns(layout.roles).flatMap((run) => {
    const labels = matches(points.slice(run.start, run.end).join(''), AT_LINE_START, run.start)
    return labels.map(({ start, figure }, index) => {
      const end = labels[index + 1]?.start ?? run.end
      return { page: layout.page, start, end, figure }
    })
  })
  captions.set(layout, found)
  return found
}

/** Caption lines that follow one another, as one stretch. */
function captionRuns(roles: readonly RoleSpan[]): { start: number; end: number }[] {
  const runs: { start: number; end: number }[] = []
  for (const { start, end, role } of roles) {
    if (role !== 'caption') continue
    const last = runs.at(-1)
    if (last !== undefined && start - last.end <= LINE_END) last.end = end
    else runs.push({ start, end })
  }
  return runs
}

/** Between the lines of a caption stands no more than this. */
const LINE_END = 2

export function sameFigure(a: FigureName, b: FigureName): boolean {
  return a.kind === b.kind && a.number === b.number
}

/** Slices of pages looked through for a caption that has not been seen. */
const MOST_SLICES = 5
/** As the store gives them. */
const SLICE = 32

/** The caption of a figure that is mentioned on `page`: the nearest, from the pages around it on. */
export async function findCaption(
  store: LayoutStore,
  pageCount: number,
  figure: FigureName,
  page: number,
): Promise<Caption | null> {
  const starts = Array.from({ length: Math.ceil(pageCount / SLICE) }, (_, index) => 1 + index * SLICE)
  const distance = (first: number) => Math.abs(first + SLICE / 2 - page)
  starts.sort((a, b) => distance(a) - distance(b))
  for (const first of starts.slice(0, MOST_SLICES)) {
    const { layouts } = await store.slice(first)
    const found = layouts.flatMap(captionsOf).filter((caption) => sameFigure(caption.figure, figure))
    found.sort((a, b) => Math.abs(a.page - page) - Math.abs(b.page - page))
    if (found[0] !== undefined) return found[0]
  }
  return null
}

/** The words of a caption on one line. */
export function captionText(caption: Caption, layout: PageLayout): string {
  return Array.from(layout.text).slice(caption.start, caption.end).join('').replace(/\s+/gu, ' ').trim()
}

/** A figure lower than this (a share of the page) is none. */
const LEAST = 0.03
/** A line as long as this share of its column is one of running text. */
const LONG = 0.6

/**
 * Where the figure of a caption stands, on the page as displayed: between the caption and the running text above it, or
 * below it where nothing is above. A table stands on the side where its words are nearer to the caption. Null where the
 * caption stands in the middle of text.
 */
export function figureArea(caption: Caption, layout: PageLayout, head: PageHead): Area | null {
  const own = boxesOf(layout, caption.start, caption.end).map((box) => areaOf(box, layout.crop, layout.rotate))
  if (own.length === 0) return null
  const [top, foot] = [Math.min(...own.map((line) => line.top)), Math.max(...own.map(footOf))]
  const column = columnOf(own, layout, head)
  const text = runningText(caption, layout, column)
  const above = Math.max(0.02, ...text.filter((line) => footOf(line) <= top + 0.004).map(footOf))
  const below = Math.min(0.98, ...text.filter((line) => line.top >= foot - 0.004).map((line) => line.top))
  const sides = [
    { top: above, height: top - above },
    { top: foot, height: below - foot },
  ].filter(({ height }) => height >= LEAST)
  const [first, second] = sides
  if (first === undefined) return null
  const isSecond = caption.figure.kind === 'table' && second !== undefined && isNearerBelow(caption, layout, column, top, foot)
  return { left: column.left, width: column.width, ...(isSecond ? second : first) }
}

/** Whether the nearest words below a caption are no further from it than the nearest above. */
function isNearerBelow(caption: Caption, layout: PageLayout, column: Column, top: number, foot: number): boolean {
  const lines = linesIn(layout, 0, caption.start, column).concat(linesIn(layout, caption.end, Infinity, column))
  const gapAbove = Math.min(...lines.filter((line) => footOf(line) <= top + 0.004).map((line) => top - footOf(line)))
  const gapBelow = Math.min(...lines.filter((line) => line.top >= foot - 0.004).map((line) => line.top - foot))
  return gapBelow <= gapAbove + 0.004
}

interface Column {
  readonly left: number
  readonly width: number
}

/** Lines of a stretch of text that reach into a column. */
function linesIn(layout: PageLayout, start: number, end: number, column: Column): Area[] {
  return boxesOf(layout, start, end)
    .map((box) => areaOf(box, layout.crop, layout.rotate))
    .filter((line) => line.left < column.left + column.width && line.left + line.width > column.left)
}

function footOf(area: Area): number {
  return area.top + area.height
}

/** The column that holds the caption, else all of the text across. */
function columnOf(own: readonly Area[], layout: PageLayout, head: PageHead): Column {
  const [from, to] = [Math.min(...own.map((line) => line.left)), Math.max(...own.map((line) => line.left + line.width))]
  const columns = columnsOf(layout, head, 0).map(({ left, right }) => ({
    left: left / head.width + 0.5,
    right: right / head.width + 0.5,
  }))
  const within = columns.find((column) => from >= column.left - 0.02 && to <= column.right + 0.02)
  const left = within?.left ?? Math.min(from, ...columns.map((column) => column.left))
  const right = within?.right ?? Math.max(to, ...columns.map((column) => column.right))
  const margin = 0.01
  return { left: Math.max(0, left - margin), width: Math.min(1, right + margin) - Math.max(0, left - margin) }
}

/** Lines of running text and other captions in a column: long ones that have another long one next to them. */
function runningText(caption: Caption, layout: PageLayout, column: Column): Area[] {
  const area = (start: number, end: number) => linesIn(layout, start, end, column)
  const others = layout.roles.filter((span) => span.role !== 'line_number' && !overlaps(span, caption))
  const lines = area(0, Infinity)
  const long = lines.filter((line) => line.width >= LONG * column.width)
  const text = long.filter((line) =>
    long.some((other) => other !== line && Math.abs(other.top - line.top) < 2.2 * Math.max(line.height, other.height)),
  )
  const own = area(caption.start, caption.end)
  const isOwn = (line: Area) => own.some((each) => Math.abs(each.top - line.top) < 0.002)
  return [...text.filter((line) => !isOwn(line)), ...others.flatMap(({ start, end }) => area(start, end))]
}

function overlaps(a: { start: number; end: number }, b: { start: number; end: number }): boolean {
  return a.start < b.end && b.start < a.end
}

/** Names found in a text, in code points from `offset` on. */
function matches(text: string, pattern: RegExp, offset: number): Mention[] {
  return Array.from(text.matchAll(pattern), (match) => {
    const lead = match[0].length - match[0].trimStart().length
    const start = offset + pointsIn(text.slice(0, match.index + lead))
    const end = start + pointsIn(match[0].trimStart())
    const kind = match[1] === undefined ? 'table' : 'figure'
    return { start, end, figure: { kind, number: match[2] ?? '' } as const }
  })
}

function pointsIn(text: string): number {
  return Array.from(text).length
}
