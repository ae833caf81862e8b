import {
  IconArrowsDiagonal,
  IconArrowsDiagonalMinimize2,
  IconMinus,
  IconPlayerPause,
  IconPlayerPlay,
  IconShieldCheck,
  IconX,
} from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { formatCount } from '../../lib/format'
import { type BatchSums, cellOf, groupOf, inOrder, sumParts } from '../../lib/upload-batch'
import type { UploadTask } from '../../lib/upload-task'
import { uploadTexts as t } from '../../texts/upload'
import { Button } from '../../ui/Button'
import { Chip } from '../../ui/Chip'
import { SwitchField } from '../../ui/Check'
import { cx } from '../../ui/classes'
import { IconButton } from '../../ui/IconButton'
import { ProgressBar } from '../../ui/ProgressBar'
import classes from './Tray.module.css'
import type { TraySize } from './tray-size'
import { TrayList } from './TrayList'
import type { RowActs } from './TrayRow'
import type { UploadView } from './use-uploads'

const mostCells = 200

export interface TrayProps {
  view: UploadView
  place: string
  size: Exclude<TraySize, 'line'>
  acts: RowActs & TrayActs
  onSize: (size: TraySize) => void
  /** Drawn as a sheet on phones: no frame of its own. */
  isSheet?: boolean
}

export interface TrayActs {
  onPause: () => void
  onResume: () => void
  onDismiss: () => void
  onRetryAll: () => void
  onCancelAll: () => void
  onFolders: (on: boolean) => void
  onAllowHandles: () => void
  onChooseFiles: () => void
  onChooseFolder: () => void
  onForgetMissing: () => void
}

/** All files of the batch with their states: half open what needs a person, whole every file. */
export function Tray({ view, place, size, acts, onSize, isSheet = false }: TrayProps) {
  const { sums, tasks } = view
  const [filter, setFilter] = useState<FilterName>('problems')
  const rows = useMemo(() => chosenRows(tasks, filter, size), [tasks, filter, size])
  const isOver = sums.ended === sums.total
  return (
    <section
      className={cx(classes.tray, size === 'half' && classes.half, isSheet && classes.sheet)}
      aria-label={t.trayLabel}
      data-tray
    >
      <header className={classes.head}>
        <h2>{isOver ? t.added(sums.total) : t.adding(sums.total)}</h2>
        {size === 'whole' && place !== '' && <span className={classes.place}>{t.to(place)}</span>}
        <span className={classes.grow} />
        {sums.toSend > 0 && <PauseButton paused={view.status.paused} acts={acts} />}
        {!isSheet && (
          <IconButton
            size="sm"
            shortcut={t.sizeKey}
            label={size === 'half' ? t.larger : t.smaller}
            icon={
              size === 'half' ? (
                <IconArrowsDiagonal size={16} stroke={1.6} />
              ) : (
                <IconArrowsDiagonalMinimize2 size={16} stroke={1.6} />
              )
            }
            onClick={() => onSize(size === 'half' ? 'whole' : 'half')}
          />
        )}
        {isOver ? (
          <IconButton size="sm" label={t.close} icon={<IconX size={16} stroke={1.6} />} onClick={acts.onDismiss} />
        ) : (
          <IconButton
            size="sm"
            label={t.toLine}
            icon={<IconMinus size={16} stroke={1.6} />}
            onClick={() => onSize('line')}
          />
        )}
      </header>
      <div className={classes.progress}>
        <Figures view={view} isSmall={size === 'half'} />
        <Cells tasks={tasks} sums={sums} />
        <SafeLine view={view} isSmall={size === 'half'} />
        {view.status.hasFolders && (
          <SwitchField
            label={t.filesAsCollections}
            checked={view.status.foldersAsCollections}
            onChange={acts.onFolders}
          />
        )}
      </div>
      {size === 'whole' && <Filters sums={sums} filter={filter} onFilter={setFilter} />}
      <Missing tasks={tasks} handlesWait={view.status.handlesWait} acts={acts} />
      <TrayList rows={rows} all={tasks} acts={acts} isSmall={size === 'half'} />
      {size === 'whole' && (
        <footer className={classes.foot}>
          <span>{isOver ? t.sumLine(sums.total, sumParts(sums)) : t.foot}</span>
          {sums.groups.failed > 0 && (
            <Button size="sm" onClick={acts.onRetryAll}>
              {t.retryAll(sums.groups.failed)}
            </Button>
          )}
          {isSheet ? (
            <Button size="sm" onClick={acts.onChooseFiles}>
              {t.moreFiles}
            </Button>
          ) : (
            sums.toSend > 0 && (
              <Button size="sm" variant="subtle" onClick={acts.onCancelAll}>
                {t.cancelAll}
              </Button>
            )
          )}
        </footer>
      )}
    </section>
  )
}

function PauseButton({ paused, acts }: { paused: boolean; acts: TrayActs }) {
  return paused ? (
    <IconButton size="sm" label={t.goOn} icon={<IconPlayerPlay size={16} stroke={1.6} />} onClick={acts.onResume} />
  ) : (
    <IconButton size="sm" label={t.pause} icon={<IconPlayerPause size={16} stroke={1.6} />} onClick={acts.onPause} />
  )
}

