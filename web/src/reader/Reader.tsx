import { useComputedColorScheme } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconHelpHexagon } from '@tabler/icons-react'
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { useCommands } from '../actions/commands'
import { Message } from '../ui/Message'
import { readerTexts } from '../texts/reader'
import { useAppearance } from './appearance'
import { columnsOf, type Block } from './column'
import { readerCommands } from './commands'
import { DeskView, type Target } from './DeskView'
import { FindBar } from './FindBar'
import { clamp, depthOf, cropOf, turned } from './geometry'
import type { DocumentHead, PageLink, Place, PlacedText, Position, ReaderHost, Turn, Zoom } from './host'
import { Panel, type PanelTab } from './Panel'
import { PhoneBar, PhoneHead } from './PhoneBars'
import { PrintDialog } from './PrintDialog'
import classes from './Reader.module.css'
import { SpotCard } from './SpotCard'
import type { Spot } from './spots'
import { targetOf } from './spot-target'
import { Toolbar } from './Toolbar'
import { useDesk } from './use-desk'
import { useFind } from './use-find'
import { useFindMarks } from './use-find-marks'
import { useZoomGestures } from './use-gestures'
import { useLayouts } from './use-layouts'
import { usePdf } from './use-pdf'
import { usePlaces } from './use-places'
import { useReferences } from './use-references'
import { useSpotCard } from './use-spot-card'
import { useStored } from './use-stored'
import { useTextBlock } from './use-text-block'
import { zoomIn, zoomOut } from './zoom'

export interface ReaderProps {
  host: ReaderHost
  title: string
  head: DocumentHead
  /** Where to be. When it changes by anything but the reader's own doing, the reader goes there. */
  place: Place
  zoom?: Zoom
  rotation?: Turn
  /** Words to be found from the start, as a search understands them, and the place it led to. */
  search?: { query: string; placed?: PlacedText }
  /** Rises when more of the document has been read. */
  revision?: number
  /** Another number where the whole text has become another: what is kept of it is fetched anew. */
  edition?: number
  /** Said above the pages, such as that the file is still being read. */
  notice?: ReaderNotice
  /** Stands between the bar and the pages. */
  underBar?: ReactNode
}

/** `doubt`: what is read below may be wrong. */
export interface ReaderNotice {
  readonly text: string
  readonly tone: 'plain' | 'doubt'
}

const NO_PLACE = { query: '', meaning: 'typed', matchCase: false, wholeWords: false } as const

