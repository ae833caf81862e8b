import { ControlsColumn } from './ControlsColumn'
import classes from './ComponentsPage.module.css'
import { FoundationsColumn } from './FoundationsColumn'
import { MessagesColumn } from './MessagesColumn'

/** Every primitive in its states, on one page: for looking at, in both schemes and at each width. */
export function ComponentsPage() {
  return (
    <main className={classes.page} aria-label="Components">
      <h1 className={classes.heading}>Components</h1>
      <div className={classes.columns}>
        <FoundationsColumn />
        <ControlsColumn />
        <MessagesColumn />
      </div>
    </main>
  )
}
