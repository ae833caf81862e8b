/** Sums over many dropped files: how many stand where, how fast it goes, how long it takes. */

import { isEnded, isTransferring, type UploadState, type UploadTask } from './upload-task'

/** Where a file is listed; also the order of the list, problems first. */
export const GROUPS = ['failed', 'refused', 'you', 'look', 'duplicate', 'working', 'queued', 'done', 'noted'] as const

/** One group of {@link GROUPS}. `you` waits for the person, `noted` is left out without being a failure. */
export type Group = (typeof GROUPS)[number]

/** The group of a state. */
export function groupOf(state: UploadState): Group {
  switch (state.kind) {
    case 'failed':
      return 'failed'
    case 'refused':
      return 'refused'
    case 'locked':
    case 'missing':
    case 'signed_out':
    case 'parked':
      return 'you'
    case 'look':
      return 'look'
    case 'duplicate':
    case 'same_file':
      return 'duplicate'
    case 'checking':
    case 'sending':
    case 'retrying':
    case 'reading':
    case 'elsewhere':
      return 'working'
    case 'queued':
    case 'arrived':
      return 'queued'
    case 'ready':
      return 'done'
    case 'ignored':
    case 'later_version':
    case 'cancelled':
    case 'stopped':
      return 'noted'
  }
}

/** Counts that add up to `total`. */
export interface BatchSums {
  readonly total: number
  readonly groups: Readonly<Record<Group, number>>
  /** Among `noted`: left behind by a system, not the person's. */
  readonly ignored: number
  /** Among `noted`: bibliographies. */
  readonly later: number
  /** Among `noted`: taken back. */
  readonly cancelled: number
  /** Among `noted`: in the library, but their reading was stopped. */
  readonly stopped: number
  /** Files that need nothing more: everything with an end. */
  readonly ended: number
  /** Files whose bytes are all on the server. */
  readonly arrived: number
  /** Files whose bytes are still to go, as far as this tab can send them. */
  readonly toSend: number
  readonly bytesToSend: number
  /** Pages of files that are being read, as far as they are known. */
  readonly pagesRead: number
  readonly pagesLeft: number
  /** Files that were read to their end, and their pages. */
  readonly filesRead: number
  readonly pagesOfRead: number
  /** Files on the server whose pages are not counted yet. */
  readonly unread: number
  /** Waiting because the connection is gone. */
  readonly disconnected: number
}

/** Counts a batch (or several together). */
export function sumUp(tasks: Iterable<UploadTask>): BatchSums {
  const groups = Object.fromEntries(GROUPS.map((group) => [group, 0])) as Record<Group, number>
  const sums = {
    total: 0,
    ignored: 0,
    later: 0,
    cancelled: 0,
    stopped: 0,
    ended: 0,
    arrived: 0,
    toSend: 0,
    bytesToSend: 0,
    pagesRead: 0,
    pagesLeft: 0,
    filesRead: 0,
    pagesOfRead: 0,
    unread: 0,
    disconnected: 0,
  }
  for (const task of tasks) {
    const { state } = task
    sums.total += 1
    groups[groupOf(state)] += 1
    if (isEnded(state)) sums.ended += 1
    if (task.item !== null) sums.arrived += 1
    if (isTransferring(state) && state.kind !== 'missing' && state.kind !== 'elsewhere') {
      sums.toSend += 1
      sums.bytesToSend += task.sizeBytes - task.sentBytes
    }
    if (state.kind === 'retrying' && state.cause === 'connection') sums.disconnected += 1
    if (state.kind === 'ignored') sums.ignored += 1
    else if (state.kind === 'later_version') sums.later += 1
    else if (state.kind === 'cancelled') sums.cancelled += 1
    else if (state.kind === 'stopped') sums.stopped += 1
    else if (state.kind === 'reading' && state.pages > 0) {
      sums.pagesRead += state.page
      sums.pagesLeft += Math.max(0, state.pages - state.page)
    } else if (state.kind === 'arrived' || state.kind === 'reading') sums.unread += 1
    else if (task.item !== null && task.paper?.pages) {
      sums.pagesRead += task.paper.pages
      sums.pagesOfRead += task.paper.pages
      sums.filesRead += 1
    }
  }
  return { ...sums, groups }
}

/** A part of the sum line: how many, of what. */
export interface SumPart {
  readonly count: number
  readonly what:
    'ready' | 'look' | 'here' | 'you' | 'failed' | 'refused' | 'working' | 'later' | 'ignored' | 'cancelled' | 'stopped'
}

