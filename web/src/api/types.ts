// Bodies of the API as the design pins them.

export type LibraryId = number
export type ItemKey = string
export type LibraryRole = 'reader' | 'commenter' | 'editor' | 'admin' | 'owner'
export type ServerRole = 'member' | 'admin'

export interface User {
  id: number
  username: string
  display_name: string
  email: string
  role: ServerRole
  disabled?: boolean
  created_at?: string
  last_seen_at?: string | null
}

export interface Session {
  user: User
  server_name: string
}

export interface Library {
  id: LibraryId
  kind: 'user' | 'group'
  name: string
  version: number
  role: LibraryRole
  item_count?: number
}

export interface Member {
  username: string
  display_name: string
  role: LibraryRole
}

export type Creator =
  | { creator_type: string; given: string; family: string; name?: undefined }
  | { creator_type: string; name: string; given?: undefined; family?: undefined }

export type FileState = 'waiting' | 'reading' | 'read' | 'poor_text' | 'no_text' | 'locked' | 'failed' | 'other'

export interface ItemFile {
  key: ItemKey
  name: string
  sha256: string
  size_bytes: number
  /** Media type by content. */
  media_type?: string
  pages?: number | null
  state: FileState
  error?: { code: string; message: string } | null
}

/** How far this person is with a paper. */
export interface ReadState {
  state: 'unread' | 'reading' | 'read'
  /** The page they were on last, from 1. */
  page?: number | null
}

export interface Doubt {
  value?: string | null
  confidence: number
  source: string
}

export interface Item {
  key: ItemKey
  version: number
  item_type: string
  parent?: ItemKey | null
  fields: Record<string, string>
  creators: Creator[]
  tags: string[]
  collections: ItemKey[]
  date_added: string
  date_modified: string
  trashed: boolean
  cite_key?: string | null
  file?: ItemFile | null
  doubts?: Record<string, Doubt>
  /** Who added it. */
  added_by?: string | null
  read?: ReadState | null
}

export interface Page<T> {
  items: T[]
  next_cursor?: string | null
  total: number
  version: number
}

export interface Collection {
  key: ItemKey
  version: number
  name: string
  parent: ItemKey | null
  item_count?: number
}

/** Counts of a whole library, for the sidebar. */
export interface Facets {
  total: number
  trash: number
  unfiled: number
  doubtful: number
  collections: Record<ItemKey, number>
  tags: TagCount[]
  version: number
}

export interface TagCount {
  tag: string
  count: number
}

export interface Passage {
  /** Key of the file it stands in. */
  attachment?: ItemKey
  page: number
  page_label: string
  section?: string | null
  text: string
  marks: [number, number][]
  offset: number
  /** Marks that go on at the top of the next page. */
  next_page_marks?: [number, number][]
}

export interface SearchHit {
  library: LibraryId
  key: ItemKey
  title: string
  creators: Creator[]
  year?: string | number | null
  venue?: string
  score: number
  passages: Passage[]
  /** Places that are not in `passages`. */
  more_places?: number
}

export interface SearchAnswer {
  total: number
  hits: SearchHit[]
  next_cursor?: string | null
}

export type Word = [start: number, end: number, x0: number, y0: number, x1: number, y1: number]

export interface LayoutPage {
  page: number
  label: string
  width: number
  height: number
  rotate: number
  crop: [number, number, number, number]
  text: string
  words: Word[]
}

export interface Layout {
  pages: LayoutPage[]
}

export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled'

export interface Job {
  id: number
  kind: string
  state: JobState
  attempt: number
  /** When it runs or ran; of a waiting retry, the next time. */
  run_at: string | null
  created_at: string
  library: LibraryId | null
  /** The attachment's key. */
  key: ItemKey | null
  page: number | null
  pages: number | null
  message: string | null
}

/** A job as it comes: what is not known is left out. */
export type WireJob = Pick<Job, 'id' | 'kind' | 'state' | 'attempt'> & Partial<Job>

export function readJob(wire: WireJob): Job {
  return { run_at: null, created_at: '', library: null, key: null, page: null, pages: null, message: null, ...wire }
}

export interface JobList {
  items: Job[]
  next_cursor?: string | null
  /** How many there are in each state. */
  counts?: Partial<Record<JobState, number>>
}

/** A browser in which somebody is signed in. */
export interface Browser {
  id: string
  user_agent: string
  address: string
  created_at: string
  last_used_at: string
  current: boolean
}

export interface Token {
  id: string
  name: string
  scopes: string[]
  created_at: string
  expires_at?: string | null
  last_used_at?: string | null
}

/** An address or account that was stopped for too many wrong passwords. */
export interface Ban {
  id: string
  kind: 'address' | 'account'
  subject: string
  tries: number
  until: string
}
