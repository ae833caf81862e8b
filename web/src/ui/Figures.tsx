import type { ReactNode } from 'react'
import classes from './Figures.module.css'

export interface Figure {
  label: string
  value: ReactNode
  /** One line of what it means. */
  meaning?: ReactNode
  tone?: 'err' | 'warn'
  /** Given where the figure filters the list below. */
  chosen?: boolean
  onChoose?: () => void
}

/** Up to five figures in one frame. */
export function Figures({ figures }: { figures: readonly Figure[] }) {
  return (
    <div className={classes.figures}>
      {figures.map((figure) =>
        figure.onChoose === undefined ? (
          <div key={figure.label} className={classes.cell}>
            <Inside figure={figure} />
          </div>
        ) : (
          <button
            key={figure.label}
            type="button"
            className={classes.cell}
            aria-pressed={figure.chosen ?? false}
            onClick={figure.onChoose}
          >
            <Inside figure={figure} />
          </button>
        ),
      )}
    </div>
  )
}

function Inside({ figure }: { figure: Figure }) {
  return (
    <>
      <span className={classes.label}>{figure.label}</span>
      <b className={classes.figure}>{figure.value}</b>
      <span className={classes.meaning} data-tone={figure.tone}>
        {figure.meaning}
      </span>
    </>
  )
}
