// Tasks for the tests of uploads.
import type { UploadTask } from './upload-task'

/** A PDF of 100 bytes that was dropped just now, with whatever a test is about. */
export function makeTask(more: Partial<UploadTask> = {}): UploadTask {
  return {
    id: 't',
    batch: 'b',
    name: 'a.pdf',
    folders: [],
    sizeBytes: 100,
    lastModified: 1,
    library: 1,
    collection: null,
    parent: null,
    uploadUrl: null,
    sentBytes: 0,
    item: null,
    attachment: null,
    job: null,
    jobFault: null,
    paper: null,
    addedAt: 0,
    endedAt: null,
    state: { kind: 'checking' },
    ...more,
  }
}
