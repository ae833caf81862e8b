/**
 * One dropped file on its way: which states it goes through, and what it ends as.
 *
 * Invariant: every file that was dropped has a task from the first moment on, and every task ends.
 */

/** Why a file is not sent, or not taken. */
export type Refusal = 'empty' | 'web_page' | 'not_pdf' | 'too_large' | 'unreadable' | 'server'

/** Why sending stands still for a moment. */
export type Pause = 'connection' | 'busy' | 'server'

/** Where a file stands. */
export type UploadState =
  | { readonly kind: 'checking' }
  | { readonly kind: 'ignored' }
  /** A bibliography beside the PDFs: a later version imports it. */
  | { readonly kind: 'later_version' }
  | { readonly kind: 'refused'; readonly reason: Refusal; readonly message?: string | undefined }
  /** The same file lies in this drop twice; `of` is the task that is sent. */
  | { readonly kind: 'same_file'; readonly of: string }
  /** Another tab of this browser sends it. */
  | { readonly kind: 'elsewhere' }
  /** Begun before this tab was opened; the file has to be taken again. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'queued' }
  | { readonly kind: 'sending' }
  | { readonly kind: 'retrying'; readonly at: number; readonly attempt: number; readonly cause: Pause }
  /** No room on the server (or in the quota); goes on by itself. */
  | { readonly kind: 'parked'; readonly message: string; readonly at: number }
  | { readonly kind: 'signed_out' }
  | { readonly kind: 'arrived' }
  | { readonly kind: 'reading'; readonly page: number; readonly pages: number }
  | { readonly kind: 'ready'; readonly text: TextQuality }
  | { readonly kind: 'look'; readonly fields: readonly string[] }
  | { readonly kind: 'duplicate'; readonly restored: boolean }
  | { readonly kind: 'locked' }
  /** A person stopped its reading; it lies in the library, unread. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly message: string; readonly retry: 'upload' | 'job' | null }
  | { readonly kind: 'cancelled' }

/** How much text a read file has; `other` is a file that is no PDF and was attached as it is. */
export type TextQuality = 'good' | 'poor' | 'none' | 'other'

/** A job that a person stopped, or one that gave up for a reason. */
export type JobFault = { readonly stopped: true } | { readonly stopped: false; readonly message: string }

/** What is shown of the paper that a file became. */
export interface PaperLine {
  readonly title: string
  readonly authors: string
  readonly year: string
  readonly venue: string
  readonly pages: number | null
}

/** One dropped file. */
export interface UploadTask {
  readonly id: string
  readonly batch: string
  readonly name: string
  readonly folders: readonly string[]
  readonly sizeBytes: number
  readonly lastModified: number
  readonly library: number
  readonly collection: string | null
  /** The paper that it is attached to, for supplements. */
  readonly parent: string | null
  readonly uploadUrl: string | null
  readonly sentBytes: number
  readonly item: string | null
  readonly attachment: string | null
  readonly job: number | null
  /** How its job ended without success: stopped, or why; the paper's record decides what that means for the file. */
  readonly jobFault: JobFault | null
  readonly paper: PaperLine | null
  readonly addedAt: number
  readonly endedAt: number | null
  readonly state: UploadState
}

/** What the paper's record says about the file that was read. */
export interface PaperNews {
  readonly line: PaperLine
  readonly fileState: string
  readonly error: string | null
  readonly doubts: readonly string[]
}

/** What can happen to a task. */
export type UploadEvent =
  | { readonly type: 'checked'; readonly state: UploadState }
  | { readonly type: 'started'; readonly uploadUrl?: string | undefined }
  | { readonly type: 'created'; readonly uploadUrl: string }
  | { readonly type: 'progress'; readonly sentBytes: number }
  | { readonly type: 'interrupted'; readonly at: number; readonly attempt: number; readonly cause: Pause }
  | { readonly type: 'parked'; readonly message: string; readonly at: number }
  | { readonly type: 'signed_out' }
  | { readonly type: 'elsewhere' }
  | { readonly type: 'missing' }
  | { readonly type: 'requeued' }
  | { readonly type: 'restarted' }
  | { readonly type: 'refused'; readonly reason: Refusal; readonly message: string }
  | { readonly type: 'upload_failed'; readonly message: string }
  | {
      readonly type: 'completed'
      readonly item: string
      readonly attachment: string
      readonly duplicateOf: string | null
      readonly restored: boolean
      readonly otherKind: boolean
      readonly now: number
    }
  | {
      readonly type: 'job'
      readonly job: number
      readonly state: string
      readonly page: number
      readonly pages: number
      readonly message: string | null
    }
  | { readonly type: 'paper'; readonly news: PaperNews; readonly now: number }
  | { readonly type: 'cancelled'; readonly now: number }

const TRANSFER = new Set<UploadState['kind']>([
  'checking',
  'missing',
  'elsewhere',
  'queued',
  'sending',
  'retrying',
  'parked',
  'signed_out',
])

/** The bytes are still to be sent, wholly or in part. */
export function isTransferring(state: UploadState): boolean {
  return TRANSFER.has(state.kind)
}

/** Nothing more happens to this task by itself. */
export function isEnded(state: UploadState): boolean {
  return !isTransferring(state) && state.kind !== 'arrived' && state.kind !== 'reading'
}

