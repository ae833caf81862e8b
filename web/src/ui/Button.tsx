import type { ComponentProps, MouseEvent, ReactNode, Ref } from 'react'
import { Arc } from './Arc'
import classes from './Button.module.css'
import { cx } from './classes'
import { Tip } from './Tip'

export type ButtonVariant = 'filled' | 'default' | 'subtle' | 'danger' | 'danger-filled'
export type ButtonSize = 'xs' | 'sm' | 'md' | 'lg'

const variantClass: Record<ButtonVariant, string | undefined> = {
  filled: classes.filled,
  default: undefined,
  subtle: classes.subtle,
  danger: classes.danger,
  'danger-filled': classes.dangerFilled,
}

/** Class of a link that looks like a button. */
export function buttonClass(variant: ButtonVariant = 'default', size: ButtonSize = 'md', block = false): string {
  return cx(classes.button, variantClass[variant], size !== 'md' && classes[size], block && classes.block)
}

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'disabled' | 'ref'> {
  variant?: ButtonVariant
  size?: ButtonSize
  /** Stands before the words, 16 px (14 in small buttons). */
  icon?: ReactNode
  iconAfter?: ReactNode
  block?: boolean
  /** What it is doing, such as "Saving". Meanwhile it cannot be pressed and keeps its width. */
  busy?: string
  /** Why it cannot be pressed now. The button stays reachable, so that the reason can be read. */
  disabledReason?: string
  ref?: Ref<HTMLButtonElement>
}

export function Button({
  variant = 'default',
  size = 'md',
  icon,
  iconAfter,
  block,
  busy,
  disabledReason,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  const off = disabledReason !== undefined || busy !== undefined
  const click = (event: MouseEvent<HTMLButtonElement>) => {
    if (off) event.preventDefault()
    else onClick?.(event)
  }
  const words = (
    <>
      {icon}
      {children}
      {iconAfter}
    </>
  )
  const button = (
    <button
      {...rest}
      type={type}
      className={cx(buttonClass(variant, size, block), className)}
      aria-disabled={off || undefined}
      aria-busy={busy !== undefined || undefined}
      onClick={click}
    >
      {busy === undefined ? (
        words
      ) : (
        <span className={classes.words}>
          <span className={classes.gone} aria-hidden="true">
            {words}
          </span>
          <span>
            <Arc />
            {busy}
          </span>
        </span>
      )}
    </button>
  )
  return disabledReason === undefined ? button : <Tip label={disabledReason}>{button}</Tip>
}
