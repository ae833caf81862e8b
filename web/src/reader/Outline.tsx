import { useEffect, useRef } from 'react'
import { readerTexts } from '../texts/reader'
import type { DocumentHead, OutlineEntry, Place } from './host'
import { labelOf } from './labels'
import classes from './Panel.module.css'
import { depthOfEntry, entryAt } from './sections'

interface OutlineProps {
  head: DocumentHead
  page: number
  depth: number
  onJump: (place: Place) => void
}

/** Deeper entries are set in no further. */
const DEEPEST = 5

/** The headings of the paper; the one being read is marked. */
export function Outline({ head, page, depth, onJump }: OutlineProps) {
  // A third of a page below the upper edge is where somebody reads.
  const now = entryAt(head, page, depth + 0.3)
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    list.current?.children[now]?.scrollIntoView({ block: 'nearest' })
  }, [now])
  if (head.outline.length === 0) return <p className={classes.empty}>{readerTexts.noOutline}</p>
  return (
    <nav aria-label={readerTexts.outline}>
      <ul ref={list} className={classes.outline}>
        {head.outline.map((entry, index) => (
          <li key={index}>
            <OutlineLink head={head} entry={entry} isNow={index === now} onJump={onJump} />
          </li>
        ))}
      </ul>
    </nav>
  )
}

interface OutlineLinkProps {
  head: DocumentHead
  entry: OutlineEntry
  isNow: boolean
  onJump: (place: Place) => void
}

function OutlineLink({ head, entry, isNow, onJump }: OutlineLinkProps) {
  const indent = 8 + 12 * (Math.min(Math.max(entry.level, 1), DEEPEST) - 1)
  const { page } = entry
  if (page === null) {
    return (
      <span className={classes.entry} style={{ paddingLeft: indent }}>
        <span className={classes.entryTitle}>{entry.title}</span>
      </span>
    )
  }
  return (
    <button
      type="button"
      className={classes.entry}
      style={{ paddingLeft: indent }}
      aria-current={isNow ? 'location' : undefined}
      title={entry.title}
      onClick={() =>
        onJump(entry.top === null ? { page } : { page, at: Math.max(0, depthOfEntry(head, entry) - 0.01) })
      }
    >
      <span className={classes.entryTitle}>{entry.title}</span>
      <span className={classes.entryPage}>{labelOf(head.pages, page)}</span>
    </button>
  )
}
