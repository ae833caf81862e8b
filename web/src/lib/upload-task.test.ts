import { describe, expect, it } from 'vitest'
import { isEnded, next, type PaperNews, type UploadEvent } from './upload-task'
import { makeTask } from './upload-task.fixture'

const fresh = makeTask()
const news = (fileState: string, more: Partial<PaperNews> = {}): PaperNews => ({
  line: { title: 'Deep Work', authors: 'He et al.', year: '2016', venue: 'CVPR', pages: 12 },
  fileState,
  error: null,
  doubts: [],
  ...more,
})
const completed: UploadEvent = {
  type: 'completed',
  item: 'ABCD2345',
  attachment: 'EFGH2345',
  duplicateOf: null,
  restored: false,
  otherKind: false,
  now: 5,
}
const queued: UploadEvent = { type: 'checked', state: { kind: 'queued' } }
const run = (...events: UploadEvent[]) => events.reduce(next, fresh)

describe('a file on its way', () => {
  it('is checked, sent, read and recognised', () => {
    const arrived = run(queued, { type: 'started' }, { type: 'progress', sentBytes: 40 }, completed)
    expect(arrived).toMatchObject({ state: { kind: 'arrived' }, sentBytes: 100, item: 'ABCD2345' })
    const reading = next(arrived, { type: 'job', job: 7, state: 'running', page: 3, pages: 12, message: null })
    expect(reading.state).toEqual({ kind: 'reading', page: 3, pages: 12 })
    const ready = next(reading, { type: 'paper', news: news('read'), now: 9 })
    expect(ready).toMatchObject({ state: { kind: 'ready', text: 'good' }, endedAt: 9, paper: { title: 'Deep Work' } })
  })

  it('keeps its place over an interruption and goes on from there', () => {
    const broken = run(
      queued,
      { type: 'started' },
      { type: 'created', uploadUrl: '/u/1' },
      { type: 'progress', sentBytes: 40 },
      { type: 'interrupted', at: 900, attempt: 1, cause: 'connection' },
    )
    expect(broken).toMatchObject({ state: { kind: 'retrying', at: 900 }, sentBytes: 40, uploadUrl: '/u/1' })
    expect(next(broken, { type: 'requeued' })).toMatchObject({
      state: { kind: 'queued' },
      sentBytes: 40,
      uploadUrl: '/u/1',
    })
  })

  it('forgets the place only where the server has forgotten the upload', () => {
    expect(
      run(
        queued,
        { type: 'started' },
        { type: 'created', uploadUrl: '/u/1' },
        { type: 'progress', sentBytes: 40 },
        { type: 'restarted' },
      ),
    ).toMatchObject({ uploadUrl: null, sentBytes: 0 })
  })

  it('ends in a state that says what to do', () => {
    const ends: [PaperNews, object][] = [
      [news('locked'), { kind: 'locked' }],
      [news('no_text'), { kind: 'ready', text: 'none' }],
      [news('poor_text'), { kind: 'ready', text: 'poor' }],
      [news('read', { doubts: ['date'] }), { kind: 'look', fields: ['date'] }],
      [
        news('failed', { error: 'The file is incomplete.' }),
        { kind: 'failed', message: 'The file is incomplete.', retry: 'job' },
      ],
    ]
    for (const [said, state] of ends) {
      const task = next(run(queued, { type: 'started' }, completed), { type: 'paper', news: said, now: 9 })
      expect(task.state).toEqual(state)
      expect(isEnded(task.state)).toBe(true)
    }
  })

  it('is a duplicate at once, and a read job does not change that', () => {
    const twin = run(queued, { type: 'started' }, { ...completed, duplicateOf: 'ABCD2345' })
    expect(twin.state).toEqual({ kind: 'duplicate', restored: false })
    expect(next(twin, { type: 'paper', news: news('read'), now: 9 })).toMatchObject({
      state: { kind: 'duplicate' },
      paper: { title: 'Deep Work' },
    })
    expect(next(twin, { type: 'job', job: 1, state: 'running', page: 1, pages: 2, message: null })).toBe(twin)
  })

  it('is not moved by what comes too late', () => {
    const gone = run(queued, { type: 'cancelled', now: 3 })
    for (const late of [
      completed,
      { type: 'progress', sentBytes: 90 },
      { type: 'interrupted', at: 1, attempt: 1, cause: 'busy' },
      queued,
    ] satisfies UploadEvent[])
      expect(next(gone, late)).toBe(gone)
    const refused = run(queued, { type: 'refused', reason: 'too_large', message: 'Up to 200 MB.' })
    expect(next(refused, { type: 'requeued' })).toBe(refused)
  })

  it('becomes readable again when a password is given or a job is tried anew', () => {
    const locked = next(run(queued, { type: 'started' }, completed), { type: 'paper', news: news('locked'), now: 9 })
    expect(next(locked, { type: 'job', job: 8, state: 'running', page: 1, pages: 2, message: null }).state).toEqual({
      kind: 'reading',
      page: 1,
      pages: 2,
    })
    const failed = next(run(queued, { type: 'started' }, completed), {
      type: 'job',
      job: 8,
      state: 'failed',
      message: 'The reader crashed.',
      page: 0,
      pages: 0,
    })
    expect(failed.state).toEqual({ kind: 'arrived' })
    const said = next(failed, { type: 'paper', news: news('waiting'), now: 9 })
    expect(said.state).toEqual({ kind: 'failed', message: 'The reader crashed.', retry: 'job' })
    expect(next(failed, { type: 'paper', news: news('locked'), now: 9 }).state).toEqual({ kind: 'locked' })
    expect(next(said, { type: 'job', job: 8, state: 'queued', message: null, page: 0, pages: 0 }).state).toEqual({
      kind: 'arrived',
    })
  })

  it('says stopped, not failed, where a person stopped its reading, and can be read again', () => {
    const arrived = run(queued, { type: 'started' }, completed)
    const cancelled = next(arrived, { type: 'job', job: 8, state: 'cancelled', message: null, page: 0, pages: 0 })
    const stopped = next(cancelled, { type: 'paper', news: news('waiting'), now: 9 })
    expect(stopped.state).toEqual({ kind: 'stopped' })
    expect(isEnded(stopped.state)).toBe(true)
    expect(next(cancelled, { type: 'paper', news: news('read'), now: 9 }).state).toEqual({ kind: 'ready', text: 'good' })
    expect(next(stopped, { type: 'job', job: 9, state: 'queued', message: null, page: 0, pages: 0 }).state).toEqual({
      kind: 'arrived',
    })
  })
})
