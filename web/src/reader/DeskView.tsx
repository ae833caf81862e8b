import { useCallback, type ReactNode } from 'react'
import type { Box, DocumentHead, PageLink, ReaderHost, Turn } from './host'
import { labelOf } from './labels'
import type { LayoutStore } from './layout-store'
import { PageView } from './PageView'
import type { PdfFile } from './pdf-file'
import classes from './Reader.module.css'
import { readerTexts } from '../texts/reader'
import type { Spot } from './spots'
import type { Desk } from './use-desk'
import type { PageMark } from './use-find'
import type { Tick } from './use-find-marks'
import type { SelectedPages } from './quote'
import { useKnownFigures } from './use-references'
import { useSelection } from './use-selection'

interface DeskViewProps {
  host: ReaderHost
  desk: Desk
  pdf: PdfFile | null
  store: LayoutStore
  head: DocumentHead
  rotation: Turn
  marks: ReadonlyMap<number, readonly PageMark[]>
  current: number
  ticks: readonly Tick[]
  onLink: (link: PageLink) => void
  citations: ReadonlyMap<number, readonly Spot[]>
  onSpot: (spot: Spot) => void
  /** What was jumped to. */
  target: Target | null
  /** What floats over the pages. */
  children: ReactNode
}

/** Something on a page that somebody was led to. */
export interface Target {
  readonly page: number
  readonly boxes: readonly Box[]
}

const UNMARKED: readonly PageMark[] = []
const UNCITED: readonly Spot[] = []
const NO_BOXES: readonly Box[] = []
/** Pages kept for a selection at most; a longer one is cut by the browser. */
const MOST_PINNED = 40

/** The pages on the desk. */
export function DeskView(props: DeskViewProps) {
  const { host, desk, pdf, store, head, rotation, marks, current, ticks, onLink, target, children } = props
  const figures = useKnownFigures(store, head.pages.length)
  const selected = useSelection(desk.ref, store, rotation)
  const labelOfPage = useCallback((page: number) => labelOf(head.pages, page), [head.pages])
  const frames = withSelected(desk, selected)
  return (
    <main className={classes.deskFrame}>
      <div ref={desk.ref} className={classes.desk} tabIndex={0} role="region" aria-label={readerTexts.pages} data-desk>
        <div className={classes.stack} style={{ width: desk.contentWidth, height: desk.stack.height }}>
          {desk.view.width > 0 &&
            frames.map((frame) => {
              const page = head.pages[frame.page - 1]
              if (page === undefined) return null
              return (
                <PageView
                  key={frame.page}
                  host={host}
                  pdf={pdf}
                  store={store}
                  head={page}
                  label={labelOfPage(frame.page)}
                  labelOfPage={labelOfPage}
                  frame={frame}
                  left={Math.round((desk.contentWidth - frame.width) / 2)}
                  rotation={rotation}
                  rank={Math.abs(frame.page - desk.page)}
                  marks={marks.get(frame.page) ?? UNMARKED}
                  current={current}
                  selectedFrom={selectedFrom(selected, frame.page)}
                  selectedTo={selectedTo(selected, frame.page)}
                  onLink={onLink}
                  citations={props.citations.get(frame.page) ?? UNCITED}
                  figures={figures}
                  onSpot={props.onSpot}
                  target={target?.page === frame.page ? target.boxes : NO_BOXES}
                />
              )
            })}
        </div>
      </div>
      {ticks.length > 0 && <Ticks ticks={ticks} />}
      {children}
    </main>
  )
}

function Ticks({ ticks }: { ticks: readonly Tick[] }) {
  return (
    <div className={classes.ticks} aria-hidden="true">
      {thinned(ticks).map((tick, index) => (
        <i
          key={index}
          className={tick.isNow ? classes.tickNow : classes.tick}
          style={{ top: `${100 * tick.at}%` }}
        />
      ))}
    </div>
  )
}

/** Ticks that would lie on one another are drawn once. */
function thinned(ticks: readonly Tick[]): readonly Tick[] {
  const rows = new Map<number, Tick>()
  for (const tick of ticks) {
    const row = Math.round(tick.at * 400)
    if (tick.isNow || !rows.has(row)) rows.set(row, tick)
  }
  return [...rows.values()]
}

function withSelected(desk: Desk, selected: SelectedPages | null) {
  if (selected === null || selected.last - selected.first > MOST_PINNED) return desk.frames
  const kept = desk.stack.frames.slice(selected.first - 1, selected.last)
  const all = new Map([...desk.frames, ...kept].map((frame) => [frame.page, frame]))
  return [...all.values()].sort((a, b) => a.page - b.page)
}

/** Where the selection begins on a page; -1 where nothing of it is. */
function selectedFrom(selected: SelectedPages | null, page: number): number {
  if (selected === null || page < selected.first || page > selected.last) return -1
  return page === selected.first ? selected.start : 0
}

function selectedTo(selected: SelectedPages | null, page: number): number {
  return selected?.last === page ? selected.end : Infinity
}
