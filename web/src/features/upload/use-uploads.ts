// What the tray shows, derived from the tasks.
import { useMemo, useRef, useSyncExternalStore } from 'react'
import {
  type BatchSums,
  type EndGuess,
  mayTellTime,
  ratePerSecond,
  type Sample,
  secondsLeft,
  sumUp,
  withGuess,
  withSample,
} from '../../lib/upload-batch'
import type { UploadTask } from '../../lib/upload-task'
import type { UploadEngine, UploadStatus } from './engine'

export interface UploadView {
  tasks: readonly UploadTask[]
  sums: BatchSums
  status: UploadStatus
  pagesPerSecond: number | null
  /** Until everything is read. */
  secondsLeft: number | null
  /** Until the last byte is up. */
  sendSecondsLeft: number | null
}

export function useUploads(engine: UploadEngine): UploadView {
  const tasks = useSyncExternalStore(engine.store.subscribe, engine.store.snapshot)
  const status = useSyncExternalStore(engine.status.subscribe, engine.status.get)
  const sums = useMemo(() => sumUp(tasks), [tasks])
  const samples = useRef<Samples>(noSamples)
  if (samples.current.tasks !== tasks) samples.current = follow(samples.current, tasks, sums)
  const bytesPerSecond = positive(ratePerSecond(samples.current.bytes))
  const { guess } = samples.current
  return {
    tasks,
    sums,
    status,
    pagesPerSecond: positive(ratePerSecond(samples.current.pages)),
    secondsLeft: guess === null ? null : Math.max(1, (guess.end - Date.now()) / 1000),
    sendSecondsLeft: bytesPerSecond === null ? null : sums.bytesToSend / bytesPerSecond,
  }
}

interface Samples {
  tasks: readonly UploadTask[] | null
  bytes: readonly Sample[]
  pages: readonly Sample[]
  guess: EndGuess | null
}

const noSamples: Samples = { tasks: null, bytes: [], pages: [], guess: null }
/** Papers are read in bursts, so their speed is taken over a longer time than that of the bytes. */
const pagesWindowMs = 45_000

/** The speeds and the guess after a change. */
function follow(before: Samples, tasks: readonly UploadTask[], sums: BatchSums): Samples {
  const at = Date.now()
  const sent = tasks.reduce((sum, task) => sum + task.sentBytes, 0)
  const bytes = withSample(before.bytes, { at, value: sent })
  const pages = withSample(before.pages, { at, value: Math.max(sums.pagesRead, highest(before.pages, sums)) }, pagesWindowMs)
  const left = mayTellTime(sums)
    ? secondsLeft(sums, positive(ratePerSecond(bytes)), positive(ratePerSecond(pages)))
    : null
  if (sums.ended === sums.total || !mayTellTime(sums)) return { tasks, bytes, pages, guess: null }
  return { tasks, bytes, pages, guess: left === null ? before.guess : withGuess(before.guess, left, at) }
}

/** A file counts no page for a moment between its last page and its record; that is no step back. */
function highest(pages: readonly Sample[], sums: BatchSums): number {
  const last = pages.at(-1)?.value ?? 0
  return sums.filesRead === 0 && sums.pagesRead === 0 ? 0 : last
}

function positive(rate: number | null): number | null {
  return rate !== null && rate > 0 ? rate : null
}
