import { IconAlertCircle, IconChevronDown, IconEye, IconEyeOff } from '@tabler/icons-react'
import type { ComponentProps, ReactNode, Ref } from 'react'
import { useId, useState } from 'react'
import { uiTexts } from '../texts/ui'
import { cx } from './classes'
import classes from './Field.module.css'
import { IconButton } from './IconButton'

interface FieldFrame {
  /** Shown above the field; always there, also for screen readers. */
  label: string
  /** The label is read aloud but not drawn, where the place says it already. */
  labelHidden?: boolean
  hint?: ReactNode
  /** Replaces the hint; says what would be right. */
  error?: string | null
}

interface FrameProps extends FieldFrame {
  below?: ReactNode
  id: string
  children: ReactNode
}

/** Label above, hint or error below. */
function Frame({ id, label, labelHidden, hint, error, below, children }: FrameProps) {
  return (
    <div className={classes.field}>
      {!labelHidden && (
        <label className={classes.label} htmlFor={id}>
          {label}
        </label>
      )}
      {children}
      {below}
      {hasText(error) ? (
        <div className={classes.error} id={`${id}-note`} role="alert">
          <IconAlertCircle size={14} stroke={1.6} aria-hidden="true" />
          <span>{error}</span>
        </div>
      ) : (
        hint !== undefined && (
          <div className={classes.hint} id={`${id}-note`}>
            {hint}
          </div>
        )
      )}
    </div>
  )
}

function hasText(error: string | null | undefined): error is string {
  return error !== undefined && error !== null && error !== ''
}

interface Named {
  id: string
  label: string
  labelHidden?: boolean
  hint?: ReactNode
  error?: string | null
}

function labelling({ id, label, labelHidden, hint, error }: Named) {
  return {
    id,
    'aria-label': labelHidden ? label : undefined,
    'aria-invalid': hasText(error) || undefined,
    'aria-describedby': hasText(error) || hint !== undefined ? `${id}-note` : undefined,
  }
}

export interface TextFieldProps extends FieldFrame, Omit<ComponentProps<'input'>, 'size' | 'ref'> {
  /** Drawn inside, before the text. */
  icon?: ReactNode
  /** Drawn inside, after the text. */
  after?: ReactNode
  /** Drawn between the field and its hint. */
  below?: ReactNode
  small?: boolean
  /** A lighter outline, for filters. */
  quiet?: boolean
  ref?: Ref<HTMLInputElement>
}

export function TextField({
  label,
  labelHidden,
  hint,
  error,
  icon,
  after,
  below,
  small,
  quiet,
  className,
  id: given,
  ...rest
}: TextFieldProps) {
  const made = useId()
  const id = given ?? made
  return (
    <Frame id={id} label={label} labelHidden={labelHidden} hint={hint} error={error} below={below}>
      <div
        className={cx(classes.box, small && classes.small, quiet && classes.quiet, className)}
        data-invalid={hasText(error) || undefined}
      >
        {icon}
        <input {...rest} {...labelling({ id, label, labelHidden, hint, error })} className={classes.input} />
        {after}
      </div>
    </Frame>
  )
}

/** A password that can be looked at. */
export function PasswordField(props: Omit<TextFieldProps, 'type' | 'after'>) {
  const [shown, setShown] = useState(false)
  const toggle = (
    <IconButton
      size="sm"
      label={shown ? uiTexts.hidePassword : uiTexts.showPassword}
      icon={shown ? <IconEyeOff size={16} stroke={1.6} /> : <IconEye size={16} stroke={1.6} />}
      onClick={() => setShown(!shown)}
    />
  )
  return <TextField spellCheck={false} {...props} type={shown ? 'text' : 'password'} after={toggle} />
}

export interface TextAreaProps extends FieldFrame, Omit<ComponentProps<'textarea'>, 'ref'> {
  ref?: Ref<HTMLTextAreaElement>
}

export function TextArea({ label, labelHidden, hint, error, className, id: given, ...rest }: TextAreaProps) {
  const made = useId()
  const id = given ?? made
  return (
    <Frame id={id} label={label} labelHidden={labelHidden} hint={hint} error={error}>
      <div className={cx(classes.box, classes.tall, className)} data-invalid={hasText(error) || undefined}>
        <textarea {...rest} {...labelling({ id, label, labelHidden, hint, error })} className={classes.input} />
      </div>
    </Frame>
  )
}

export interface SelectOption<T extends string> {
  value: T
  label: string
}

export interface SelectFieldProps<T extends string>
  extends FieldFrame,
    Omit<ComponentProps<'select'>, 'onChange' | 'value' | 'children'> {
  value: T
  options: readonly SelectOption<T>[]
  onChange: (value: T) => void
  small?: boolean
}

export function SelectField<T extends string>({
  label,
  labelHidden,
  hint,
  error,
  value,
  options,
  onChange,
  small,
  className,
  id: given,
  ...rest
}: SelectFieldProps<T>) {
  const made = useId()
  const id = given ?? made
  const choose = (text: string) => {
    const option = options.find((each) => each.value === text)
    if (option !== undefined) onChange(option.value)
  }
  return (
    <Frame id={id} label={label} labelHidden={labelHidden} hint={hint} error={error}>
      <span className={cx(classes.selectBox, small && classes.small, className)}>
        <select
          {...rest}
          {...labelling({ id, label, labelHidden, hint, error })}
          className={classes.select}
          value={value}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <IconChevronDown size={14} stroke={1.6} aria-hidden="true" />
      </span>
    </Frame>
  )
}
