import type { ReactNode } from 'react'
import classes from './Badge.module.css'
import { cx } from './classes'

/** What a colour means here. `accent` is "yours, now", never a status. */
export type Tone = 'plain' | 'ok' | 'warn' | 'err' | 'info' | 'accent'

interface BadgeProps {
  tone?: Tone
  /** 12 px; a coloured badge always has one. */
  icon?: ReactNode
  children: ReactNode
}

export function Badge({ tone = 'plain', icon, children }: BadgeProps) {
  return (
    <span className={cx(classes.badge, tone !== 'plain' && classes[tone])}>
      {icon}
      {children}
    </span>
  )
}
