// How the recognition of scanned pages stands, of what a file and its newest job say together.

/** What became of pages that are pictures. */
export type ScanState =
  | { readonly kind: 'recognising'; readonly page: number; readonly pages: number }
  /** Its turn comes when nothing more urgent is to be done. */
  | { readonly kind: 'queued' }
  /** The text of so many pages was recognised. */
  | { readonly kind: 'recognised'; readonly pages: number; readonly isWhole: boolean }
  /** Recognition found nothing, or nothing better. */
  | { readonly kind: 'nothing' }
  /** There is no recognition on this server; `mayChange`: this person looks after it. */
  | { readonly kind: 'off'; readonly mayChange: boolean }

/** What is asked of a file. */
export interface ScannedFile {
  readonly state: string
  readonly pages?: number | undefined
  readonly recognised_pages?: number | undefined
}

interface NewestJob {
  readonly kind: string
  readonly state: string
  readonly page?: number | undefined
  readonly pages?: number | undefined
}

interface Server {
  readonly recognises: boolean
  readonly isAdmin: boolean
}

/** How the recognition of a file stands; null for one whose pages all had text, or that has not been read. */
export function scanState(file: ScannedFile, job: NewestJob | undefined, server: Server): ScanState | null {
  if (file.state !== 'read' && file.state !== 'no_text' && file.state !== 'poor_text') return null
  if (job?.kind === 'recognise' && job.state === 'running')
    return { kind: 'recognising', page: job.page ?? 0, pages: job.pages ?? 0 }
  if (job?.kind === 'recognise' && job.state === 'queued') return { kind: 'queued' }
  const recognised = file.recognised_pages ?? 0
  if (recognised > 0) return { kind: 'recognised', pages: recognised, isWhole: recognised === file.pages }
  if (file.state === 'read') return null
  return server.recognises ? { kind: 'nothing' } : { kind: 'off', mayChange: server.isAdmin }
}
