import classes from './Arc.module.css'

interface ArcProps {
  size?: number
}

/** The turning arc of work going on; still where motion is not wanted. Say in words what goes on, too. */
export function Arc({ size = 16 }: ArcProps) {
  return (
    <svg className={classes.arc} width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d="M12 3a9 9 0 1 0 9 9" />
    </svg>
  )
}
