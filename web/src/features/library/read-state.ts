// How far this person is with a paper, for marks and words.
import { libraryTexts as t } from '../../texts/library'
import type { Paper, ReadName } from './model'

export interface ReadLook {
  name: ReadName
  /** From 0 (unread) to 1 (read). */
  part: number
  label: string
}

export function readLook(paper: Paper): ReadLook {
  const state = paper.read?.state ?? 'unread'
  const page = paper.read?.page ?? null
  const pages = paper.file?.pages ?? null
  if (state === 'read') return { name: 'read', part: 1, label: t.readState.read }
  if (state === 'unread') return { name: 'unread', part: 0, label: t.readState.unread }
  const part = page !== null && pages !== null && pages > 0 ? Math.min(0.95, Math.max(0.06, page / pages)) : 0.3
  return { name: 'reading', part, label: page === null ? t.readState.reading : t.readingAt(page, pages) }
}
