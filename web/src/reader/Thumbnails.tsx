import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { readerTexts } from '../texts/reader'
import type { PageHead, Place, ReaderHost } from './host'
import { labelOf } from './labels'
import classes from './Panel.module.css'

interface ThumbnailsProps {
  host: ReaderHost
  pages: readonly PageHead[]
  page: number
  scroller: HTMLDivElement | null
  /** Under the outline they have a head of their own. */
  withHead: boolean
  onJump: (place: Place) => void
}

const COLUMNS = 2
const WIDTH = 90
const LABEL_HEIGHT = 20
const ROW_GAP = 8

/** The pages as small pictures; only those in sight are fetched. */
export function Thumbnails({ host, pages, page, scroller, withHead, onJump }: ThumbnailsProps) {
  const place = useRef<HTMLDivElement>(null)
  const [margin, setMargin] = useState(0)
  useLayoutEffect(() => setMargin(place.current?.offsetTop ?? 0), [withHead])
  const height = thumbHeight(pages)
  const rows = useVirtualizer({
    count: Math.ceil(pages.length / COLUMNS),
    getScrollElement: () => scroller,
    estimateSize: () => height + LABEL_HEIGHT + ROW_GAP,
    scrollMargin: margin,
    overscan: 2,
  })
  const row = Math.floor((page - 1) / COLUMNS)
  useEffect(() => {
    // Under the outline the pages stay out of the way of the headings.
    if (!withHead) rows.scrollToIndex(row, { align: 'auto' })
  }, [row, withHead, rows, scroller])
  return (
    <section aria-label={readerTexts.pages}>
      {withHead && (
        <div className={classes.sectionHead}>
          <span>{readerTexts.pages}</span>
          <span>{pages.length}</span>
        </div>
      )}
      <div ref={place} className={classes.thumbs} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((item) => (
          <div
            key={item.key}
            className={classes.thumbRow}
            style={{ transform: `translateY(${item.start - margin}px)` }}
          >
            {columnsOf(item.index, pages.length).map((number) => (
              <button
                key={number}
                type="button"
                className={classes.thumb}
                aria-label={readerTexts.linkToPage(labelOf(pages, number))}
                aria-current={number === page ? 'page' : undefined}
                onClick={() => onJump({ page: number })}
              >
                <span className={classes.thumbPaper} style={{ width: WIDTH, height }}>
                  <img
                    src={host.pageImage(number, window.devicePixelRatio > 1.5 ? 320 : 160)}
                    alt=""
                    decoding="async"
                    draggable={false}
                  />
                </span>
                <span className={classes.thumbLabel}>{labelOf(pages, number)}</span>
              </button>
            ))}
          </div>
        ))}
      </div>
    </section>
  )
}

function columnsOf(row: number, count: number): number[] {
  return [row * COLUMNS + 1, row * COLUMNS + 2].filter((page) => page <= count)
}

/** All alike, after the first page, so that any row can be reached without knowing the others. */
function thumbHeight(pages: readonly PageHead[]): number {
  const first = pages[0]
  return first === undefined
    ? 117
    : Math.round(Math.min(150, Math.max(56, (WIDTH * first.height) / first.width)))
}
