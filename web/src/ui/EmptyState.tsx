import type { ReactNode } from 'react'
import { cx } from './classes'
import classes from './EmptyState.module.css'

interface EmptyStateProps {
  /** A small line drawing, only for a whole library. */
  art?: ReactNode
  title: string
  /** What will be here, or why nothing is. */
  children?: ReactNode
  /** Ways to fill it, best one filled. */
  actions?: ReactNode
  /** For an empty list inside a page. */
  small?: boolean
}

export function EmptyState({ art, title, children, actions, small = false }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      {art !== undefined && <div className={classes.art}>{art}</div>}
      <h2 className={cx(classes.title, small && classes.small)}>{title}</h2>
      {children !== undefined && <div className={classes.body}>{children}</div>}
      {actions !== undefined && <div className={classes.actions}>{actions}</div>}
    </div>
  )
}
