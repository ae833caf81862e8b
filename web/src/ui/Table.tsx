import type { ReactNode } from 'react'
import classes from './Table.module.css'

interface TableProps {
  label: string
  /** Heads of the columns; an empty one is read as nothing. */
  heads: readonly string[]
  /** Rows of `tr`. */
  children: ReactNode
}

/** A short framed table with heads, whose rows fold into blocks on phones. For long lists use a virtual one. */
export function Table({ label, heads, children }: TableProps) {
  return (
    <div className={classes.frame}>
      <table className={classes.table} data-stack aria-label={label}>
        <thead>
          <tr>
            {heads.map((head, index) => (
              <th key={index} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}
