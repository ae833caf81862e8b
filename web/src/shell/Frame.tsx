import type { ReactNode } from 'react'
import classes from './Frame.module.css'

interface FrameProps {
  sidebar: ReactNode
  children: ReactNode
}

/** What stands around a page: sidebar, top bar, status bar. */
export function Frame({ sidebar, children }: FrameProps) {
  return (
    <div className={classes.frame}>
      <div className={classes.sidebar}>{sidebar}</div>
      <div className={classes.main}>{children}</div>
    </div>
  )
}
