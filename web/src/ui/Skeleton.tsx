import { cx } from './classes'
import classes from './Skeleton.module.css'

interface SkeletonBarProps {
  /** Of the thing that will stand here. */
  width: number | string
  tall?: boolean
}

/** A grey bar in place of what is still loading. Appears after 200 ms, without shimmer. */
export function SkeletonBar({ width, tall = false }: SkeletonBarProps) {
  return <span className={cx(classes.bar, tall && classes.tall)} style={{ width }} aria-hidden="true" />
}
