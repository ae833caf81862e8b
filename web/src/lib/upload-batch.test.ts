import { describe, expect, it } from 'vitest'
import {
  cellOf,
  inOrder,
  mayTellTime,
  ratePerSecond,
  type Sample,
  secondsLeft,
  sumParts,
  sumUp,
  tenth,
  withGuess,
  withSample,
} from './upload-batch'
import type { UploadState, UploadTask } from './upload-task'
import { makeTask } from './upload-task.fixture'

let count = 0
const task = (state: UploadState, more: Partial<UploadTask> = {}): UploadTask =>
  makeTask({ id: `t${(count += 1)}`, state, ...more })
const all: UploadState[] = [
  { kind: 'checking' },
  { kind: 'ignored' },
  { kind: 'later_version' },
  { kind: 'refused', reason: 'empty' },
  { kind: 'same_file', of: 't1' },
  { kind: 'elsewhere' },
  { kind: 'missing' },
  { kind: 'queued' },
  { kind: 'sending' },
  { kind: 'retrying', at: 1, attempt: 1, cause: 'connection' },
  { kind: 'parked', message: '', at: 1 },
  { kind: 'signed_out' },
  { kind: 'arrived' },
  { kind: 'reading', page: 2, pages: 8 },
  { kind: 'ready', text: 'good' },
  { kind: 'look', fields: ['date'] },
  { kind: 'duplicate', restored: false },
  { kind: 'locked' },
  { kind: 'failed', message: 'x', retry: null },
  { kind: 'cancelled' },
  { kind: 'stopped' },
]

describe('the sum line', () => {
  it('adds up to the number of dropped files, whatever they ended as', () => {
    const tasks = [...all, ...all.slice(5)].map((state) => task(state))
    const sums = sumUp(tasks)
    expect(sums.total).toBe(tasks.length)
    expect(sumParts(sums).reduce((sum, part) => sum + part.count, 0)).toBe(tasks.length)
    expect(Object.values(sums.groups).reduce((sum, n) => sum + n, 0)).toBe(tasks.length)
  })

  it('leaves nought out', () => {
    expect(sumParts(sumUp([task({ kind: 'ready', text: 'good' })]))).toEqual([{ count: 1, what: 'ready' }])
  })
})

describe('the list', () => {
  it('has problems first, then what is under way, then what is done, the last done first', () => {
    const early = task({ kind: 'ready', text: 'good' }, { endedAt: 1 })
    const late = task({ kind: 'ready', text: 'good' }, { endedAt: 2 })
    const order = inOrder([
      early,
      task({ kind: 'queued' }),
      late,
      task({ kind: 'sending' }),
      task({ kind: 'look', fields: [] }),
      task({ kind: 'failed', message: '', retry: null }),
    ])
    expect(order.map((entry) => entry.state.kind)).toEqual(['failed', 'look', 'sending', 'queued', 'ready', 'ready'])
    expect(order.slice(-2)).toEqual([late, early])
  })

  it('shows in a cell how far a file is', () => {
    expect(cellOf(task({ kind: 'sending' }, { sentBytes: 25 }))).toMatchObject({ look: 'sending', share: 0.25 })
    expect(cellOf(task({ kind: 'reading', page: 2, pages: 8 }))).toMatchObject({ look: 'reading', share: 0.25 })
    expect(cellOf(task({ kind: 'locked' }))).toMatchObject({ look: 'warn' })
  })
})

describe('speed and time left', () => {
  it('is measured over the last ten seconds only', () => {
    let samples: Sample[] = []
    for (let second = 0; second <= 20; second += 1)
      samples = withSample(samples, { at: second * 1000, value: second < 11 ? 0 : (second - 10) * 100 })
    expect(ratePerSecond(samples)).toBeCloseTo(100)
    expect(ratePerSecond(withSample(samples, { at: 21_000, value: 0 }))).toBeNull()
  })

  it('is the longer of sending and reading, and unknown without a speed', () => {
    const sums = sumUp([task({ kind: 'sending' }, { sentBytes: 20 }), task({ kind: 'reading', page: 2, pages: 12 })])
    expect(secondsLeft(sums, 8, 6, 14)).toBe(10)
    expect(secondsLeft(sums, null, 6)).toBeNull()
    expect(secondsLeft(sumUp([task({ kind: 'ready', text: 'good' })]), null, null)).toBe(0)
  })

  it('is told only once some files are done', () => {
    const files = (done: number, waiting: number) =>
      sumUp([
        ...Array.from({ length: done }, () => task({ kind: 'duplicate', restored: false })),
        ...Array.from({ length: waiting }, () => task({ kind: 'queued' })),
      ])
    expect(mayTellTime(files(0, 5))).toBe(false)
    expect(mayTellTime(files(1, 19))).toBe(false)
    expect(mayTellTime(files(2, 18))).toBe(true)
  })

  it('moves slowly to a new reckoning', () => {
    const first = withGuess(null, 100, 0)
    expect(first.end).toBe(100_000)
    const second = withGuess(first, 300, 1000)
    expect(second.end).toBeGreaterThan(100_000)
    expect(second.end).toBeLessThan(120_000)
    const late = withGuess(second, 300, 100_000)
    expect(late.end).toBeGreaterThan(390_000)
  })

  it('announces tenths', () => {
    expect(
      tenth(sumUp([task({ kind: 'ready', text: 'good' }), task({ kind: 'queued' }), task({ kind: 'queued' })])),
    ).toBe(3)
    expect(tenth(sumUp([]))).toBe(0)
  })
})
