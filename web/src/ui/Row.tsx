import type { ComponentProps, ReactNode, Ref } from 'react'
import { cx } from './classes'
import classes from './Row.module.css'

export interface RowProps extends Omit<ComponentProps<'div'>, 'ref'> {
  selected?: boolean
  /** Unread titles are heavier, read ones step back. */
  read?: 'unread' | 'part' | 'read'
  /** Arrived within the last two seconds. */
  fresh?: boolean
  ref?: Ref<HTMLDivElement>
}

/** A row of a long list, 36 px (64 on phones). The list around it is a `grid`. */
export function Row({ selected, read, fresh, className, ...rest }: RowProps) {
  return (
    <div
      role="row"
      aria-selected={selected}
      data-read={read}
      data-fresh={fresh || undefined}
      {...rest}
      className={cx(classes.row, className)}
    />
  )
}

interface CellProps {
  /** Pixels; left out, the cell takes what is free. */
  width?: number
  title?: boolean
  children?: ReactNode
  /** `lang` of a title in another language. */
  lang?: string
}

export function Cell({ width, title = false, children, lang }: CellProps) {
  return (
    <div
      role="gridcell"
      lang={lang}
      className={cx(classes.cell, title ? classes.title : width === undefined && classes.grow)}
      style={width === undefined ? undefined : { width }}
    >
      {children}
    </div>
  )
}
