import { IconCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useId } from 'react'
import classes from './Check.module.css'
import { cx } from './classes'

interface ToggleProps {
  label: ReactNode
  hint?: string
  checked: boolean
  onChange: (checked: boolean) => void
  name?: string
  /** Why it cannot be changed; shown in place of the hint. */
  disabledReason?: string
}

export function CheckBox({ label, hint, checked, onChange, name, disabledReason }: ToggleProps) {
  const off = disabledReason !== undefined
  return (
    <label className={classes.line} data-off={off || undefined}>
      <span className={classes.checkBox}>
        <input
          type="checkbox"
          className={classes.check}
          name={name}
          checked={checked}
          disabled={off}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <IconCheck size={12} stroke={3} aria-hidden="true" />
      </span>
      <Words label={label} hint={disabledReason ?? hint} />
    </label>
  )
}

export function SwitchField({ label, hint, checked, onChange, name, disabledReason }: ToggleProps) {
  const off = disabledReason !== undefined
  return (
    <label className={classes.line} data-off={off || undefined}>
      <input
        type="checkbox"
        role="switch"
        className={classes.switch}
        name={name}
        checked={checked}
        disabled={off}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <Words label={label} hint={disabledReason ?? hint} />
    </label>
  )
}

export interface RadioOption<T extends string> {
  value: T
  label: ReactNode
  hint?: string
}

interface RadioGroupProps<T extends string> {
  label: string
  labelHidden?: boolean
  options: readonly RadioOption<T>[]
  value: T
  onChange: (value: T) => void
  column?: boolean
}

export function RadioGroup<T extends string>(props: RadioGroupProps<T>) {
  const { label, labelHidden = false, options, value, onChange, column = false } = props
  const name = useId()
  return (
    <fieldset className={cx(classes.group, column && classes.column)} aria-label={labelHidden ? label : undefined}>
      {!labelHidden && <legend className={classes.legend}>{label}</legend>}
      {options.map((option) => (
        <label key={option.value} className={classes.line}>
          <input
            type="radio"
            className={classes.radio}
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <Words label={option.label} hint={option.hint} />
        </label>
      ))}
    </fieldset>
  )
}

function Words({ label, hint }: { label: ReactNode; hint?: string }) {
  return (
    <span className={classes.words}>
      {label}
      {hint !== undefined && <span className={classes.hint}>{hint}</span>}
    </span>
  )
}
