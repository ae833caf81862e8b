// What uploads ask of the server besides sending bytes.
import { api, apiBase, bodyOf } from '../../api/client'
import type { EarlierUpload } from '../../lib/fingerprint'

/** An upload that the server holds unfinished, with the address to go on at. */
export interface UnfinishedUpload extends EarlierUpload {
  url: string
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
    const { items } = await bodyOf(api.GET('/uploads'))
    return items.flatMap(({ id, library, filename, size_bytes, offset, metadata, url }) =>
      size_bytes === undefined || offset >= size_bytes
        ? []
        : {
            id,
            library,
            name: filename,
            sizeBytes: size_bytes,
            lastModified: lastModifiedOf(metadata),
            url: new URL(url, location.origin).href,
          },
    )
  } catch {
    return []
  }
}

/** Moves a paper from one collection to another; `null` is no collection. */
export async function moveFiled(library: number, item: string, from: string | null, to: string | null): Promise<void> {
  const change = (body: { add_collection?: string; remove_collection?: string }) =>
    api.POST('/libraries/{library}/items/batch', { params: { path: { library } }, body: { keys: [item], ...body } })
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
  return api.POST('/libraries/{library}/items/{key}/read-again', { params: { path: { library, key } } })
}

/** Opens a locked file; fails with the server's words where the password does not fit. */
export function givePassword(library: number, key: string, password: string): Promise<unknown> {
  return api.POST('/libraries/{library}/items/{key}/password', {
    params: { path: { library, key } },
    body: { password },
  })
}

/** The time of the last change that this client put into the metadata; 0 where there is none. */
function lastModifiedOf(metadata: string): number {
  const entry = metadata
    .split(',')
    .map((part) => part.trim().split(' '))
    .find(([name]) => name === 'last_modified')
  try {
    return Number(atob(entry?.[1] ?? '')) || 0
  } catch {
    return 0
  }
}
