import { IconCheck, IconPencil } from '@tabler/icons-react'
import { uiTexts } from '../texts/ui'
import classes from './DoubtValue.module.css'
import { IconButton } from './IconButton'

interface DoubtValueProps {
  value: string
  /** The other reading or the reason, in words: "PDF says 2015". */
  because: string
  onConfirm?: () => void
  onEdit?: () => void
}

/** A value nobody is sure of: ochre, dotted, settled by one key. */
export function DoubtValue({ value, because, onConfirm, onEdit }: DoubtValueProps) {
  return (
    <span className={classes.doubt}>
      <span className={classes.value}>{value}</span>
      <span className={classes.other} title={because}>
        {because}
      </span>
      {onConfirm !== undefined && (
        <IconButton
          size="sm"
          tone="warn"
          label={uiTexts.isRight}
          shortcut="Y"
          icon={<IconCheck size={14} stroke={1.6} />}
          onClick={onConfirm}
        />
      )}
      {onEdit !== undefined && (
        <IconButton
          size="sm"
          tone="warn"
          label={uiTexts.edit}
          shortcut="E"
          icon={<IconPencil size={14} stroke={1.6} />}
          onClick={onEdit}
        />
      )}
    </span>
  )
}
