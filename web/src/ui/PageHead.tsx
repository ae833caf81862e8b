import type { ReactNode } from 'react'
import { useDocumentTitle } from './useDocumentTitle'
import classes from './PageHead.module.css'

interface PageHeadProps {
  /** Also the title of the browser's tab. */
  title: string
  children?: ReactNode
}

/** Title of a page, with its acts at the right. */
export function PageHead({ title, children }: PageHeadProps) {
  useDocumentTitle(title)
  return (
    <div className={classes.head}>
      <h1 className={classes.title}>{title}</h1>
      {children}
    </div>
  )
}

interface SectionHeadProps {
  title: string
  /** A quiet word beside the title. */
  note?: ReactNode
  children?: ReactNode
}

export function SectionHead({ title, note, children }: SectionHeadProps) {
  return (
    <div className={classes.section}>
      <h2>{title}</h2>
      <span className={classes.note}>{note}</span>
      {children}
    </div>
  )
}
