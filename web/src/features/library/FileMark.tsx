import { useIsStopped, useScanState } from '../../api/file-state'
import { useFileJob } from '../../api/live-store'
import type { ScanState } from '../../lib/scan-state'
import { libraryTexts as t } from '../../texts/library'
import { scanTexts } from '../../texts/scans'
import { type Status, StatusMark } from '../../ui/StatusMark'
import type { Paper } from './model'

const marks: Record<string, Status> = {
  waiting: 'waiting',
  reading: 'working',
  read: 'ready',
  poor_text: 'warn',
  no_text: 'scanned',
  locked: 'locked',
  failed: 'failed',
  other: 'ready',
}

const scanMarks: Record<ScanState['kind'], Status> = {
  recognising: 'working',
  queued: 'scanned',
  recognised: 'doubtful',
  nothing: 'scanned',
  off: 'scanned',
}

const noFile = { state: 'other' } as const

interface FileMarkProps {
  library: number
  paper: Paper
  /** Draws the words, too. */
  words?: boolean
}

/** How far the reader got with a paper's PDF; follows its job live. */
export function FileMark({ library, paper, words = false }: FileMarkProps) {
  const job = useFileJob(library, paper.file?.key)
  const { file } = paper
  const stopped = useIsStopped(library, file?.key ?? '', file ?? noFile, paper.date_modified)
  const scan = useScanState(library, file?.key, file ?? undefined)
  if (file === undefined || file === null) return <StatusMark status="absent" label={t.file.none} iconOnly={!words} />
  if (stopped) return <StatusMark status="warn" label={t.file.stopped} iconOnly={!words} />
  if (job?.state === 'running' && (file.state === 'waiting' || file.state === 'reading')) {
    const label = job.pages !== undefined && job.pages > 0 ? t.file.readingPage(job.page ?? 0, job.pages) : t.file.reading
    return <StatusMark status="working" label={label} iconOnly={!words} />
  }
  if (file.state === 'read' && scan === null && Object.keys(paper.doubts ?? {}).length > 0) {
    return <StatusMark status="doubtful" label={t.file.doubtful} iconOnly={!words} />
  }
  if (scan !== null && (scan.kind !== 'nothing' || file.state === 'no_text')) {
    return <StatusMark status={scanMarks[scan.kind]} label={scanTexts.mark(scan)} iconOnly={!words} isLong />
  }
  const label = file.state === 'failed' && file.error ? file.error.message : t.file[file.state]
  return <StatusMark status={marks[file.state] ?? 'ready'} label={label} iconOnly={!words} />
}
