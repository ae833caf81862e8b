// What the tray shows, derived from the tasks.
import { useMemo, useRef, useSyncExternalStore } from 'react'
import { type BatchSums, ratePerSecond, type Sample, secondsLeft, sumUp, withSample } from '../../lib/upload-batch'
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
  const samples = useRef<{ tasks: unknown; bytes: Sample[]; pages: Sample[] }>({ tasks: null, bytes: [], pages: [] })
  if (samples.current.tasks !== tasks) {
    const at = Date.now()
    const sent = tasks.reduce((sum, task) => sum + task.sentBytes, 0)
    samples.current = {
      tasks,
      bytes: withSample(samples.current.bytes, { at, value: sent }),
      pages: withSample(samples.current.pages, { at, value: sums.pagesRead }),
    }
  }
  const bytesPerSecond = positive(ratePerSecond(samples.current.bytes))
  const pagesPerSecond = positive(ratePerSecond(samples.current.pages))
  return {
    tasks,
    sums,
    status,
    pagesPerSecond,
    secondsLeft: secondsLeft(sums, bytesPerSecond, pagesPerSecond),
    sendSecondsLeft: bytesPerSecond === null ? null : sums.bytesToSend / bytesPerSecond,
  }
}

function positive(rate: number | null): number | null {
  return rate !== null && rate > 0 ? rate : null
}
