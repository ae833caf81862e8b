import type { KeyboardEvent, ReactNode } from 'react'
import { useRef } from 'react'
import classes from './Segmented.module.css'

export interface Choice<T extends string> {
  value: T
  label: ReactNode
  /** Drawn quietly after the label. */
  count?: number
}

interface ChoiceProps<T extends string> {
  label: string
  choices: readonly Choice<T>[]
  value: T
  onChange: (value: T) => void
}

/** Arrow keys move among the choices; only the chosen one is a tab stop. */
function useRoving<T extends string>({ choices, value, onChange }: ChoiceProps<T>) {
  const place = useRef<HTMLDivElement>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    const now = choices.findIndex((choice) => choice.value === value)
    const next = nextIndex(event.key, now, choices.length)
    const choice = next === undefined ? undefined : choices[next]
    if (next === undefined || choice === undefined) return
    event.preventDefault()
    onChange(choice.value)
    place.current?.querySelectorAll('button')[next]?.focus()
  }
  return { place, onKeyDown }
}

function nextIndex(key: string, now: number, count: number): number | undefined {
  if (key === 'ArrowRight' || key === 'ArrowDown') return (now + 1) % count
  if (key === 'ArrowLeft' || key === 'ArrowUp') return (now - 1 + count) % count
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  return undefined
}

/** One of a few, drawn as one control. */
export function Segmented<T extends string>(props: ChoiceProps<T>) {
  const { label, choices, value, onChange } = props
  const { place, onKeyDown } = useRoving(props)
  return (
    <div ref={place} className={classes.segments} role="radiogroup" aria-label={label} onKeyDown={onKeyDown}>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          role="radio"
          aria-checked={choice.value === value}
          tabIndex={choice.value === value ? 0 : -1}
          className={classes.segment}
          onClick={() => onChange(choice.value)}
        >
          {choice.label}
        </button>
      ))}
    </div>
  )
}

interface TabsProps<T extends string> extends ChoiceProps<T> {
  /** Panels get `${panel}-${value}` as their id and `${panel}-${value}-tab` as their label's. */
  panel: string
}

export function Tabs<T extends string>({ panel, ...props }: TabsProps<T>) {
  const { label, choices, value, onChange } = props
  const { place, onKeyDown } = useRoving(props)
  return (
    <div ref={place} className={classes.tabs} role="tablist" aria-label={label} onKeyDown={onKeyDown}>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          role="tab"
          id={`${panel}-${choice.value}-tab`}
          aria-controls={choice.value === value ? `${panel}-${choice.value}` : undefined}
          aria-selected={choice.value === value}
          tabIndex={choice.value === value ? 0 : -1}
          className={classes.tab}
          onClick={() => onChange(choice.value)}
        >
          {choice.label}
          {choice.count !== undefined && <span>{choice.count.toLocaleString('en-GB')}</span>}
        </button>
      ))}
    </div>
  )
}
