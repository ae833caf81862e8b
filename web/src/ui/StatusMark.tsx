import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconClock,
  IconCopy,
  IconFileOff,
  IconFileText,
  IconHelpHexagon,
  IconLineScan,
  IconLock,
} from '@tabler/icons-react'
import { Arc } from './Arc'
import { cx } from './classes'
import classes from './StatusMark.module.css'

export type Status =
  | 'ok'
  | 'warn'
  | 'doubtful'
  | 'failed'
  | 'duplicate'
  | 'waiting'
  | 'working'
  | 'ready'
  | 'scanned'
  | 'locked'
  | 'absent'

const tones: Record<Status, string | undefined> = {
  ok: classes.ok,
  warn: classes.warn,
  doubtful: classes.warn,
  failed: classes.err,
  duplicate: classes.info,
  waiting: classes.quiet,
  working: classes.accent,
  ready: classes.quiet,
  scanned: classes.quiet,
  locked: classes.warn,
  absent: classes.off,
}

const icons = {
  ok: IconCircleCheck,
  warn: IconAlertTriangle,
  doubtful: IconHelpHexagon,
  failed: IconCircleX,
  duplicate: IconCopy,
  waiting: IconClock,
  ready: IconFileText,
  scanned: IconLineScan,
  locked: IconLock,
  absent: IconFileOff,
} as const

interface StatusMarkProps {
  status: Status
  /** Always said; drawn only where there is room. */
  label: string
  /** Draws the icon only; the words go to the tooltip and to screen readers. */
  iconOnly?: boolean
  /** The words may take several lines. */
  isLong?: boolean
  size?: number
}

/** A state: colour, icon and word together. */
export function StatusMark({ status, label, iconOnly = false, isLong = false, size = 16 }: StatusMarkProps) {
  const named = iconOnly ? { role: 'img', 'aria-label': label, title: label } : {}
  return (
    <span className={cx(classes.mark, tones[status], isLong && classes.whole)} {...named}>
      <StatusIcon status={status} size={size} />
      {!iconOnly && <span className={classes.words}>{label}</span>}
    </span>
  )
}

export function StatusIcon({ status, size = 16 }: { status: Status; size?: number }) {
  if (status === 'working') return <Arc size={size} />
  const Icon = icons[status]
  return <Icon size={size} stroke={1.6} aria-hidden="true" />
}

interface ReadMarkProps {
  /** Part that was read, from 0 (unread) to 1 (read). */
  part: number
  /** Empty where words beside it say the same. */
  label: string
}

/** Read state, by shape first: filled dot, ring, tick. */
export function ReadMark({ part, label }: ReadMarkProps) {
  return (
    <svg
      className={classes.read}
      viewBox="0 0 10 10"
      {...(label === '' ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      <ReadShape part={part} />
    </svg>
  )
}

const ringLength = 2 * Math.PI * 3.9

function ReadShape({ part }: { part: number }) {
  if (part <= 0) return <circle cx="5" cy="5" r="4" fill="var(--sk-accent-line)" />
  if (part >= 1) {
    return (
      <path
        d="M1.5 5.4 4 7.8 8.6 2.6"
        fill="none"
        stroke="var(--sk-border-control)"
        strokeWidth="1.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    )
  }
  return (
    <>
      <circle cx="5" cy="5" r="3.9" fill="none" stroke="var(--sk-border-strong)" strokeWidth="1.6" />
      <circle
        cx="5"
        cy="5"
        r="3.9"
        fill="none"
        stroke="var(--sk-accent-line)"
        strokeWidth="1.6"
        strokeDasharray={`${ringLength * part} 30`}
        transform="rotate(-90 5 5)"
      />
    </>
  )
}
