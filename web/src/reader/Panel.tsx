import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { IconButton } from '../ui/IconButton'
import { Segmented } from '../ui/Segmented'
import { readerTexts } from '../texts/reader'
import { FoundList } from './FoundList'
import type { DocumentHead, Place, ReaderHost } from './host'
import type { LayoutStore } from './layout-store'
import { Outline } from './Outline'
import classes from './Panel.module.css'
import { Thumbnails } from './Thumbnails'
import type { Find } from './use-find'

export type PanelTab = 'outline' | 'pages' | 'found'

export interface PanelProps {
  host: ReaderHost
  head: DocumentHead
  store: LayoutStore
  page: number
  /** How far down the page the window's upper edge is. */
  depth: number
  tab: PanelTab
  onTab: (tab: PanelTab) => void
  /** Null while nothing is looked for. */
  find: Find | null
  onJump: (place: Place) => void
  onSelectPlace: (index: number) => void
  /** Given where the panel lies over the pages. */
  onClose?: () => void
}

/** Beside the pages: outline, small pages, places found. */
export function Panel(props: PanelProps) {
  const { head, tab, find, onTab, onClose } = props
  // As state: what is virtual in it has to be drawn again once it is there.
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const choices = [
    { value: 'outline' as const, label: readerTexts.outline },
    { value: 'pages' as const, label: readerTexts.pages },
    ...(find === null
      ? []
      : [{ value: 'found' as const, label: readerTexts.found(find.state.places.length) }]),
  ]
  return (
    <div className={classes.panel}>
      <div className={classes.tabs}>
        <Segmented label={readerTexts.tabs} choices={choices} value={tab} onChange={onTab} />
        {onClose !== undefined && (
          <IconButton
            label={readerTexts.panelClose}
            icon={<IconX size={16} stroke={1.6} />}
            onClick={onClose}
          />
        )}
      </div>
      <div ref={setScroller} className={classes.scroller} key={tab}>
        {tab === 'outline' && (
          <Outline head={head} page={props.page} depth={props.depth} onJump={props.onJump} />
        )}
        {tab !== 'found' && (
          <Thumbnails
            host={props.host}
            pages={head.pages}
            page={props.page}
            scroller={scroller}
            withHead={tab === 'outline'}
            onJump={props.onJump}
          />
        )}
        {tab === 'found' && find !== null && (
          <FoundList
            head={head}
            store={props.store}
            find={find}
            scroller={scroller}
            onSelect={props.onSelectPlace}
          />
        )}
      </div>
    </div>
  )
}
