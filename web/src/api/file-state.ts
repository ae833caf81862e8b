// How the reading of a file stands, of what its record and its newest job say together.
import { useQuery } from '@tanstack/react-query'
import { type ScannedFile, type ScanState, scanState } from '../lib/scan-state'
import { fileId, useFileJob, useLive } from './live-store'
import { sessionQuery } from './queries'
import type { ItemFile, Job, LibraryId } from './types'

/** Ended jobs are told for an hour only; an older file without one waits for nothing. */
const toldForMs = 3_600_000

/** A file that still waits although nobody works for it: its job was stopped or gave up. */
export function isStopped(file: Pick<ItemFile, 'state'>, job: Job | undefined): boolean {
  if (file.state !== 'waiting' && file.state !== 'reading') return false
  return job?.state === 'cancelled' || job?.state === 'failed'
}

/** {@link isStopped}, followed live; `since` is when the file last changed. */
export function useIsStopped(library: LibraryId, key: string, file: Pick<ItemFile, 'state'>, since: string): boolean {
  return useLive((live) => {
    const job = live.byFile.get(fileId(library, key))
    if (job !== undefined) return isStopped(file, job)
    const isOld = Date.now() - Date.parse(since) > toldForMs
    return live.connection.state === 'open' && isOld && (file.state === 'waiting' || file.state === 'reading')
  })
}

/** {@link scanState}, followed live. */
export function useScanState(library: LibraryId, key: string | undefined, file: ScannedFile | undefined): ScanState | null {
  const job = useFileJob(library, key)
  const { data: session } = useQuery(sessionQuery())
  const server = { recognises: session?.recognises_scans ?? true, isAdmin: session?.user.role === 'admin' }
  return file === undefined ? null : scanState(file, job, server)
}
