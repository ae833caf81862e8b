import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { cx } from './classes'
import classes from './Message.module.css'

type MessageTone = 'ok' | 'warn' | 'err' | 'info'

const icons = { ok: IconCircleCheck, warn: IconAlertTriangle, err: IconCircleX, info: IconInfoCircle } as const

interface MessageProps {
  tone: MessageTone
  /** First, stronger sentence: what happened. */
  title?: ReactNode
  /** What it means, what is safe, what to do. */
  children?: ReactNode
  action?: ReactNode
}

/** A message in its place on the page. Errors are read aloud as soon as they appear. */
export function Message({ tone, title, children, action }: MessageProps) {
  const Icon = icons[tone]
  return (
    <div className={cx(classes.message, classes[tone])} role={tone === 'err' ? 'alert' : 'status'}>
      <Icon size={18} stroke={1.6} aria-hidden="true" />
      <div className={classes.body}>
        {title !== undefined && <b>{title}</b>}
        {title !== undefined && children !== undefined && ' '}
        {children}
      </div>
      {action !== undefined && <div className={classes.action}>{action}</div>}
    </div>
  )
}
