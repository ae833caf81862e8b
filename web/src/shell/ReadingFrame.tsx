import type { ReactNode } from 'react'
import { Fill } from '../ui/Slots'
import { ConnectionLine } from './ConnectionLine'
import classes from './ReadingFrame.module.css'
import { StatusBar } from './StatusBar'

/** What stands around a paper that is read: nothing but what cannot wait. */
export function ReadingFrame({ children }: { children: ReactNode }) {
  return (
    <div className={classes.frame}>
      <div className={classes.page}>{children}</div>
      <Fill slot="under-bar">
        <ConnectionLine />
      </Fill>
      <StatusBar />
    </div>
  )
}
