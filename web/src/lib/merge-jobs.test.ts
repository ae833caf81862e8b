import { expect, it } from 'vitest'
import { mergeJobs } from './merge-jobs'

it('puts running jobs first and takes the newest word on each', () => {
  const fetched = [
    { id: 1, state: 'done', attempt: 1 },
    { id: 2, state: 'queued', attempt: 0 },
    { id: 3, state: 'queued', attempt: 2 },
  ] as const
  const live = [
    { id: 3, state: 'failed', attempt: 1 },
    { id: 2, state: 'running', attempt: 1 },
    { id: 4, state: 'done', attempt: 1 },
  ] as const
  expect(mergeJobs<(typeof fetched)[number] | (typeof live)[number]>(fetched, live)).toEqual([
    { id: 2, state: 'running', attempt: 1 },
    { id: 3, state: 'queued', attempt: 2 },
    { id: 4, state: 'done', attempt: 1 },
    { id: 1, state: 'done', attempt: 1 },
  ])
})
