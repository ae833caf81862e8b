import type { ReactNode } from 'react'
import { CopyLine } from './CopyLine'
import { StatusMark } from './StatusMark'
import classes from './TestResult.module.css'

export interface TestStep {
  name: string
  state: 'ok' | 'warn' | 'failed' | 'waiting'
  /** Word for the state, such as "Not reached". */
  stateLabel: string
  cause?: ReactNode
  /** A command that mends it, to be copied. */
  command?: string
}

interface TestResultProps {
  ok: boolean
  verdict: string
  /** When the test was made, in words. */
  time: string
  steps: readonly TestStep[]
}

/** What a test of a setting found: one line of verdict, then each step with its own mark. */
export function TestResult({ ok, verdict, time, steps }: TestResultProps) {
  return (
    <section className={classes.result} aria-label={verdict}>
      <div className={classes.head}>
        <StatusMark status={ok ? 'ok' : 'failed'} label={verdict} iconOnly size={18} />
        <span className={classes.verdict}>{verdict}</span>
        <span className={classes.time}>{time}</span>
      </div>
      <ul className={classes.steps}>
        {steps.map((step) => (
          <li key={step.name} className={classes.step}>
            <StatusMark status={step.state} label={step.stateLabel} iconOnly />
            <div className={classes.words}>
              {step.name}
              {step.cause !== undefined && <div className={classes.cause}>{step.cause}</div>}
              {step.command !== undefined && <CopyLine text={step.command} />}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
