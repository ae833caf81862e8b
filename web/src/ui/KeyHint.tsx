import { Fragment } from 'react'
import { cx } from './classes'
import classes from './KeyHint.module.css'

interface KeyHintProps {
  /** `Mod+K` together, `G L` in turn, `J / K` either. */
  keys: string
  /** As plain letters, for tooltips and menus. */
  plain?: boolean
}

const onMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)

const names: Record<string, string> = {
  Mod: onMac ? '⌘' : 'Ctrl',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Plus: '+',
  Minus: '−',
  ' ': 'Space',
}

/** A key as it is written on the keyboard of this person. */
export function keyName(key: string): string {
  return names[key] ?? key
}

export function KeyHint({ keys, plain = false }: KeyHintProps) {
  const steps = keys.split(' ')
  return (
    <span className={cx(classes.keys, plain && classes.plain)}>
      {steps.map((step, index) => {
        if (step === '/') return <span key={index}>/</span>
        const follows = index > 0 && steps[index - 1] !== '/'
        return (
          <Fragment key={index}>
            {follows && <span className={classes.then}>then</span>}
            {step.split('+').map((key) => (
              <kbd key={key} className={classes.key}>
                {keyName(key)}
              </kbd>
            ))}
          </Fragment>
        )
      })}
    </span>
  )
}
