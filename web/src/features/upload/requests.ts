// What uploads ask of the server besides sending bytes.
import { apiBase, call } from '../../api/client'
import type { Page } from '../../api/types'
import type { EarlierUpload } from '../../lib/fingerprint'

/** An upload that the server holds unfinished, with the address to go on at. */
export interface UnfinishedUpload extends EarlierUpload {
  url: string
}

interface UploadView {
  id: string
  url: string
  filename: string
  size_bytes: number | null
  offset: number
  /** The metadata header that this client sent. */
  metadata?: string
  library: number
  state?: string
}

/** The largest file that the server takes, or `null` where it does not say. */
export async function largestUpload(): Promise<number | null> {
  try {
    const answer = await fetch(`${apiBase}/uploads`, { method: 'OPTIONS', headers: { 'Tus-Resumable': '1.0.0' } })
    const size = Number(answer.headers.get('Tus-Max-Size') ?? Number.NaN)
    return Number.isFinite(size) && size > 0 ? size : null
  } catch {
    return null
  }
}

/** This person's unfinished uploads. Without an answer uploads simply begin anew. */
export async function unfinishedUploads(): Promise<UnfinishedUpload[]> {
  try {
    const answer = await call<Page<UploadView> | UploadView[]>('/uploads')
    const rows = Array.isArray(answer) ? answer : answer.items
    return rows
      .filter((row) => row.size_bytes !== null && row.offset < row.size_bytes)
      .map((row) => ({
        id: row.id,
        library: row.library,
        name: row.filename,
        sizeBytes: row.size_bytes ?? 0,
        lastModified: lastModifiedOf(row.metadata ?? ''),
        url: new URL(row.url, location.origin).href,
      }))
  } catch {
    return []
  }
}

/** Moves a paper from one collection to another; `null` is no collection. */
export async function moveFiled(library: number, item: string, from: string | null, to: string | null): Promise<void> {
  const change = (body: object) =>
    call(`/libraries/${library}/items/batch`, { method: 'POST', body: { keys: [item], ...body } })
  try {
    if (to !== null) await change({ add_collection: to })
    if (from !== null && from !== to) await change({ remove_collection: from })
  } catch {
    // The paper stays where it was filed; it can be moved by hand.
  }
}

/** Takes an unfinished upload off the server. */
export async function terminateUpload(url: string): Promise<void> {
  await fetch(url, { method: 'DELETE', headers: { 'Tus-Resumable': '1.0.0' } }).catch(() => undefined)
}

/** Has a file read again that could not be read. */
export function readAgain(library: number, key: string): Promise<unknown> {
  return call(`/libraries/${library}/items/${key}/read-again`, { method: 'POST' })
}

/** Opens a locked file; fails with the server's words where the password does not fit. */
export function givePassword(library: number, key: string, password: string): Promise<unknown> {
  return call(`/libraries/${library}/items/${key}/password`, { method: 'POST', body: { password } })
}

/** The time of the last change that this client put into the metadata; 0 where there is none. */
function lastModifiedOf(metadata: string): number {
  const entry = metadata.split(',').map((part) => part.trim().split(' ')).find(([name]) => name === 'last_modified')
  try {
    return Number(atob(entry?.[1] ?? '')) || 0
  } catch {
    return 0
  }
}
