import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { uiTexts } from '../texts/ui'
import { IconButton } from './IconButton'
import classes from './SelectionBar.module.css'

interface SelectionBarProps {
  count: number
  /** Subtle small buttons. */
  children: ReactNode
  /** Icon buttons at the right, before the cross. */
  end?: ReactNode
  onClear: () => void
}

/** Floats at the bottom centre from two chosen papers on. The page places it. */
export function SelectionBar({ count, children, end, onClear }: SelectionBarProps) {
  return (
    <div className={classes.bar} role="toolbar" aria-label={uiTexts.selected(count)}>
      <span className={classes.count} role="status">
        {uiTexts.selected(count)}
      </span>
      <span className={classes.rule} />
      {children}
      <span className={classes.end}>
        {end}
        <IconButton
          label={uiTexts.clearSelection}
          shortcut="Escape"
          icon={<IconX size={16} stroke={1.6} />}
          onClick={onClear}
        />
      </span>
    </div>
  )
}
