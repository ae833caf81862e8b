import type { ReactNode } from 'react'
import { cx } from './classes'
import classes from './Nav.module.css'

/** Class of a link or button that is a row of a sidebar. */
export function navClass(on = false): string {
  return cx(classes.item, on && classes.on)
}

interface NavWordsProps {
  /** 16 px. */
  icon?: ReactNode
  count?: ReactNode
  children: ReactNode
}

/** What stands inside such a row. */
export function NavWords({ icon, count, children }: NavWordsProps) {
  return (
    <>
      {icon}
      <span className={classes.name}>{children}</span>
      {count !== undefined && <span className={classes.count}>{count}</span>}
    </>
  )
}

interface NavSectionProps {
  title: string
  /** An icon button at the right. */
  action?: ReactNode
}

export function NavSection({ title, action }: NavSectionProps) {
  return (
    <div className={classes.section}>
      <span>{title}</span>
      {action}
    </div>
  )
}
