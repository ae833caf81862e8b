import { initials, personColor } from '../lib/people'
import { uiTexts } from '../texts/ui'
import classes from './Avatar.module.css'
import { cx } from './classes'

interface AvatarProps {
  name: string
  size?: 20 | 24 | 28 | 32
  /** A ring: this person is here now. */
  live?: boolean
  /** The name stands beside it, so it is not read twice. */
  decorative?: boolean
}

/** Initials of a person, always in the same one of six colours. */
export function Avatar({ name, size = 24, live = false, decorative = false }: AvatarProps) {
  const named = decorative ? { 'aria-hidden': true } : { role: 'img', 'aria-label': name, title: name }
  return (
    <span
      className={cx(classes.avatar, live && classes.live)}
      data-size={size}
      data-color={personColor(name)}
      {...named}
    >
      {initials(name)}
    </span>
  )
}

interface AvatarGroupProps {
  names: readonly string[]
  /** How many are drawn; the rest becomes a count. */
  max?: number
  size?: 20 | 24 | 28 | 32
}

export function AvatarGroup({ names, max = 4, size = 24 }: AvatarGroupProps) {
  const shown = names.slice(0, names.length > max ? max - 1 : max)
  const rest = names.length - shown.length
  return (
    <span className={classes.group}>
      {shown.map((name) => (
        <Avatar key={name} name={name} size={size} />
      ))}
      {rest > 0 && <span className={classes.more}>{uiTexts.more(rest)}</span>}
    </span>
  )
}
