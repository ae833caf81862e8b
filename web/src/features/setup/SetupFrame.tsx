import { IconCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { setupTexts as texts } from '../../texts/account'
import { cx } from '../../ui/classes'
import { Logo } from '../../ui/Logo'
import { useDocumentTitle } from '../../ui/useDocumentTitle'
import classes from './Setup.module.css'

const steps = [
  { title: texts.administrator, hint: texts.administratorHint },
  { title: texts.papers, hint: texts.papersHint },
] as const

interface SetupFrameProps {
  /** From 1. */
  step: 1 | 2
  title: string
  lead: string
  /** Buttons at the foot. */
  foot: ReactNode
  children: ReactNode
}

export function SetupFrame({ step, title, lead, foot, children }: SetupFrameProps) {
  useDocumentTitle(title)
  return (
    <div className={classes.frame}>
      <aside className={classes.aside}>
        <div className={classes.brand}>
          <Logo size={24} />
          ScrollKeeper
        </div>
        <ol className={classes.steps}>
          {steps.map((each, index) => (
            <li
              key={each.title}
              className={cx(classes.step, index + 1 < step && classes.done)}
              aria-current={index + 1 === step ? 'step' : undefined}
            >
              <span className={classes.number}>
                {index + 1 < step ? <IconCheck size={12} stroke={3} aria-hidden="true" /> : index + 1}
              </span>
              <span>
                {each.title}
                <span>{each.hint}</span>
              </span>
            </li>
          ))}
        </ol>
        <p className={classes.note}>{texts.note}</p>
      </aside>
      <main className={classes.main}>
        <div className={classes.scroll}>
          <div className={classes.body}>
            <p className={classes.count}>{texts.step(step, steps.length)}</p>
            <h1 className={classes.title}>{title}</h1>
            <p className={classes.lead}>{lead}</p>
            {children}
          </div>
        </div>
        <div className={classes.foot}>
          <div>{foot}</div>
        </div>
      </main>
    </div>
  )
}