/** A PDF to be read: pages, panel, find, print. Everything it needs comes through `host`. */
export function Reader({ host, title, head, place, search, revision = 0, edition = 0, notice, underBar, ...start }: ReaderProps) {
  const pages = head.pages
  const isPhone = useMediaQuery('(max-width: 639px)', undefined, { getInitialValueInEffect: false }) ?? false
  const isWide = useMediaQuery('(min-width: 1200px)', undefined, { getInitialValueInEffect: false }) ?? true
  // What was chosen on a wide screen would cut every line on a narrow one.
  const [zoom, setZoom] = useState<Zoom>(isPhone ? 'text' : (start.zoom ?? 'width'))
  const [rotation, setRotation] = useState<Turn>(start.rotation ?? 0)
  const [begin] = useState<Place>({ ...place, page: clamp(place.page, 1, pages.length) })
  const store = useLayouts(host, pages.length, edition)
  const text = useTextBlock(store, pages, begin.page, rotation)
  const [column, setColumn] = useState<Block | null>(null)
  const block = zoom === 'text' ? text : zoom === 'column' ? column : null
  const desk = useDesk({ pages, zoom, rotation, start: begin, block })
  const { pdf, isBroken } = usePdf(host.fileUrl)
  const places = usePlaces(host, desk, place)
  const appearance = useAppearance(useComputedColorScheme('light', { getInitialValueInEffect: false }))
  const [panelStored, setPanelStored] = useStored('scrollkeeper.reader.panel', 'open', ['open', 'closed'])
  const [panelOver, setPanelOver] = useState(false)
  const [tab, setTab] = useState<PanelTab>(search === undefined ? 'outline' : 'found')
  const [isFinding, setFinding] = useState(search !== undefined)
  const [isPrinting, setPrinting] = useState(false)
  const findField = useRef<HTMLInputElement>(null)
  const pageField = useRef<HTMLInputElement>(null)
  const latestPage = useRef(desk.page)
  latestPage.current = desk.page

  const [firstWanted] = useState(() =>
    search === undefined ? NO_PLACE : { ...NO_PLACE, query: search.query, meaning: 'search' as const },
  )
  const find = useFind({
    store,
    pageCount: pages.length,
    initial: firstWanted,
    placed: search?.placed,
    pageInView: useCallback(() => latestPage.current, []),
  })
  const marks = useFindMarks({
    find,
    store,
    desk,
    head,
    rotation,
    isShown: isFinding,
    placed: search?.placed,
  })

  useEffect(() => store.refresh(), [store, revision])
  const { alignLeft, ref: deskRef } = desk
  // The pages take the keys from the start: arrows, Space and Page Down scroll.
  useEffect(() => deskRef.current?.focus({ preventScroll: true }), [deskRef])
  useLayoutEffect(() => {
    if (block !== null) alignLeft(block)
  }, [alignLeft, block])
  useSavedPosition(host, { page: desk.page, zoom, rotation })

  const { works, citations } = useReferences(host, revision + edition)
  const [target, setTarget] = useState<Target | null>(null)
  const cardRef = useRef<HTMLDivElement>(null)
  const goToSpot = (spot: Spot, index?: number) => {
    spots.close()
    void targetOf(spot, works, store, pages.length, index).then((next) => {
      const [page, top] = [pages[(next?.page ?? 0) - 1], next?.boxes[0]?.[3]]
      if (next === null || page === undefined || top === undefined) return
      setTarget(next)
      places.jump({ page: next.page, at: linkDepth(page, top, rotation) })
    })
  }
  const spots = useSpotCard({ desk, store, pageCount: pages.length, rotation, citations, cardRef, onGo: goToSpot })
  const latestGoToSpot = useRef(goToSpot)
  latestGoToSpot.current = goToSpot
  const onSpot = useCallback((spot: Spot) => latestGoToSpot.current(spot), [])

  const isPanelOpen = isWide ? panelStored === 'open' : panelOver
  const setPanelOpen = (open: boolean) =>
    isWide ? setPanelStored(open ? 'open' : 'closed') : setPanelOver(open)
  const zoomTo = (next: Zoom) => {
    desk.holdAt(desk.view.width / 2, typeof next === 'number' ? desk.view.height / 2 : 0)
    setZoom(next)
  }
  const fitText = (x: number, y: number) => {
    const [layout, head] = [store.get(desk.page), pages[desk.page - 1]]
    const columns = layout === undefined || head === undefined ? [] : columnsOf(layout, head, rotation)
    desk.holdAt(x, y)
    if (zoom !== 'text') return setZoom('text')
    if (columns.length < 2) return setZoom('width')
    const across = desk.across(x)
    setColumn(columns.find((each) => across <= each.right) ?? columns.at(-1) ?? null)
    setZoom('column')
  }
  useZoomGestures(desk, setZoom, fitText)

  const openFind = () => {
    setFinding(true)
    setTab('found')
    requestAnimationFrame(() => findField.current?.select())
  }
  const closeFind = () => {
    setFinding(false)
    setTab((old) => (old === 'found' ? 'outline' : old))
    desk.ref.current?.focus({ preventScroll: true })
  }
  const turnPage = (by: 1 | -1) => {
    const here = desk.here()
    // A page whose upper edge has gone is shown again before the one above it.
    const target = by === -1 && (here.at ?? 0) > 0.02 ? here.page : clamp(here.page + by, 1, pages.length)
    desk.goTo({ page: (here.at ?? 0) > 0.98 && by === 1 ? clamp(here.page + 2, 1, pages.length) : target })
  }
  const followLink = useCallback(
    ({ target }: PageLink) => {
      if (target.kind === 'uri') return host.openUri(target.uri)
      const page = pages[target.page - 1]
      const at = page === undefined || target.top === null ? undefined : linkDepth(page, target.top, rotation)
      places.jump(at === undefined ? { page: target.page } : { page: target.page, at })
    },
    [host, pages, rotation, places.jump],
  )

  const acts = {
    turnPage,
    goToPage: () => pageField.current?.select(),
    openFind,
    zoomIn: () => zoomTo(zoomIn(desk.factor)),
    zoomOut: () => zoomTo(zoomOut(desk.factor)),
    zoomTo,
    fitText: () => fitText(desk.view.width / 2, 0),
    rotate: (by: 90 | 270) => {
      desk.holdAt(desk.view.width / 2, 0)
      setRotation((old) => turned(old, by))
    },
    togglePanel: () => setPanelOpen(!isPanelOpen),
    print: () => setPrinting(true),
    download: host.download,
    stepBack: places.canGoBack ? host.goBack : null,
    stepForward: places.canGoForward ? host.goForward : null,
    escape: () => {
      if (spots.card !== null) spots.close()
      else if (isFinding) closeFind()
      else if (!isWide && panelOver) setPanelOver(false)
      else host.close()
    },
  }
  useCommands(readerCommands(acts))

  const tools = {
    acts,
    title,
    pages,
    page: desk.page,
    zoom,
    factor: desk.factor,
    appearance,
    isPanelOpen,
    isFinding,
    close: host.close,
    goTo: (page: number) => places.jump({ page }),
    pageField,
  }
  const panel = (
    <Panel
      host={host}
      head={head}
      store={store}
      page={desk.page}
      depth={desk.here().at ?? 0}
      tab={isFinding || tab !== 'found' ? tab : 'outline'}
      onTab={setTab}
      find={isFinding ? find : null}
      onJump={(to) => {
        places.jump(to)
        if (!isWide) setPanelOver(false)
      }}
      onSelectPlace={(index) => {
        find.select(index)
        if (!isWide) setPanelOver(false)
      }}
      onClose={isWide ? undefined : () => setPanelOver(false)}
    />
  )

  return (
    <div className={classes.reader} data-appearance={appearance.shown}>
      {isPhone ? <PhoneHead {...tools} /> : <Toolbar {...tools} />}
      {underBar}
      {notice !== undefined && (
        <div className={classes.notice} data-tone={notice.tone}>
          {notice.tone === 'doubt' && <IconHelpHexagon size={16} stroke={1.6} aria-hidden="true" />}
          {notice.text}
        </div>
      )}
      <div className={classes.main}>
        {isPanelOpen && (
          <aside className={isWide ? classes.left : classes.leftOver} aria-label={readerTexts.panel}>
            {panel}
          </aside>
        )}
        <DeskView
          host={host}
          desk={desk}
          pdf={pdf}
          store={store}
          head={head}
          rotation={rotation}
          marks={marks.onPage}
          current={isFinding ? find.current : -1}
          ticks={marks.ticks}
          onLink={followLink}
          citations={citations}
          onSpot={onSpot}
          target={target}
        >
          {spots.card !== null && (
            <SpotCard
              ref={cardRef}
              shown={spots}
              card={spots.card}
              host={host}
              head={head}
              store={store}
              works={works}
              view={desk.view}
              onGo={goToSpot}
            />
          )}
          {isFinding && (
            <FindBar
              ref={findField}
              find={find}
              pageCount={pages.length}
              isPhone={isPhone}
              onClose={closeFind}
            />
          )}
          {isBroken && (
            <div className={classes.trouble}>
              <Message tone="warn" title={readerTexts.cannotOpen}>
                {readerTexts.cannotOpenWhy}
              </Message>
            </div>
          )}
        </DeskView>
      </div>
      {isPhone && <PhoneBar {...tools} />}
      {isPrinting && (
        <PrintDialog
          host={host}
          pages={pages}
          page={desk.page}
          rotation={rotation}
          onClose={() => setPrinting(false)}
        />
      )}
    </div>
  )
}

function linkDepth(page: DocumentHead['pages'][number], top: number, rotation: Turn): number {
  return Math.max(0, depthOf(top, cropOf(page), turned(page.rotate, rotation)) - 0.01)
}

/** Tells the position once a second at most, and a last time when the reader is left. */
function useSavedPosition(host: ReaderHost, position: Position): void {
  const latest = useRef(position)
  latest.current = position
  const { page, zoom, rotation } = position
  const first = useRef(true)
  useEffect(() => {
    if (first.current) {
      first.current = false
      return
    }
    const timer = setTimeout(() => host.savePosition(latest.current), 1000)
    return () => clearTimeout(timer)
  }, [host, page, zoom, rotation])
}
