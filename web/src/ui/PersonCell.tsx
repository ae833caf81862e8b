import type { ReactNode } from 'react'
import { Avatar } from './Avatar'
import classes from './PersonCell.module.css'

interface PersonCellProps {
  name: string
  /** Badges behind the name. */
  badges?: ReactNode
  /** The second line. */
  children: ReactNode
}

/** A person in a table: initials, name, and what else names them. */
export function PersonCell({ name, badges, children }: PersonCellProps) {
  return (
    <div className={classes.person}>
      <Avatar name={name} size={28} decorative />
      <div>
        <div className={classes.name}>
          {name}
          {badges}
        </div>
        <div className={classes.second}>{children}</div>
      </div>
    </div>
  )
}
