import { IconArrowLeft, IconX } from '@tabler/icons-react'
import { libraryTexts as t } from '../../texts/library'
import { IconButton } from '../../ui/IconButton'
import { SkeletonBar } from '../../ui/Skeleton'
import classes from './Details.module.css'

const rows = [190, 108, 152, 220, 138, 208]

/** Grey bars in the places of what is loading. */
export function DetailsLoading({ onClose, isPhone }: { onClose: () => void; isPhone: boolean }) {
  return (
    <>
      <div className={classes.top}>
        {isPhone && <IconButton label={t.back} icon={<IconArrowLeft size={20} stroke={1.6} />} onClick={onClose} />}
        <SkeletonBar width={120} />
        <span className={classes.grow} />
        {!isPhone && <IconButton label={t.closeDetails} icon={<IconX size={16} stroke={1.6} />} onClick={onClose} />}
      </div>
      <div className={classes.body} aria-busy="true">
        <p className={classes.bars}>
          <SkeletonBar width="94%" tall />
          <SkeletonBar width="58%" tall />
          <SkeletonBar width="80%" />
        </p>
        <div className={classes.rule} />
        {rows.map((width) => (
          <p key={width} className={classes.barRow}>
            <SkeletonBar width={44} />
            <SkeletonBar width={width} />
          </p>
        ))}
      </div>
    </>
  )
}
