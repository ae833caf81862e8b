import type { ComponentProps, MouseEvent, ReactNode } from 'react'
import { cx } from './classes'
import classes from './IconButton.module.css'
import { Tip } from './Tip'

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'disabled' | 'aria-label' | 'children'> {
  /** What it does, for the tooltip and for screen readers. */
  label: string
  icon: ReactNode
  shortcut?: string
  size?: 'sm' | 'md'
  tone?: 'warn'
  /** Given for a button that stays pressed. */
  pressed?: boolean
  disabledReason?: string
}

/** An icon that can be pressed: always with a label and a tooltip. */
export function IconButton({
  label,
  icon,
  shortcut,
  size = 'md',
  tone,
  pressed,
  disabledReason,
  className,
  onClick,
  type = 'button',
  ...rest
}: IconButtonProps) {
  const off = disabledReason !== undefined
  const click = (event: MouseEvent<HTMLButtonElement>) => {
    if (off) event.preventDefault()
    else onClick?.(event)
  }
  return (
    <Tip label={disabledReason === undefined ? label : `${label}: ${disabledReason}`} shortcut={off ? undefined : shortcut}>
      <button
        {...rest}
        type={type}
        className={cx(
          classes.button,
          size === 'sm' && classes.small,
          tone === 'warn' && classes.warn,
          pressed && classes.on,
          className,
        )}
        aria-label={label}
        aria-pressed={pressed}
        aria-disabled={off || undefined}
        onClick={click}
      >
        {icon}
      </button>
    </Tip>
  )
}