function Figures({ view, isSmall }: { view: UploadView; isSmall: boolean }) {
  const { sums } = view
  const isOver = sums.ended === sums.total
  return (
    <div className={classes.figures}>
      <b className={classes.big}>{formatCount(sums.ended)}</b>
      <span className={classes.quiet}>{t.done(sums.total)}</span>
      <span className={classes.grow} />
      {!isOver && !isSmall && view.pagesPerSecond !== null && (
        <span className={classes.figure}>
          {formatCount(Math.round(view.pagesPerSecond))} <span className={classes.quiet}>{t.pagesPerSecond}</span>
        </span>
      )}
      {!isOver && !view.status.paused && view.secondsLeft !== null && view.secondsLeft > 0 && (
        <span className={classes.figure}>
          {t.about(view.secondsLeft)} <span className={classes.quiet}>{t.left}</span>
        </span>
      )}
    </div>
  )
}

/** One cell a file up to 200; above that one bar in parts. */
function Cells({ tasks, sums }: { tasks: readonly UploadTask[]; sums: BatchSums }) {
  const label = t.sumLine(sums.total, sumParts(sums))
  if (tasks.length > mostCells) {
    const share = (count: number) => count / sums.total
    return (
      <ProgressBar
        size={8}
        label={label}
        value={[
          { value: share(sums.groups.done), tone: 'ok' },
          { value: share(sums.groups.duplicate), tone: 'info' },
          { value: share(sums.groups.look + sums.groups.you), tone: 'warn' },
          { value: share(sums.groups.failed + sums.groups.refused), tone: 'err' },
          { value: share(sums.groups.noted), tone: 'plain' },
          { value: share(sums.groups.working) },
        ]}
      />
    )
  }
  const columns = Math.min(24, Math.max(1, tasks.length))
  return (
    <div
      className={classes.cells}
      style={{ gridTemplateColumns: `repeat(${columns}, 1fr)` }}
      role="img"
      aria-label={label}
    >
      {tasks.map((task) => {
        const cell = cellOf(task)
        return (
          <span key={cell.id} data-look={cell.look}>
            <i style={{ width: `${Math.round(cell.share * 100)}%` }} />
          </span>
        )
      })}
    </div>
  )
}

/** Whether the tab may be closed: before the last byte is up, when; after it, that it can. */
function SafeLine({ view, isSmall }: { view: UploadView; isSmall: boolean }) {
  const { sums, status } = view
  const waits = sums.groups.working + sums.groups.queued > 0
  let words: ReactNode
  if (status.paused && sums.toSend > 0) words = t.paused(sums.ended, sums.total)
  else if (sums.disconnected > 0) words = t.noConnection(sums.toSend)
  else if (sums.toSend > 0 && status.copiesRefused) words = t.noCopies
  else if (sums.toSend > 0)
    words = isSmall
      ? t.safeSoonShort(view.sendSecondsLeft)
      : t.safeSoon(sums.arrived, sums.toSend, view.sendSecondsLeft)
  else if (waits) words = t.mayClose
  else words = t.allDone
  return (
    <p className={classes.safe}>
      <IconShieldCheck size={16} stroke={1.6} aria-hidden="true" />
      <span>{words}</span>
    </p>
  )
}

type FilterName = 'all' | 'problems' | 'failed' | 'refused' | 'you' | 'look' | 'duplicate'

const narrow = ['failed', 'refused', 'you', 'look', 'duplicate'] as const
const dots = {
  failed: 'var(--sk-err)',
  refused: 'var(--sk-err)',
  you: 'var(--sk-warn)',
  look: 'var(--sk-warn)',
  duplicate: 'var(--sk-info)',
} as const

function Filters({
  sums,
  filter,
  onFilter,
}: {
  sums: BatchSums
  filter: FilterName
  onFilter: (filter: FilterName) => void
}) {
  return (
    <div className={classes.filters}>
      <Chip on={filter === 'all'} value={formatCount(sums.total)} onClick={() => onFilter('all')}>
        {t.all}
      </Chip>
      <Chip on={filter === 'problems'} onClick={() => onFilter('problems')}>
        {t.problemsFirst}
      </Chip>
      {narrow
        .filter((name) => sums.groups[name] > 0)
        .map((name) => (
          <Chip
            key={name}
            on={filter === name}
            icon={<span className={classes.dot} style={{ background: dots[name] }} />}
            value={formatCount(sums.groups[name])}
            onClick={() => onFilter(name)}
          >
            {t.filterNames[name]}
          </Chip>
        ))}
    </div>
  )
}

/** Files from an earlier visit: what is missing, and the two ways to go on. */
function Missing({ tasks, handlesWait, acts }: { tasks: readonly UploadTask[]; handlesWait: boolean; acts: TrayActs }) {
  const count = tasks.filter((task) => task.state.kind === 'missing').length
  if (count === 0) return null
  return (
    <div className={classes.missing}>
      <div className={classes.grow}>
        <b>{t.missingTitle(count)}</b>
        <span>{handlesWait ? t.handlesHint : t.missingHint}</span>
      </div>
      {handlesWait ? (
        <Button size="sm" onClick={acts.onAllowHandles}>
          {t.goOn}
        </Button>
      ) : (
        <>
          <Button size="sm" onClick={acts.onChooseFiles}>
            {t.takeAgain}
          </Button>
          <Button size="sm" variant="subtle" onClick={acts.onChooseFolder}>
            {t.folder}
          </Button>
        </>
      )}
      <Button size="sm" variant="subtle" onClick={acts.onForgetMissing}>
        {t.forget}
      </Button>
    </div>
  )
}

function chosenRows(tasks: readonly UploadTask[], filter: FilterName, size: TraySize): UploadTask[] {
  if (size === 'half') {
    return inOrder(tasks.filter((task) => narrow.some((name) => name === groupOf(task.state))))
  }
  if (filter === 'all') return [...tasks]
  if (filter === 'problems') return inOrder(tasks)
  const chosen = tasks.filter((task) => groupOf(task.state) === filter)
  return chosen.length > 0 ? chosen : inOrder(tasks)
}
