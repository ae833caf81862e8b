import { expect, it } from 'vitest'
import type { Job, JobState } from '../api/types'
import { fullDisk } from './DiskLine'

const job = (state: JobState, message?: string): Job => ({
  id: 1,
  kind: 'parse',
  state,
  attempt: 1,
  run_at: '',
  created_at: '',
  message,
})
const said = 'The disk of the server is full: 12 MB are missing. Nothing that came is lost; it goes on when there is room.'
const live = (...jobs: Job[]) => ({ jobs: new Map(jobs.map((each, index) => [String(index), each])) })

it('says that work waits for room, for as long as some waits', () => {
  expect(fullDisk(live(job('running'), job('queued', said)))).toBe('The disk of the server is full: 12 MB are missing.')
  expect(fullDisk(live(job('done', said), job('queued', 'The worker ended.')))).toBeNull()
})
