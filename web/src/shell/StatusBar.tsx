import { shellTexts as texts } from '../texts/shell'
import { Slot } from '../ui/Slots'
import { cx } from '../ui/classes'
import classes from './Frame.module.css'

/** The line at the lower edge: what runs, and what a page adds. Where nothing is always said, it stands only while something runs. */
export function StatusBar({ always = false }: { always?: boolean }) {
  return (
    <footer className={cx(classes.status, !always && classes.passing)} aria-label={texts.uploadsAndStatus}>
      <Slot name="status" className={classes.statusStart} />
      {always && <Slot name="status-end" className={classes.statusEnd} />}
    </footer>
  )
}
