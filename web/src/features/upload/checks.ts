// What a file is, found out in the browser before a byte of it is sent.
import { kindOfName } from '../../lib/file-names'
import { contentOf, HEAD_BYTES } from '../../lib/sniff'
import type { UploadState } from '../../lib/upload-task'
import { isUnreadable } from './collect'

/** Larger files with equal size are compared by the server only. */
const largestHashed = 64 * 1024 * 1024

/** What the name decides at once; `null` where the bytes have to be looked at. */
export function checkName(file: File, folders: readonly string[], isSupplement: boolean): UploadState | null {
  if (isUnreadable(file)) return { kind: 'refused', reason: 'unreadable' }
  const kind = kindOfName(file.name, folders, file.size)
  if (kind === 'ignored') return { kind: 'ignored' }
  if (kind === 'bibliography' && !isSupplement) return { kind: 'later_version' }
  return null
}

/** Looks into the file. A supplement may be of any kind, but not empty. */
export async function checkContent(file: File, isSupplement: boolean, largest: number | null): Promise<UploadState> {
  const head = await readHead(file)
  if (head === null) return { kind: 'refused', reason: 'unreadable' }
  const content = contentOf(head, file.size)
  if (content === 'empty') return { kind: 'refused', reason: 'empty' }
  if (content === 'web_page' && (!isSupplement || /\.pdf$/i.test(file.name)))
    return { kind: 'refused', reason: 'web_page' }
  if (content === 'other' && !isSupplement) return { kind: 'refused', reason: 'not_pdf' }
  if (largest !== null && file.size > largest) return { kind: 'refused', reason: 'too_large' }
  return { kind: 'queued' }
}

/** The SHA-256 of a file as hexadecimal digits; `null` where it is too large or the address is not secure. */
export async function hashOf(file: File): Promise<string | null> {
  if (file.size > largestHashed || crypto.subtle === undefined) return null
  try {
    const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  } catch {
    return null
  }
}

async function readHead(file: File): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer())
  } catch {
    return null
  }
}

/** Says which of several equal files is sent: the first one seen of each size and sum. */
export class TwinFinder {
  private readonly bySize = new Map<number, { id: string; file: File; hash: Promise<string | null> | null }[]>()

  /** The task of the same bytes seen before, or `null`; a sum is only made where sizes are equal. */
  async find(id: string, file: File): Promise<string | null> {
    const own: { id: string; file: File; hash: Promise<string | null> | null } = { id, file, hash: null }
    const others = this.bySize.get(file.size) ?? []
    this.bySize.set(file.size, others)
    const before = [...others]
    others.push(own)
    for (const other of before) {
      if (other.file.name === file.name && other.file.lastModified === file.lastModified) return other.id
    }
    for (const other of before) {
      own.hash ??= hashOf(file)
      other.hash ??= hashOf(other.file)
      const [mine, theirs] = await Promise.all([own.hash, other.hash])
      if (mine !== null && mine === theirs) return other.id
    }
    return null
  }

  forget(ids: ReadonlySet<string>): void {
    for (const [size, entries] of this.bySize) {
      const kept = entries.filter((entry) => !ids.has(entry.id))
      if (kept.length === 0) this.bySize.delete(size)
      else if (kept.length !== entries.length) this.bySize.set(size, kept)
    }
  }
}
