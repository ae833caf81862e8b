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

export type FileState = 'waiting' | 'reading' | 'read' | 'poor_text' | 'no_text' | 'locked' | 'failed'

export interface ItemFile {
  key: ItemKey
  name: string
  sha256: string
  size_bytes: number
  pages: number | null
  state: FileState
  error?: { code: string; message: string } | null
}

export interface Doubt {
  value: string
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
}

export interface Page<T> {
  items: T[]
  next_cursor: string | null
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

export interface TagCount {
  name: string
  count: number
}

export interface Passage {
  page: number
  page_label: string
  section?: string | null
  text: string
  marks: [number, number][]
  offset: number
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
  /** Places beyond those given. */
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
  run_at: string | null
  library: LibraryId | null
  /** The attachment's key. */
  key: ItemKey | null
  page: number | null
  pages: number | null
  message: string | null
}

export interface AdminUser extends User {
  disabled: boolean
  last_seen?: string | null
  item_count?: number
}

export interface SessionInfo {
  id: string
  created_at: string
  last_used_at: string | null
  address?: string | null
  user_agent?: string | null
  current: boolean
}

export interface Token {
  id: string
  name: string
  scopes: string[]
  created_at: string
  expires_at: string | null
  last_used_at: string | null
}

export interface Ban {
  id: string
  address: string
  reason: string
  since: string
  until: string
}
