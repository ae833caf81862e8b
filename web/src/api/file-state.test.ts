import { describe, expect, it } from 'vitest'
import { isStopped } from './file-state'
import type { JobState } from './types'

const job = (state: JobState) => ({ id: 1, kind: 'parse', state, attempt: 1, run_at: '', created_at: '' })

describe('a file whose job was stopped', () => {
  it('is told from one that still waits', () => {
    expect(isStopped({ state: 'waiting' }, job('cancelled'))).toBe(true)
    expect(isStopped({ state: 'reading' }, job('failed'))).toBe(true)
    expect(isStopped({ state: 'waiting' }, job('queued'))).toBe(false)
    expect(isStopped({ state: 'waiting' }, undefined)).toBe(false)
  })

  it('counts as read where an earlier job read it', () => {
    expect(isStopped({ state: 'read' }, job('cancelled'))).toBe(false)
  })
})
