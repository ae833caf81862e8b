import { expect, it } from 'vitest'
import { parseLiveMessage } from './live-messages'
import { applyMessage, emptyLiveState } from './live-store'
import type { Job } from './types'

const job = (id: number, page: number): Job => ({
  id,
  kind: 'parse',
  state: 'running',
  attempt: 1,
  run_at: '2026-11-25T08:00:00Z',
  created_at: '2026-11-25T08:00:00Z',
  library: 1,
  key: 'AAAAAAAA',
  page,
  pages: 9,
})

it('keeps the newest job of a file', () => {
  let state = applyMessage(emptyLiveState, { type: 'job', job: job(7, 1) })
  state = applyMessage(state, { type: 'job', job: job(7, 2) })
  expect(state.byFile.get('1/AAAAAAAA')?.page).toBe(2)
  state = applyMessage(state, { type: 'job', job: job(3, 9) })
  expect(state.byFile.get('1/AAAAAAAA')?.id).toBe(7)
  expect(state.jobs.size).toBe(2)
})

it('shows progress of running jobs only', () => {
  const progress = { type: 'progress', id: 7, library: 1, key: 'AAAAAAAA', page: 4, pages: 9 } as const
  let state = applyMessage(emptyLiveState, progress)
  expect(state.byFile.get('1/AAAAAAAA')).toMatchObject({ state: 'running', page: 4 })
  state = applyMessage(state, { type: 'job', job: { ...job(7, 9), state: 'done' } })
  expect(applyMessage(state, progress)).toBe(state)
  expect(parseLiveMessage(JSON.stringify(progress))).toEqual(progress)
})

it('never lets a version go down, nor change the state for nothing', () => {
  const state = applyMessage(emptyLiveState, { type: 'change', library: 1, version: 5, changes: [] })
  expect(state.versions[1]).toBe(5)
  expect(applyMessage(state, { type: 'change', library: 1, version: 4, changes: [] })).toBe(state)
  expect(applyMessage(state, { type: 'heartbeat' })).toBe(state)
})

it('reads messages and leaves out what it does not know', () => {
  expect(parseLiveMessage('{"type":"change","library":1,"version":2,"changes":[{"key":"A"}]}')).toEqual({
    type: 'change',
    library: 1,
    version: 2,
    changes: [{ key: 'A' }],
  })
  expect(parseLiveMessage('{"type":"reset","library":1,"version":2}')).toEqual({ type: 'reset', library: 1, version: 2 })
  expect(parseLiveMessage('{"type":"job","id":4,"state":"done","key":"B"}')).toMatchObject({
    type: 'job',
    job: { id: 4, state: 'done', key: 'B' },
  })
  expect(parseLiveMessage('{"type":"tomorrow"}')).toBeNull()
  expect(parseLiveMessage('not json')).toBeNull()
})
