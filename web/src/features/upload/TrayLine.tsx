import { IconChevronUp, IconCloudOff, IconPlayerPause, IconX } from '@tabler/icons-react'
import { formatCount } from '../../lib/format'
import { uploadTexts as t } from '../../texts/upload'
import { Button } from '../../ui/Button'
import { IconButton } from '../../ui/IconButton'
import { ProgressBar } from '../../ui/ProgressBar'
import { StatusMark } from '../../ui/StatusMark'
import classes from './TrayLine.module.css'
import type { UploadView } from './use-uploads'

interface TrayLineProps {
  view: UploadView
  /** The tray is open: the line only says what came of it. */
  isOpen: boolean
  onShow: () => void
  onDismiss: () => void
  onTryNow: () => void
  onResume: () => void
}

/** The tray as one line of the status bar. */
export function TrayLine({ view, isOpen, onShow, onDismiss, onTryNow, onResume }: TrayLineProps) {
  const { sums, status } = view
  const isOver = sums.ended === sums.total
  const added = sums.groups.done + sums.groups.look
  if (isOpen)
    return <span className={classes.line}>{added > 0 ? t.addedJustNow(added) : t.reading(sums.total, sums.ended)}</span>
  return (
    <div className={classes.line}>
      {isOver ? (
        <>
          <StatusMark status="ok" label={t.ended(sums.total)} iconOnly />
          <span>
            {t.ended(sums.total)}, <b>{t.papersAdded(added)}</b>
          </span>
        </>
      ) : status.paused && sums.toSend > 0 ? (
        <>
          <IconPlayerPause size={16} stroke={1.6} aria-hidden="true" />
          <span>{t.paused(sums.ended, sums.total)}</span>
          <Button size="xs" variant="subtle" onClick={onResume}>
            {t.goOn}
          </Button>
        </>
      ) : sums.disconnected > 0 ? (
        <>
          <IconCloudOff size={16} stroke={1.6} aria-hidden="true" />
          <span>{t.noConnection(sums.toSend)}</span>
          <Button size="xs" variant="subtle" onClick={onTryNow}>
            {t.tryNow}
          </Button>
        </>
      ) : (
        <>
          <span className={classes.bar}>
            <ProgressBar
              label={t.reading(sums.total, sums.ended)}
              value={sums.total === 0 ? 0 : sums.ended / sums.total}
            />
          </span>
          <span>
            {t.adding(sums.total)}, <b>{formatCount(sums.ended)} done</b>
          </span>
          {view.secondsLeft !== null && view.secondsLeft > 0 && (
            <span className={classes.quiet}>{t.about(view.secondsLeft)}</span>
          )}
        </>
      )}
      <Problems view={view} />
      <span className={classes.end}>
        <Button size="xs" variant="subtle" icon={<IconChevronUp size={14} stroke={1.6} />} onClick={onShow}>
          {t.show}
        </Button>
        {isOver && <IconButton size="sm" label={t.close} icon={<IconX size={14} stroke={1.6} />} onClick={onDismiss} />}
      </span>
    </div>
  )
}

function Problems({ view }: { view: UploadView }) {
  const { groups } = view.sums
  const failed = groups.failed + groups.refused
  return (
    <>
      {failed > 0 && <StatusMark status="failed" label={t.failedCount(failed)} />}
      {groups.you > 0 && <StatusMark status="warn" label={t.youCount(groups.you)} />}
      {groups.look > 0 && <StatusMark status="doubtful" label={t.lookCount(groups.look)} />}
    </>
  )
}
