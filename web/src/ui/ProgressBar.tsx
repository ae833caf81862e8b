import type { Tone } from './Badge'
import { cx } from './classes'
import classes from './ProgressBar.module.css'

export interface ProgressPart {
  /** From 0 to 1, of the whole bar. */
  value: number
  tone?: Tone
}

interface ProgressBarProps {
  /** What progresses, and how far, in words. */
  label: string
  /** From 0 to 1, or several parts one after the other. */
  value: number | readonly ProgressPart[]
  tone?: Tone
  size?: 4 | 8
}

export function ProgressBar({ label, value, tone = 'accent', size = 4 }: ProgressBarProps) {
  const parts = typeof value === 'number' ? [{ value, tone }] : value
  const sum = parts.reduce((total, part) => total + clamp(part.value), 0)
  return (
    <div
      className={classes.bar}
      data-size={size}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(Math.min(1, sum) * 100)}
    >
      {parts.map((part, index) => (
        <div
          key={index}
          className={cx(classes.part, part.tone !== undefined && part.tone !== 'accent' && classes[part.tone])}
          style={{ width: `${clamp(part.value) * 100}%` }}
        />
      ))}
    </div>
  )
}

function clamp(value: number): number {
  return Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0
}
