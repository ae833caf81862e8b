import { IconPlus, IconX } from '@tabler/icons-react'
import type { ComponentProps, ReactNode } from 'react'
import { uiTexts } from '../texts/ui'
import classes from './Chip.module.css'
import { cx } from './classes'

export interface ChipProps extends Omit<ComponentProps<'button'>, 'value'> {
  icon?: ReactNode
  /** Second, stronger part, such as a count or the chosen value. */
  value?: ReactNode
  /** Given for a chip that is chosen or not. */
  on?: boolean
  dashed?: boolean
}

/** A round button: a filter, a kind of papers to be shown. */
export function Chip({ icon, value, on, dashed, className, children, type = 'button', ...rest }: ChipProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-pressed={on}
      className={cx(classes.chip, on && classes.on, dashed && classes.dashed, className)}
    >
      {icon}
      {children}
      {value !== undefined && <b>{value}</b>}
    </button>
  )
}

interface FilterChipProps {
  label: string
  value: string
  onEdit: () => void
  onRemove: () => void
}

/** A filter that acts: its words open it, the cross takes it away. */
export function FilterChip({ label, value, onEdit, onRemove }: FilterChipProps) {
  return (
    <span className={cx(classes.chip, classes.on, classes.removable)}>
      <button type="button" onClick={onEdit}>
        {label} <b>{value}</b>
      </button>
      <button type="button" onClick={onRemove} aria-label={uiTexts.remove(label)}>
        <IconX size={12} stroke={1.6} />
      </button>
    </span>
  )
}

export type DotColor = 'yellow' | 'green' | 'blue' | 'pink' | 'orange' | 'purple' | 'ok' | 'warn' | 'err' | 'off'

/** A small round sign; always beside a name, never alone. */
export function Dot({ color }: { color: DotColor }) {
  return <span className={classes.dot} data-color={color} aria-hidden="true" />
}

interface TagProps {
  name: string
  color?: DotColor
  onRemove?: () => void
}

export function Tag({ name, color, onRemove }: TagProps) {
  return (
    <span className={classes.tag}>
      {color !== undefined && <Dot color={color} />}
      <span>{name}</span>
      {onRemove !== undefined && (
        <button type="button" onClick={onRemove} aria-label={uiTexts.remove(name)}>
          <IconX size={12} stroke={1.6} />
        </button>
      )}
    </span>
  )
}

export function AddTag({ children, ...rest }: Omit<ComponentProps<'button'>, 'className'>) {
  return (
    <button {...rest} type="button" className={cx(classes.tag, classes.tagAdd)}>
      <IconPlus size={12} stroke={1.6} aria-hidden="true" />
      {children}
    </button>
  )
}