/** The parts of the sentence that adds up, without those that are nought. */
export function sumParts(sums: BatchSums): SumPart[] {
  const parts: SumPart[] = [
    { count: sums.groups.done, what: 'ready' },
    { count: sums.groups.look, what: 'look' },
    { count: sums.groups.duplicate, what: 'here' },
    { count: sums.groups.you, what: 'you' },
    { count: sums.groups.failed, what: 'failed' },
    { count: sums.groups.refused, what: 'refused' },
    { count: sums.groups.working + sums.groups.queued, what: 'working' },
    { count: sums.later, what: 'later' },
    { count: sums.stopped, what: 'stopped' },
    { count: sums.cancelled, what: 'cancelled' },
    { count: sums.ignored, what: 'ignored' },
  ]
  return parts.filter((part) => part.count > 0)
}

/** Tasks in the order of {@link GROUPS}; within a group as they came, ended ones last ended first. */
export function inOrder(tasks: readonly UploadTask[]): UploadTask[] {
  const rank = new Map(GROUPS.map((group, index) => [group, index]))
  return tasks
    .map((task, index) => ({ task, index, rank: rank.get(groupOf(task.state)) ?? 0, ended: task.endedAt ?? 0 }))
    .sort((a, b) => a.rank - b.rank || b.ended - a.ended || a.index - b.index)
    .map((entry) => entry.task)
}

/** One value at one time, for a rate over the last seconds. */
export interface Sample {
  readonly at: number
  readonly value: number
}

/** Adds a sample and forgets what is older than the window; values only ever grow (a drop starts anew). */
export function withSample(samples: readonly Sample[], sample: Sample, windowMs = 10_000): Sample[] {
  const last = samples.at(-1)
  const kept = last && sample.value < last.value ? [] : samples.filter((old) => old.at > sample.at - windowMs)
  return [...kept, sample]
}

/** Growth per second over the samples; `null` before a second has been seen. */
export function ratePerSecond(samples: readonly Sample[]): number | null {
  const first = samples[0]
  const last = samples.at(-1)
  if (!first || !last || last.at - first.at < 1000) return null
  return ((last.value - first.value) * 1000) / (last.at - first.at)
}

/** Seconds until all bytes are sent and all pages read; they go on side by side. `null` when it cannot be told. */
export function secondsLeft(
  sums: BatchSums,
  bytesPerSecond: number | null,
  pagesPerSecond: number | null,
  usualPages = sums.filesRead === 0 ? 14 : sums.pagesOfRead / sums.filesRead,
): number | null {
  const pages = sums.pagesLeft + (sums.unread + sums.toSend) * usualPages
  const sending = sums.bytesToSend === 0 ? 0 : bytesPerSecond ? sums.bytesToSend / bytesPerSecond : null
  const reading = pages === 0 ? 0 : pagesPerSecond ? pages / pagesPerSecond : null
  if (sending === null || reading === null) return null
  return Math.max(sending, reading)
}

/** Before so much is done, any time left would be a guess. */
export function mayTellTime(sums: BatchSums): boolean {
  return sums.ended > 0 && (sums.filesRead >= 3 || sums.ended * 10 >= sums.total)
}

/** When everything will be done, as it was reckoned last. */
export interface EndGuess {
  readonly at: number
  readonly end: number
}

const calmMs = 12_000

/** The next guess: moves towards the new reckoning slowly, so that the time shown does not jump. */
export function withGuess(before: EndGuess | null, seconds: number, at: number): EndGuess {
  const end = at + seconds * 1000
  if (before === null || at <= before.at) return before ?? { at, end }
  const weight = 1 - Math.exp((before.at - at) / calmMs)
  return { at, end: before.end + (end - before.end) * weight }
}

/** How a file's cell is drawn: its group, and how far the work under way has got (0 to 1). */
export interface Cell {
  readonly id: string
  readonly look: 'ok' | 'err' | 'warn' | 'dup' | 'reading' | 'sending' | 'waiting' | 'noted'
  readonly share: number
}

/** The cell of one file. */
export function cellOf(task: UploadTask): Cell {
  const { id, state } = task
  switch (groupOf(state)) {
    case 'failed':
    case 'refused':
      return { id, look: 'err', share: 1 }
    case 'you':
    case 'look':
      return { id, look: 'warn', share: 1 }
    case 'duplicate':
      return { id, look: 'dup', share: 1 }
    case 'done':
      return { id, look: 'ok', share: 1 }
    case 'noted':
      return { id, look: 'noted', share: 1 }
    case 'working':
    case 'queued':
      if (state.kind === 'reading')
        return { id, look: 'reading', share: state.pages > 0 ? state.page / state.pages : 0.05 }
      if (state.kind === 'arrived') return { id, look: 'waiting', share: 1 }
      return {
        id,
        look: task.sentBytes > 0 ? 'sending' : 'waiting',
        share: task.sizeBytes > 0 ? task.sentBytes / task.sizeBytes : 0,
      }
  }
}

/** Tenths that were reached since the last announcement: 0 to 10. */
export function tenth(sums: BatchSums): number {
  return sums.total === 0 ? 0 : Math.floor((sums.ended * 10) / sums.total)
}
