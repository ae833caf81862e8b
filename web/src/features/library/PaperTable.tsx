import { useElementSize } from '@mantine/hooks'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import type { DragEvent, KeyboardEvent, MouseEvent, Ref } from 'react'
import type { ItemListParams } from '../../api/queries'
import { rowsToFollow } from '../../lib/row-windows'
import { isChosen, type Selection } from '../../lib/selection'
import { libraryTexts as t } from '../../texts/library'
import { cx } from '../../ui/classes'
import { type Column, columnsFor } from './columns'
import { LoadingRow, PaperRow, rowId } from './PaperRow'
import classes from './PaperTable.module.css'
import type { Rows } from './use-rows'

const rowHeight = 36
const rowHeightTwo = 73

export interface TableHandle {
  /** Brings a row into sight and the keyboard to the list. */
  reveal: (row: number) => void
  focus: () => void
  /** Rows that fit into the window. */
  pageRows: () => number
}

interface PaperTableProps {
  library: number
  rows: Rows
  params: ItemListParams
  selection: Selection
  isPhone: boolean
  isGroup: boolean
  mayEdit: boolean
  onRange: (first: number, last: number) => void
  onPress: (row: number, event: MouseEvent) => void
  onOpen: (row: number) => void
  onDrag: (row: number, event: DragEvent) => void
  onKey: (event: KeyboardEvent) => void
  onSort: (sort: string) => void
  ref?: Ref<TableHandle>
}

/** The list of papers: only rows in sight exist, whatever its length. */
export function PaperTable(props: PaperTableProps) {
  const {
    library,
    rows,
    params,
    selection,
    isPhone,
    isGroup,
    mayEdit,
    onRange,
    onPress,
    onOpen,
    onDrag,
    onKey,
    onSort,
    ref,
  } = props
  const scroller = useRef<HTMLDivElement>(null)
  const { ref: sized, width } = useElementSize()
  const columns = columnsFor(width)
  const height = isPhone ? rowHeightTwo : rowHeight
  const total = rows.total ?? 0
  const late = useLate(rows.total === undefined)
  const virtual = useVirtualizer({
    count: rows.total ?? (late ? 40 : 0),
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
  })
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  useEffect(() => virtual.measure(), [virtual, height])
  useEffect(() => onRange(first, last), [first, last, onRange])
  useFollow(scroller, rows, height, JSON.stringify([library, params]))

  useImperativeHandle(ref, () => ({
    reveal: (row) => virtual.scrollToIndex(row, { align: 'auto' }),
    focus: () => scroller.current?.focus({ preventScroll: true }),
    pageRows: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? height) / height) - 1),
  }))

  return (
    <div ref={sized} className={classes.frame}>
      <div
        ref={scroller}
        className={classes.scroller}
        role="grid"
        tabIndex={0}
        aria-label={t.listLabel}
        aria-rowcount={rows.total === undefined ? -1 : total + 1}
        aria-multiselectable="true"
        aria-busy={rows.total === undefined}
        aria-activedescendant={
          total > 0 && selection.cursor >= first && selection.cursor <= last ? rowId(selection.cursor) : undefined
        }
        onKeyDown={onKey}
      >
        <Head columns={columns} params={params} isPhone={isPhone} onSort={onSort} />
        <div role="rowgroup" className={classes.rows} style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const paper = rows.itemAt(item.index)
            if (paper === undefined)
              return <LoadingRow key={item.key} row={item.index} columns={columns} isPhone={isPhone} top={item.start} />
            return (
              <PaperRow
                key={item.key}
                library={library}
                row={item.index}
                paper={paper}
                columns={columns}
                isChosen={isChosen(selection, paper.key)}
                isCursor={selection.cursor === item.index}
                isFresh={rows.fresh.has(paper.key)}
                isPhone={isPhone}
                isGroup={isGroup}
                mayDrop={mayEdit && params.trash !== true}
                top={item.start}
                onPress={onPress}
                onOpen={onOpen}
                onDrag={onDrag}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}

interface HeadProps {
  columns: readonly Column[]
  params: ItemListParams
  isPhone: boolean
  onSort: (sort: string) => void
}

function Head({ columns, params, isPhone, onSort }: HeadProps) {
  return (
    <div role="row" aria-rowindex={1} className={cx(classes.head, isPhone && classes.hidden)}>
      <div role="columnheader" className={classes.mark}>
        <span className={classes.unseen}>{t.columns.read}</span>
      </div>
      {columns.map((column) => {
        const sorted = column.sort !== null && params.sort === column.sort
        const Arrow = params.direction === 'asc' ? IconChevronUp : IconChevronDown
        return (
          <div
            key={column.name}
            role="columnheader"
            aria-sort={sorted ? (params.direction === 'asc' ? 'ascending' : 'descending') : undefined}
            className={column.name === 'title' ? classes.headGrow : classes.headCell}
            style={column.width === null ? undefined : { width: column.width }}
          >
            {column.sort === null ? (
              column.label
            ) : (
              <button
                type="button"
                tabIndex={-1}
                className={cx(classes.sort, sorted && classes.sorted)}
                title={t.sortBy(column.label)}
                onClick={() => column.sort !== null && onSort(column.sort)}
              >
                {column.label}
                {sorted && <Arrow size={12} stroke={1.6} aria-hidden="true" />}
              </button>
            )}
          </div>
        )
      })}
    </div>
  )
}

/** Keeps the row on top where it is when others come or go above it. */
function useFollow(
  scroller: React.RefObject<HTMLDivElement | null>,
  rows: Rows,
  height: number,
  identity: string,
): void {
  const top = useRef<{ identity: string; key: string | undefined; row: number }>({ identity, key: undefined, row: 0 })
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    if (top.current.identity === identity) {
      const delta = rowsToFollow(top.current, rows.rowOf)
      if (delta !== 0) element.scrollTop += delta * height
    } else element.scrollTop = 0
    const row = Math.floor(element.scrollTop / height)
    top.current = { identity, key: rows.keyAt(row), row }
  }, [identity, rows.rowOf])
  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    const note = () => {
      const row = Math.floor(element.scrollTop / height)
      top.current = { identity, key: rows.keyAt(row), row }
    }
    element.addEventListener('scroll', note, { passive: true })
    return () => element.removeEventListener('scroll', note)
  }, [identity, rows, height])
}

/** True once something has lasted 200 ms: quick answers show no bars. */
function useLate(waiting: boolean): boolean {
  const [late, setLate] = useState(false)
  useEffect(() => {
    if (!waiting) {
      setLate(false)
      return
    }
    const timer = setTimeout(() => setLate(true), 200)
    return () => clearTimeout(timer)
  }, [waiting])
  return late && waiting
}
