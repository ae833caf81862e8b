import type { ReactNode } from 'react'
import classes from './Notice.module.css'

interface NoticeProps {
  /** Sign at the top, 32 px. */
  sign: ReactNode
  title: string
  /** What happened, and what is safe. */
  children: ReactNode
  /** One filled act at most. */
  actions?: ReactNode
  /** Request number, or what happens by itself. */
  foot?: ReactNode
}

/** A whole page that says why nothing else is here. */
export function Notice({ sign, title, children, actions, foot }: NoticeProps) {
  return (
    <main className={classes.page}>
      <div className={classes.column}>
        {sign}
        <h1 className={classes.title}>{title}</h1>
        <div className={classes.body}>{children}</div>
        {actions !== undefined && <div className={classes.actions}>{actions}</div>}
        {foot !== undefined && <div className={classes.foot}>{foot}</div>}
      </div>
    </main>
  )
}
