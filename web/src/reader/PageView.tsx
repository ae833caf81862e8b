import { memo, useEffect, useMemo, useRef } from 'react'
import { readerTexts } from '../texts/reader'
import { areaOf, sizeOf, styleOf, turned } from './geometry'
import type { Box, PageHead, PageLayout, PageLink, ReaderHost, Turn } from './host'
import type { LayoutStore } from './layout-store'
import { boxesOf } from './marks'
import { PIXELS_A_POINT, type PageFrame } from './page-stack'
import { PagePicture } from './PagePicture'
import classes from './Page.module.css'
import type { PdfFile } from './pdf-file'
import { areasOf, isUnderLink, mentionSpots, type Spot } from './spots'
import { buildTextLayer } from './text-layer'
import { turnTransform } from './turn'
import type { PageMark } from './use-find'
import { useLayout } from './use-layouts'
import { figureKey } from './use-references'

export interface PageViewProps {
  host: ReaderHost
  pdf: PdfFile | null
  store: LayoutStore
  head: PageHead
  label: string
  labelOfPage: (page: number) => string
  frame: PageFrame
  /** Left edge in what is scrolled. */
  left: number
  rotation: Turn
  rank: number
  marks: readonly PageMark[]
  /** Index of the place at hand. */
  current: number
  /** Code points selected on this page; -1 where none are. */
  selectedFrom: number
  selectedTo: number
  onLink: (link: PageLink) => void
  /** Citations on this page. */
  citations: readonly Spot[]
  /** Names of the figures to which mentions lead. */
  figures: ReadonlySet<string>
  onSpot: (spot: Spot) => void
  /** Boxes of what was jumped to. */
  target: readonly Box[]
}

/** One page: picture, marks, selectable words, links. Its size never depends on what has been loaded. */
export const PageView = memo(function PageView(props: PageViewProps) {
  const { host, pdf, store, head, frame, left, rotation, label, marks, current } = props
  const layout = useLayout(store, frame.page, true)
  return (
    <article
      className={classes.page}
      aria-label={readerTexts.page(label)}
      data-page={frame.page}
      style={{ top: frame.top, left, width: frame.width, height: frame.height }}
    >
      <PagePicture
        host={host}
        pdf={pdf}
        page={frame.page}
        width={frame.width}
        height={frame.height}
        rotation={rotation}
        rank={props.rank}
      />
      {layout !== undefined && (
        <>
          <Boxes
            layout={layout}
            boxes={props.selectedFrom < 0 ? [] : boxesOf(layout, props.selectedFrom, props.selectedTo)}
            rotation={rotation}
            className={classes.selected}
          />
          <Marks layout={layout} marks={marks} current={current} rotation={rotation} />
          <Boxes layout={layout} boxes={props.target} rotation={rotation} className={classes.target} />
          <Words layout={layout} head={head} frame={frame} rotation={rotation} />
          <Links layout={layout} rotation={rotation} labelOfPage={props.labelOfPage} onLink={props.onLink} />
          <Spots
            layout={layout}
            rotation={rotation}
            citations={props.citations}
            figures={props.figures}
            onSpot={props.onSpot}
          />
        </>
      )}
    </article>
  )
})

interface MarksProps {
  layout: PageLayout
  marks: readonly PageMark[]
  current: number
  rotation: Turn
}

function Marks({ layout, marks, current, rotation }: MarksProps) {
  const boxes = useMemo(
    () =>
      marks.flatMap(({ place, start, end }) =>
        boxesOf(layout, start, end).map((box) => ({
          place,
          area: areaOf(box, layout.crop, turned(layout.rotate, rotation)),
        })),
      ),
    [layout, marks, rotation],
  )
  if (boxes.length === 0) return null
  return (
    <div className={classes.marks} aria-hidden="true">
      {boxes.map(({ place, area }, index) => (
        <i
          key={index}
          className={place === current ? classes.markNow : classes.mark}
          data-place={place}
          style={styleOf(area)}
        />
      ))}
    </div>
  )
}

interface BoxesProps {
  layout: PageLayout
  boxes: readonly Box[]
  rotation: Turn
  className: string | undefined
}

/** Coloured boxes over the page: selected words, or where a jump led. */
function Boxes({ layout, boxes, rotation, className }: BoxesProps) {
  if (boxes.length === 0) return null
  return (
    <div className={classes.marks} aria-hidden="true">
      {boxes.map((box, index) => (
        <i
          key={index}
          className={className}
          style={styleOf(areaOf(box, layout.crop, turned(layout.rotate, rotation)))}
        />
      ))}
    </div>
  )
}

interface WordsProps {
  layout: PageLayout
  head: PageHead
  frame: PageFrame
  rotation: Turn
}

/** Built once at natural size, then only scaled and turned. */
function Words({ layout, head, frame, rotation }: WordsProps) {
  const layer = useRef<HTMLDivElement>(null)
  const size = sizeOf(head, 0)
  const [width, height] = [size.width * PIXELS_A_POINT, size.height * PIXELS_A_POINT]
  useEffect(() => {
    if (layer.current !== null) buildTextLayer(layer.current, layout, width, height)
  }, [layout, width, height])
  const scale = (rotation % 180 === 0 ? frame.width : frame.height) / width
  return (
    <div
      ref={layer}
      className={classes.words}
      data-words={layout.page}
      style={{ width, height, transform: turnTransform(rotation, width, height, scale) }}
    />
  )
}

interface LinksProps {
  layout: PageLayout
  rotation: Turn
  labelOfPage: (page: number) => string
  onLink: (link: PageLink) => void
}

function Links({ layout, rotation, labelOfPage, onLink }: LinksProps) {
  return layout.links.map((link, index) => {
    const area = areaOf(link.box, layout.crop, turned(layout.rotate, rotation))
    const words =
      link.target.kind === 'page'
        ? readerTexts.linkToPage(labelOfPage(link.target.page))
        : readerTexts.linkTo(link.target.uri)
    return (
      <button
        key={index}
        type="button"
        role="link"
        className={classes.link}
        aria-label={words}
        title={words}
        style={styleOf(area)}
        onClick={() => onLink(link)}
      />
    )
  })
}

interface SpotsProps {
  layout: PageLayout
  rotation: Turn
  citations: readonly Spot[]
  figures: ReadonlySet<string>
  onSpot: (spot: Spot) => void
}

/** Stops for the keyboard on citations and mentions; pointers go through them to the words. */
function Spots({ layout, rotation, citations, figures, onSpot }: SpotsProps) {
  const spots = useMemo(() => {
    const known = mentionSpots(layout).filter(({ target }) => target.kind === 'figure' && figures.has(figureKey(target.figure)))
    return [...citations, ...known].filter((spot) => !isUnderLink(spot, layout)).sort((a, b) => a.start - b.start)
  }, [layout, citations, figures])
  return spots.map((spot) => {
    const [area] = areasOf(spot, layout, rotation)
    return (
      area !== undefined && (
        <button
          key={`${spot.start} ${spot.end}`}
          type="button"
          role="link"
          data-spot
          className={classes.spot}
          aria-label={spot.name}
          style={styleOf(area)}
          onClick={() => onSpot(spot)}
        />
      )
    )
  })
}
