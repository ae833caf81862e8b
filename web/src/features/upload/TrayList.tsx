import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef } from 'react'
import type { UploadTask } from '../../lib/upload-task'
import { uploadTexts as t } from '../../texts/upload'
import classes from './Tray.module.css'
import { type RowActs, TrayRow } from './TrayRow'

const rowHeight = 49

interface TrayListProps {
  rows: readonly UploadTask[]
  all: readonly UploadTask[]
  acts: RowActs
  isSmall: boolean
}

/** The files, however many thousand: only those in sight are drawn. */
export function TrayList({ rows, all, acts, isSmall }: TrayListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const byId = useMemo(() => new Map(all.map((task) => [task.id, task])), [all])
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 6,
  })
  if (rows.length === 0) return isSmall ? null : <div className={classes.list} />
  return (
    <div ref={scroller} className={classes.list} tabIndex={-1}>
      <ul aria-label={t.rowsLabel} className={classes.rows} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const task = rows[item.index]
          if (task === undefined) return null
          const twin = task.state.kind === 'same_file' ? (byId.get(task.state.of) ?? null) : null
          return (
            <li
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              aria-setsize={rows.length}
              aria-posinset={item.index + 1}
              className={classes.slot}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <TrayRow task={task} twin={twin} acts={acts} isSmall={isSmall} />
            </li>
          )
        })}
      </ul>
    </div>
  )
}
