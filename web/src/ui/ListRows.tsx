import type { ReactNode } from 'react'
import classes from './ListRows.module.css'

interface ListRowsProps {
  label: string
  children: ReactNode
}

/** Framed rows: icon of state, name, second line with the cause, act at the right. */
export function ListRows({ label, children }: ListRowsProps) {
  return (
    <ul className={classes.list} aria-label={label}>
      {children}
    </ul>
  )
}

interface ListRowProps {
  mark?: ReactNode
  name: ReactNode
  /** Second line. */
  children?: ReactNode
  childrenTone?: 'err' | 'warn'
  /** Between the words and the acts: a figure, a bar, a time. */
  aside?: ReactNode
  acts?: ReactNode
  tone?: 'new' | 'warn' | 'err'
}

export function ListRow({ mark, name, children, childrenTone, aside, acts, tone }: ListRowProps) {
  return (
    <li className={classes.row} data-tone={tone}>
      {mark}
      <div className={classes.words}>
        <div className={classes.name}>{name}</div>
        {children !== undefined && (
          <div className={classes.second} data-tone={childrenTone}>
            {children}
          </div>
        )}
      </div>
      {aside !== undefined && <div className={classes.aside}>{aside}</div>}
      {acts !== undefined && <div className={classes.acts}>{acts}</div>}
    </li>
  )
}
