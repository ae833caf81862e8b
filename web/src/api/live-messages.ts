// What comes over the live connection, from a WebSocket and as an event stream alike.
import type { Job, LibraryId } from './types'

/** One entry of a library's change log. */
export interface Change {
  version?: number
  object?: 'item' | 'collection' | 'library'
  key?: string
  kind?: 'put' | 'deleted'
}

export interface PresentPerson {
  username: string
  display_name: string
  /** Key of the paper that is open, and the page. */
  key?: string | null
  page?: number | null
}

/** How far the reading of one file is. */
export interface Progress {
  type: 'progress'
  /** The job's number. */
  id: number
  library?: LibraryId
  /** The attachment's key. */
  key?: string
  page: number
  pages: number
}

export type LiveMessage =
  | { type: 'hello' }
  | { type: 'heartbeat' }
  | { type: 'jobs'; jobs: Job[] }
  | { type: 'job'; job: Job }
  | { type: 'change'; library: LibraryId; version: number; changes: Change[] }
  | { type: 'reset'; library: LibraryId; version: number }
  | { type: 'presence'; library: LibraryId; people: PresentPerson[] }
  | { type: 'notification' }
  /** Which libraries are open to this person has changed. */
  | { type: 'access' }
  | { type: 'restarting' }
  | Progress

/** Reads one message; null for one that this version does not know. */
export function parseLiveMessage(text: string): LiveMessage | null {
  const raw = readObject(text)
  if (raw === null) return null
  switch (raw.type) {
    case 'hello':
    case 'heartbeat':
    case 'notification':
    case 'access':
    case 'restarting':
      return { type: raw.type }
    case 'progress':
      return readProgress(raw)
    case 'snapshot':
    case 'jobs':
      return { type: 'jobs', jobs: list<Job>(raw.jobs) }
    case 'job':
      return readJobMessage(raw)
    case 'change':
    case 'reset':
      return readChange(raw)
    case 'presence':
      if (typeof raw.library !== 'number') return null
      return { type: 'presence', library: raw.library, people: list<PresentPerson>(raw.people) }
    default:
      return null
  }
}

interface RawMessage {
  type?: unknown
  library?: unknown
  version?: unknown
  changes?: unknown
  people?: unknown
  jobs?: unknown
  job?: Job
  id?: unknown
  key?: unknown
  page?: unknown
  pages?: unknown
}

function readObject(text: string): RawMessage | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : null
  } catch {
    return null
  }
}

function readJobMessage(raw: RawMessage): LiveMessage | null {
  if (raw.job !== undefined) return { type: 'job', job: raw.job }
  if (raw.id === undefined) return null
  const { type: _type, ...job } = raw
  return { type: 'job', job: job as unknown as Job }
}

function readProgress(raw: RawMessage): LiveMessage | null {
  const { id, library, key, page, pages } = raw
  if (typeof id !== 'number' || typeof page !== 'number' || typeof pages !== 'number') return null
  return {
    type: 'progress',
    id,
    library: typeof library === 'number' ? library : undefined,
    key: typeof key === 'string' ? key : undefined,
    page,
    pages,
  }
}

function readChange(raw: RawMessage): LiveMessage | null {
  if (typeof raw.library !== 'number' || typeof raw.version !== 'number') return null
  const place = { library: raw.library, version: raw.version }
  return raw.type === 'reset' ? { type: 'reset', ...place } : { type: 'change', ...place, changes: list<Change>(raw.changes) }
}

function list<T>(value: unknown): T[] {
  return Array.isArray(value) ? value : []
}
