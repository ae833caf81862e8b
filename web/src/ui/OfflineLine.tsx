import type { ReactNode } from 'react'
import { cx } from './classes'
import classes from './OfflineLine.module.css'

interface OfflineLineProps {
  icon: ReactNode
  /** What still works, and when it tries again. */
  children: ReactNode
  action?: ReactNode
  /** Drawn as a bar across the page, under the top bar. */
  bar?: boolean
}

/** A grey line for a lost connection: nothing turns red for that. */
export function OfflineLine({ icon, children, action, bar = false }: OfflineLineProps) {
  return (
    <div className={cx(classes.line, bar && classes.bar)} role="status">
      {icon}
      <span className={classes.words}>{children}</span>
      {action}
    </div>
  )
}
