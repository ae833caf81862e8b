import { IconBook2 } from '@tabler/icons-react'
import { type FocusEvent, type KeyboardEvent, type MouseEvent, type ReactNode, type Ref } from 'react'
import { callOf, type CitedWork, headOf, isDoubtful, type KnownPaper, lineOf, outwardLink } from '../lib/references'
import { referenceTexts as t } from '../texts/references'
import { Badge } from '../ui/Badge'
import { Button, buttonClass } from '../ui/Button'
import { cx } from '../ui/classes'
import { OutwardLink } from '../ui/OutwardLink'
import { captionText, figureArea } from './captions'
import type { DocumentHead, ReaderHost } from './host'
import { imageWidthFor } from './image-width'
import { labelOf } from './labels'
import type { LayoutStore } from './layout-store'
import classes from './SpotCard.module.css'
import type { Spot } from './spots'
import type { Anchor, OpenCard, SpotCard as Shown } from './use-spot-card'
import type { Window } from './zoom'

/** Width of the card. */
const WIDTH = 364
const INSIDE = WIDTH - 28
/** Between the card and its spot, and the edge of the desk. */
const GAP = 6
const EDGE = 8
/** A figure is drawn no higher than this. */
const HIGHEST = 240

interface SpotCardProps {
  ref: Ref<HTMLDivElement>
  shown: Shown
  card: OpenCard
  host: ReaderHost
  head: DocumentHead
  store: LayoutStore
  works: readonly CitedWork[]
  view: Window
  onGo: (spot: Spot, work?: number) => void
}

/** What a citation cites, or the figure that is mentioned. */
export function SpotCard({ ref, shown, card, view, ...props }: SpotCardProps) {
  const { target, name } = card.spot
  const onBlur = (event: FocusEvent<HTMLDivElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) shown.release()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    shown.leave()
  }
  return (
    <div
      ref={ref}
      className={classes.card}
      role="dialog"
      aria-label={name}
      style={placeOf(card.anchor, view)}
      onPointerEnter={shown.hold}
      onPointerLeave={shown.release}
      onFocus={shown.hold}
      onBlur={onBlur}
      onKeyDown={onKeyDown}
    >
      {target.kind === 'works' ? (
        <Works {...props} card={card} indexes={target.works} />
      ) : (
        <Figure {...props} card={card} />
      )}
    </div>
  )
}

/** Below its spot, or above it where there is more room; never over it. */
function placeOf(anchor: Anchor, view: Window) {
  const left = Math.max(EDGE, Math.min(anchor.left - 24, view.width - WIDTH - EDGE))
  const below = view.height - anchor.foot
  return below >= anchor.top
    ? { left, top: anchor.foot + GAP, maxHeight: below - GAP - EDGE }
    : { left, bottom: view.height - anchor.top + GAP, maxHeight: anchor.top - GAP - EDGE }
}

type PartProps = Omit<SpotCardProps, 'ref' | 'shown' | 'view'>

function Works({ host, head, works, card, indexes, onGo }: PartProps & { indexes: readonly number[] }) {
  const [first, ...others] = indexes
  const work = first === undefined ? undefined : works[first]
  if (first === undefined || work === undefined) return null
  const pages = [...new Set(work.cited_in.map(({ page }) => page))].sort((a, b) => a - b)
  const link = outwardLink(work)
  const line = lineOf(work)
  return (
    <>
      <div className={classes.head}>
        <Badge>{callOf(work, first)}</Badge>
        <span className={classes.grow}>{t.citedOn(pages.map((page) => labelOf(head.pages, page)))}</span>
        {work.paper !== undefined && (
          <Badge tone="ok" icon={<IconBook2 size={12} stroke={1.6} aria-hidden="true" />}>
            {t.inLibrary}
          </Badge>
        )}
      </div>
      <p className={cx(classes.title, isDoubtful(work) && classes.doubtful)}>{headOf(work)}</p>
      {line !== '' && <p className={classes.line}>{line}</p>}
      {link !== null && (
        <div className={classes.outward}>
          <OutwardLink href={link.href} words={link.words} newTab={t.newTab} />
        </div>
      )}
      <div className={classes.acts}>
        {work.paper !== undefined && (
          <ToPaper host={host} paper={work.paper}>
            <IconBook2 size={14} stroke={1.6} aria-hidden="true" />
            {t.open}
          </ToPaper>
        )}
        {work.places.length > 0 && (
          <Button variant="subtle" size="sm" onClick={() => onGo(card.spot)}>
            {t.toList}
          </Button>
        )}
      </div>
      {others.length > 0 && (
        <ul className={classes.others}>
          {others.map((index) => (
            <Other key={index} host={host} work={works[index]} index={index} onGo={() => onGo(card.spot, index)} />
          ))}
        </ul>
      )}
    </>
  )
}

interface OtherProps {
  host: ReaderHost
  work: CitedWork | undefined
  index: number
  onGo: () => void
}

/** A further work of the same bracket, on two lines. */
function Other({ host, work, index, onGo }: OtherProps) {
  if (work === undefined) return null
  return (
    <li className={classes.other}>
      <Badge>{callOf(work, index)}</Badge>
      <button type="button" className={classes.otherWords} onClick={onGo}>
        <b>{headOf(work)}</b>
        <span>{lineOf(work)}</span>
      </button>
      {work.paper !== undefined && (
        <ToPaper host={host} paper={work.paper} small>
          {t.open}
        </ToPaper>
      )}
    </li>
  )
}

interface ToPaperProps {
  host: ReaderHost
  paper: KnownPaper
  small?: boolean
  children: ReactNode
}

/** A true link, so that it can be opened in a tab of its own; a plain click stays in this one. */
function ToPaper({ host, paper, small = false, children }: ToPaperProps) {
  const onClick = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    host.openPaper(paper)
  }
  return (
    <a
      href={host.paperUrl(paper)}
      className={cx(classes.open, buttonClass(small ? 'default' : 'filled', small ? 'xs' : 'sm'))}
      onClick={onClick}
    >
      {children}
    </a>
  )
}

function Figure({ host, head, store, card, onGo }: PartProps) {
  const { caption } = card
  const layout = caption === null ? undefined : store.get(caption.page)
  const page = caption === null ? undefined : head.pages[caption.page - 1]
  if (caption === null || layout === undefined || page === undefined) return null
  const area = figureArea(caption, layout, page)
  const shape = area === null ? 0 : (area.height * page.height) / (area.width * page.width)
  const width = Math.min(INSIDE, shape === 0 ? INSIDE : HIGHEST / shape)
  const whole = area === null ? 0 : width / area.width
  return (
    <>
      <div className={classes.head}>
        <Badge>{card.spot.name}</Badge>
        <span className={classes.grow}>{t.onPage(labelOf(head.pages, caption.page))}</span>
        <Button variant="subtle" size="xs" onClick={() => onGo(card.spot)}>
          {t.toFigure}
        </Button>
      </div>
      {area !== null && (
        <div className={classes.cut} style={{ width, height: width * shape }}>
          <img
            src={host.pageImage(caption.page, imageWidthFor(whole * (window.devicePixelRatio || 1)))}
            alt={card.spot.name}
            style={{
              width: whole,
              height: (whole * page.height) / page.width,
              left: -area.left * whole,
              top: (-area.top * whole * page.height) / page.width,
            }}
          />
        </div>
      )}
      <p className={classes.caption}>{captionText(caption, layout)}</p>
    </>
  )
}