/** The task after an event; the same object where the event changes nothing or comes too late. */
export function next(task: UploadTask, event: UploadEvent): UploadTask {
  const to = (state: UploadState, more: Partial<UploadTask> = {}): UploadTask => ({ ...task, ...more, state })
  switch (event.type) {
    case 'checked':
      return task.state.kind === 'checking' ? to(event.state) : task
    case 'started':
      return isTransferring(task.state) ? to({ kind: 'sending' }) : task
    case 'created':
      return isTransferring(task.state) ? { ...task, uploadUrl: event.uploadUrl } : task
    case 'progress':
      return task.state.kind === 'sending' || task.state.kind === 'elsewhere'
        ? { ...task, sentBytes: Math.min(event.sentBytes, task.sizeBytes) }
        : task
    case 'interrupted':
      return isTransferring(task.state)
        ? to({ kind: 'retrying', at: event.at, attempt: event.attempt, cause: event.cause })
        : task
    case 'parked':
      return isTransferring(task.state) ? to({ kind: 'parked', message: event.message, at: event.at }) : task
    case 'signed_out':
      return isTransferring(task.state) ? to({ kind: 'signed_out' }) : task
    case 'elsewhere':
    case 'missing':
      return isTransferring(task.state) ? to({ kind: event.type }) : task
    case 'requeued':
      return isTransferring(task.state) || mayBeSentAgain(task.state) ? to({ kind: 'queued' }, { endedAt: null }) : task
    case 'restarted':
      return isTransferring(task.state) ? { ...task, uploadUrl: null, sentBytes: 0 } : task
    case 'refused':
      return isTransferring(task.state) ? to({ kind: 'refused', reason: event.reason, message: event.message }) : task
    case 'upload_failed':
      return isTransferring(task.state) ? to({ kind: 'failed', message: event.message, retry: 'upload' }) : task
    case 'completed':
      return isTransferring(task.state) ? completed(task, event) : task
    case 'job':
      return afterJob(task, event)
    case 'paper':
      return afterPaper(task, event.news, event.now)
    case 'cancelled':
      return isEnded(task.state) ? task : to({ kind: 'cancelled' }, { endedAt: event.now })
  }
}

function mayBeSentAgain(state: UploadState): boolean {
  return state.kind === 'failed' && state.retry === 'upload'
}

function completed(task: UploadTask, event: Extract<UploadEvent, { type: 'completed' }>): UploadTask {
  const sent = { ...task, sentBytes: task.sizeBytes, item: event.item, attachment: event.attachment }
  if (event.duplicateOf !== null)
    return { ...sent, state: { kind: 'duplicate', restored: event.restored }, endedAt: event.now }
  if (event.otherKind) return { ...sent, state: { kind: 'ready', text: 'other' }, endedAt: event.now }
  return { ...sent, state: { kind: 'arrived' } }
}

const MAY_BE_READ = new Set<UploadState['kind']>(['arrived', 'reading', 'stopped', 'failed', 'locked'])

function afterJob(task: UploadTask, event: Extract<UploadEvent, { type: 'job' }>): UploadTask {
  const { kind } = task.state
  if (!MAY_BE_READ.has(kind)) return task
  if (event.state === 'running')
    return {
      ...task,
      job: event.job,
      jobFault: null,
      endedAt: null,
      state: { kind: 'reading', page: event.page, pages: event.pages },
    }
  if (event.state === 'queued')
    return kind === 'locked'
      ? task
      : { ...task, job: event.job, jobFault: null, endedAt: null, state: { kind: 'arrived' } }
  if (event.state === 'failed')
    return { ...task, job: event.job, jobFault: { stopped: false, message: event.message ?? '' } }
  if (event.state === 'cancelled') return { ...task, job: event.job, jobFault: { stopped: true } }
  return { ...task, job: event.job }
}

function afterPaper(task: UploadTask, news: PaperNews, now: number): UploadTask {
  if (task.item === null || isTransferring(task.state) || task.state.kind === 'cancelled') return task
  const named = { ...task, paper: news.line }
  if (task.state.kind === 'duplicate' || (task.state.kind === 'ready' && task.state.text === 'other')) return named
  const state = outcome(news, task)
  return { ...named, state, endedAt: isEnded(state) ? (task.endedAt ?? now) : null }
}

function outcome(news: PaperNews, task: UploadTask): UploadState {
  const before = task.state
  const unread = news.fileState === 'waiting' || news.fileState === 'reading'
  const fault = task.jobFault
  if (unread && fault !== null)
    return fault.stopped ? { kind: 'stopped' } : { kind: 'failed', message: fault.message, retry: 'job' }
  switch (news.fileState) {
    case 'waiting':
      return before.kind === 'reading' || before.kind === 'failed' ? before : { kind: 'arrived' }
    case 'reading':
      return before.kind === 'reading' ? before : { kind: 'reading', page: 0, pages: news.line.pages ?? 0 }
    case 'locked':
      return { kind: 'locked' }
    case 'failed':
      return { kind: 'failed', message: news.error ?? 'This file cannot be read.', retry: 'job' }
    case 'other':
      return { kind: 'ready', text: 'other' }
    case 'no_text':
      return { kind: 'ready', text: 'none' }
    default:
      if (news.doubts.length > 0) return { kind: 'look', fields: news.doubts }
      return { kind: 'ready', text: news.fileState === 'poor_text' ? 'poor' : 'good' }
  }
}
