import { IconRefresh, IconUpload, IconX } from '@tabler/icons-react'
import { memo, useEffect, useState } from 'react'
import type { FormEvent } from 'react'
import { middleCut } from '../../lib/file-names'
import { groupOf } from '../../lib/upload-batch'
import { isTransferring, type UploadTask } from '../../lib/upload-task'
import { stateLine, uploadTexts as t } from '../../texts/upload'
import { Button } from '../../ui/Button'
import { cx } from '../../ui/classes'
import { PasswordField } from '../../ui/Field'
import { IconButton } from '../../ui/IconButton'
import { ProgressBar } from '../../ui/ProgressBar'
import { type Status, StatusIcon } from '../../ui/StatusMark'
import classes from './Tray.module.css'

export interface RowActs {
  onRetry: (task: UploadTask) => void
  onTryNow: () => void
  onCancel: (task: UploadTask) => void
  onOpen: (library: number, key: string) => void
  onDetails: (library: number, key: string) => void
  /** Resolves to the server's words where the password does not fit. */
  onPassword: (task: UploadTask, password: string) => Promise<string | null>
  onSignIn: () => void
}

interface TrayRowProps {
  task: UploadTask
  twin: UploadTask | null
  acts: RowActs
  isSmall: boolean
}

/** One file: what it is, where it stands, what to do. */
export const TrayRow = memo(function TrayRow({ task, twin, acts, isSmall }: TrayRowProps) {
  const [unlocking, setUnlocking] = useState(false)
  const now = useClock(task.state.kind === 'retrying')
  const group = groupOf(task.state)
  const fresh = task.endedAt !== null && group === 'done' && now - task.endedAt < 2000
  return (
    <div className={cx(classes.row, fresh && classes.fresh)} data-state={task.state.kind}>
      <span className={classes.icon} data-group={group}>
        <RowIcon task={task} />
      </span>
      <div className={classes.words}>
        {task.paper !== null && task.paper.title !== '' ? (
          <span key="title" className={classes.title} title={task.paper.title}>
            {task.paper.title}
          </span>
        ) : (
          <span key="name" className={classes.name} title={[...task.folders, task.name].join('/')} dir="auto">
            {middleCut(task.name, 64)}
          </span>
        )}
        <span className={classes.line} data-group={group}>
          {stateLine(task, twin?.name ?? null, now)}
        </span>
        <RowBar task={task} />
        {unlocking && <Unlock task={task} acts={acts} onDone={() => setUnlocking(false)} />}
      </div>
      <Acts
        task={task}
        twin={twin}
        acts={acts}
        isSmall={isSmall}
        unlocking={unlocking}
        onUnlock={() => setUnlocking(true)}
      />
    </div>
  )
})

function RowIcon({ task }: { task: UploadTask }) {
  if (task.state.kind === 'sending' || task.state.kind === 'elsewhere')
    return <IconUpload size={16} stroke={1.6} aria-hidden="true" />
  return <StatusIcon status={statusOf(task)} />
}

function statusOf(task: UploadTask): Status {
  const { state } = task
  switch (state.kind) {
    case 'failed':
    case 'refused':
      return 'failed'
    case 'locked':
      return 'locked'
    case 'missing':
    case 'parked':
    case 'signed_out':
      return 'warn'
    case 'look':
      return 'doubtful'
    case 'duplicate':
    case 'same_file':
      return 'duplicate'
    case 'checking':
    case 'reading':
      return 'working'
    case 'ready':
      return state.text === 'none' ? 'scanned' : 'ok'
    case 'ignored':
    case 'later_version':
    case 'cancelled':
    case 'stopped':
      return 'absent'
    default:
      return 'waiting'
  }
}

function RowBar({ task }: { task: UploadTask }) {
  const { state } = task
  if (state.kind === 'reading' && state.pages > 0)
    return <ProgressBar label={t.rowsLabel} value={state.page / state.pages} />
  if (
    (state.kind === 'sending' || state.kind === 'elsewhere') &&
    task.sizeBytes > 0 &&
    task.sentBytes < task.sizeBytes
  ) {
    return <ProgressBar label={t.rowsLabel} value={task.sentBytes / task.sizeBytes} />
  }
  return null
}

interface ActsProps extends TrayRowProps {
  unlocking: boolean
  onUnlock: () => void
}

function Acts({ task, twin, acts, isSmall, unlocking, onUnlock }: ActsProps) {
  const { state, item, library } = task
  if (state.kind === 'locked' && item !== null) {
    return unlocking ? null : (
      <Button size="sm" onClick={onUnlock}>
        {t.enterPassword}
      </Button>
    )
  }
  if (state.kind === 'stopped') {
    return (
      <Button size="sm" onClick={() => acts.onRetry(task)}>
        {t.readIt}
      </Button>
    )
  }
  if (state.kind === 'failed' && state.retry !== null) {
    return (
      <Button size="sm" icon={<IconRefresh size={14} stroke={1.6} />} onClick={() => acts.onRetry(task)}>
        {state.retry === 'job' ? t.readAgain : t.retry}
      </Button>
    )
  }
  if (state.kind === 'retrying' || state.kind === 'parked') {
    return (
      <>
        <Button size="sm" onClick={acts.onTryNow}>
          {t.tryNow}
        </Button>
        <Cancel task={task} acts={acts} />
      </>
    )
  }
  if (state.kind === 'signed_out') {
    return (
      <Button size="sm" onClick={acts.onSignIn}>
        {t.signIn}
      </Button>
    )
  }
  const shown = item ?? twin?.item ?? null
  if (shown !== null && (state.kind === 'duplicate' || state.kind === 'same_file')) {
    return (
      <Button size="sm" onClick={() => acts.onDetails(library, shown)}>
        {t.details}
      </Button>
    )
  }
  if (shown !== null && state.kind === 'look') {
    return (
      <Button size="sm" onClick={() => acts.onDetails(library, shown)}>
        {t.details}
      </Button>
    )
  }
  if (state.kind === 'reading' && state.pages > 0)
    return <span className={classes.aside}>{`${state.page}/${state.pages}`}</span>
  if (isTransferring(state) && state.kind !== 'missing') return <Cancel task={task} acts={acts} />
  if (item !== null) {
    return (
      <span className={classes.open}>
        {!isSmall && <span className={classes.aside}>{middleCut(task.name, 20)}</span>}
        <Button size="sm" variant="subtle" onClick={() => acts.onDetails(library, item)}>
          {t.details}
        </Button>
      </span>
    )
  }
  return null
}

function Cancel({ task, acts }: { task: UploadTask; acts: RowActs }) {
  return (
    <IconButton
      size="sm"
      label={t.cancel}
      icon={<IconX size={14} stroke={1.6} />}
      onClick={() => acts.onCancel(task)}
    />
  )
}

function Unlock({ task, acts, onDone }: { task: UploadTask; acts: RowActs; onDone: () => void }) {
  const [password, setPassword] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (password === '') return
    setBusy(true)
    const fault = await acts.onPassword(task, password)
    setBusy(false)
    if (fault === null) onDone()
    else setError(fault)
  }
  return (
    <form className={classes.unlock} onSubmit={(event) => void submit(event)}>
      <PasswordField
        label={t.password}
        labelHidden
        small
        placeholder={t.password}
        autoFocus
        autoComplete="off"
        value={password}
        error={error}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Button size="sm" type="submit" busy={busy ? t.unlocking : undefined}>
        {t.unlock}
      </Button>
    </form>
  )
}

/** The time, kept current each second only while a countdown is shown. */
function useClock(isRunning: boolean): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (!isRunning) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [isRunning])
  return isRunning ? now : Date.now()
}
