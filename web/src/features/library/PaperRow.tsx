import { memo } from 'react'
import type { DragEvent, MouseEvent } from 'react'
import { authorsLine } from '../../lib/creators'
import { formatWhen } from '../../lib/format'
import { venueOf, yearOf } from '../../lib/item-fields'
import { libraryTexts as t } from '../../texts/library'
import { Avatar } from '../../ui/Avatar'
import { ReadMark } from '../../ui/StatusMark'
import type { Column } from './columns'
import { FileMark } from './FileMark'
import type { Paper } from './model'
import classes from './PaperTable.module.css'
import { readLook } from './read-state'

export interface PaperRowProps {
  library: number
  row: number
  paper: Paper
  columns: readonly Column[]
  isChosen: boolean
  isCursor: boolean
  isFresh: boolean
  isPhone: boolean
  /** In a group it matters who added a paper, in one's own library when. */
  isGroup: boolean
  mayDrop: boolean
  top: number
  onPress: (row: number, event: MouseEvent) => void
  onOpen: (row: number) => void
  onDrag: (row: number, event: DragEvent) => void
}

export function rowId(row: number): string {
  return `paper-row-${row}`
}

/** One paper of the list: a line, or two on phones. */
export const PaperRow = memo(function PaperRow(props: PaperRowProps) {
  const { library, row, paper, isChosen, isCursor, isFresh, isPhone, mayDrop, top, onPress, onOpen, onDrag } = props
  const look = readLook(paper)
  const title = titleOf(paper)
  const drop = mayDrop ? { 'data-drop-item': paper.key, 'data-drop-library': library, 'data-drop-title': title } : {}
  return (
    <div
      id={rowId(row)}
      role="row"
      aria-rowindex={row + 2}
      aria-selected={isChosen}
      className={isPhone ? classes.rowTwo : classes.row}
      data-read={look.name}
      data-fresh={isFresh || undefined}
      data-cursor={isCursor || undefined}
      style={{ transform: `translateY(${top}px)` }}
      draggable={!isPhone}
      onClick={(event) => onPress(row, event)}
      onDoubleClick={() => onOpen(row)}
      onDragStart={(event) => onDrag(row, event)}
      {...drop}
    >
      <div role="gridcell" className={classes.mark}>
        <ReadMark part={look.part} label={look.label} />
      </div>
      {isPhone ? <TwoLines library={library} paper={paper} title={title} /> : <Cells {...props} title={title} />}
    </div>
  )
})

function Cells({ library, paper, columns, title, isGroup }: PaperRowProps & { title: string }) {
  return columns.map((column) => (
    <div
      key={column.name}
      role="gridcell"
      className={column.name === 'title' ? classes.title : classes.cell}
      style={column.width === null ? undefined : { width: column.width }}
      lang={column.name === 'title' ? paper.fields.language : undefined}
      title={column.name === 'title' ? title : undefined}
    >
      <CellWords library={library} paper={paper} column={column} title={title} isGroup={isGroup} />
    </div>
  ))
}

function CellWords({ library, paper, column, title, isGroup }: CellWordsProps) {
  switch (column.name) {
    case 'title':
      return title
    case 'creators':
      return authorsLine(paper.creators)
    case 'year':
      return <span className={classes.figure}>{yearOf(paper)}</span>
    case 'venue':
      return venueOf(paper)
    case 'added':
      return isGroup && typeof paper.added_by === 'string' ? (
        <Avatar name={paper.added_by} size={20} />
      ) : (
        <When time={paper.date_added} />
      )
    case 'file':
      return <FileMark library={library} paper={paper} />
  }
}

interface CellWordsProps {
  library: number
  paper: Paper
  column: Column
  title: string
  isGroup: boolean
}

function TwoLines({ library, paper, title }: { library: number; paper: Paper; title: string }) {
  const second = [authorsLine(paper.creators), yearOf(paper), venueOf(paper)].filter((part) => part !== '').join(' · ')
  return (
    <>
      <div role="gridcell" className={classes.two}>
        <span className={classes.titleTwo} lang={paper.fields.language}>
          {title}
        </span>
        <span className={classes.second}>{second}</span>
      </div>
      <div role="gridcell" className={classes.markEnd}>
        <FileMark library={library} paper={paper} />
      </div>
    </>
  )
}

export function When({ time }: { time: string }) {
  const then = new Date(time)
  if (Number.isNaN(then.getTime())) return null
  return (
    <time
      dateTime={time}
      title={then.toLocaleString('en-GB', { dateStyle: 'full', timeStyle: 'short' })}
      className={classes.figure}
    >
      {formatWhen(then, new Date())}
    </time>
  )
}

export function titleOf(paper: Paper): string {
  return paper.fields.title ?? paper.file?.name ?? t.untitled
}

/** A row whose paper is on its way: bars at the true sizes. */
export function LoadingRow({
  row,
  columns,
  isPhone,
  top,
}: {
  row: number
  columns: readonly Column[]
  isPhone: boolean
  top: number
}) {
  const wide = 32 + ((row * 37) % 48)
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      aria-busy="true"
      className={isPhone ? classes.rowTwo : classes.row}
      style={{ transform: `translateY(${top}px)` }}
    >
      <div role="gridcell" className={classes.mark}>
        <i className={classes.bar} style={{ width: 10 }} />
      </div>
      {isPhone ? (
        <div role="gridcell" className={classes.two}>
          <i className={classes.bar} style={{ width: `${wide}%` }} />
          <i className={classes.bar} style={{ width: '40%' }} />
        </div>
      ) : (
        columns.map((column) => (
          <div
            key={column.name}
            role="gridcell"
            className={column.name === 'title' ? classes.title : classes.cell}
            style={column.width === null ? undefined : { width: column.width }}
          >
            <i
              className={classes.bar}
              style={{
                width:
                  column.name === 'title' ? `${wide}%` : column.name === 'file' ? 14 : `${40 + ((row * 13) % 40)}%`,
              }}
            />
          </div>
        ))
      )}
    </div>
  )
}
