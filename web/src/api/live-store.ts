// What is known live: the connection, the version of each library, the jobs and how far they are.
import { useSyncExternalStore } from 'react'
import type { LiveMessage, PresentPerson, Progress } from './live-messages'
import type { Job, LibraryId } from './types'

export type Connection =
  | { state: 'off' }
  | { state: 'connecting' }
  | { state: 'open'; by: 'websocket' | 'event-stream' }
  /** Lost; the next try comes at `retryAt` (milliseconds since 1970). */
  | { state: 'lost'; since: number; retryAt: number }

export interface LiveState {
  connection: Connection
  /** True once a connection was open; before that a missing one is only slow. */
  wasOpen: boolean
  versions: Readonly<Record<LibraryId, number>>
  jobs: ReadonlyMap<string, Job>
  /** Newest job of each file, by `fileId`. */
  byFile: ReadonlyMap<string, Job>
  presence: Readonly<Record<LibraryId, readonly PresentPerson[]>>
}

export const emptyLiveState: LiveState = {
  connection: { state: 'off' },
  wasOpen: false,
  versions: {},
  jobs: new Map(),
  byFile: new Map(),
  presence: {},
}

/** How a file is named across libraries. */
export function fileId(library: LibraryId, key: string): string {
  return `${library}/${key}`
}

/** The state after a message. */
export function applyMessage(state: LiveState, message: LiveMessage): LiveState {
  switch (message.type) {
    case 'jobs':
      return withJobs(state, message.jobs)
    case 'job':
      return withJobs(state, [message.job])
    case 'progress':
      return withProgress(state, message)
    case 'change':
    case 'reset':
      return withVersion(state, message.library, message.version)
    case 'presence':
      return { ...state, presence: { ...state.presence, [message.library]: message.people } }
    case 'hello':
    case 'heartbeat':
    case 'notification':
    case 'access':
    case 'restarting':
      return state
  }
}

function withVersion(state: LiveState, library: LibraryId, version: number): LiveState {
  if ((state.versions[library] ?? -1) >= version) return state
  return { ...state, versions: { ...state.versions, [library]: version } }
}

function withJobs(state: LiveState, changed: readonly Job[]): LiveState {
  if (changed.length === 0) return state
  const jobs = new Map(state.jobs)
  const byFile = new Map(state.byFile)
  for (const job of changed) {
    jobs.set(String(job.id), job)
    if (job.library === undefined || job.key === undefined) continue
    const file = fileId(job.library, job.key)
    const before = byFile.get(file)
    if (before === undefined || !isOlder(job, before)) byFile.set(file, job)
  }
  return { ...state, jobs, byFile }
}

/** A job of which nothing but its progress has come yet. */
const newlyHeard = { kind: 'parse', state: 'running', attempt: 1, run_at: '', created_at: '' } as const

/** Progress of a job that has ended comes too late and is left out. */
function withProgress(state: LiveState, { id, library, key, page, pages }: Progress): LiveState {
  const known: Job = state.jobs.get(String(id)) ?? { ...newlyHeard, id, library, key }
  if (known.state !== 'running' && known.state !== 'queued') return state
  return withJobs(state, [{ ...known, state: 'running', page, pages }])
}

function isOlder(job: Job, other: Job): boolean {
  return job.id !== other.id && Number(job.id) < Number(other.id)
}

let state = emptyLiveState
const listeners = new Set<() => void>()

export function liveState(): LiveState {
  return state
}

export function updateLive(change: (before: LiveState) => LiveState): void {
  const next = change(state)
  if (next === state) return
  state = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Part of the live state. `select` must give the same object while nothing changed. */
export function useLive<T>(select: (state: LiveState) => T): T {
  return useSyncExternalStore(subscribe, () => select(state))
}

/** The newest job of a file, by the attachment's key. */
export function useFileJob(library: LibraryId, key: string | undefined): Job | undefined {
  return useLive((live) => (key === undefined ? undefined : live.byFile.get(fileId(library, key))))
}
