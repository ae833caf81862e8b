import { Tooltip } from '@mantine/core'
import type { ReactElement } from 'react'
import { KeyHint } from './KeyHint'
import classes from './Tip.module.css'

interface TipProps {
  label: string
  /** Key shown beside the words, as in a command's `shortcut`. */
  shortcut?: string
  position?: 'top' | 'bottom' | 'left' | 'right'
  children: ReactElement
}

/** Words that appear over a control after half a second of hovering, or on focus. */
export function Tip({ label, shortcut, position = 'bottom', children }: TipProps) {
  return (
    <Tooltip
      classNames={{ tooltip: classes.tip }}
      label={
        <>
          {label}
          {shortcut !== undefined && <KeyHint keys={shortcut} plain />}
        </>
      }
      position={position}
      openDelay={500}
      offset={6}
      events={{ hover: true, focus: true, touch: false }}
      multiline
      maw={320}
    >
      {children}
    </Tooltip>
  )
}
