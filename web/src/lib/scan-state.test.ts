import { describe, expect, it } from 'vitest'
import { scanState } from './scan-state'

describe('a file with pages that are pictures', () => {
  const recognition = (state: string, progress = {}) => ({ kind: 'recognise', state, ...progress })
  const on = { recognises: true, isAdmin: false }

  it('follows the recognition of its text', () => {
    const scan = { state: 'no_text', pages: 12 }
    expect(scanState(scan, recognition('queued'), on)).toEqual({ kind: 'queued' })
    const running = recognition('running', { page: 3, pages: 12 })
    expect(scanState(scan, running, on)).toEqual({ kind: 'recognising', page: 3, pages: 12 })
    const read = { state: 'read', pages: 12, recognised_pages: 12 }
    expect(scanState(read, recognition('done'), on)).toEqual({ kind: 'recognised', pages: 12, isWhole: true })
    expect(scanState({ ...read, recognised_pages: 2 }, undefined, on)).toMatchObject({ isWhole: false })
  })

  it('says what to do where there is no recognition', () => {
    const scan = { state: 'no_text', pages: 12 }
    expect(scanState(scan, undefined, on)).toEqual({ kind: 'nothing' })
    expect(scanState(scan, undefined, { recognises: false, isAdmin: false })).toEqual({ kind: 'off', mayChange: false })
    expect(scanState(scan, undefined, { recognises: false, isAdmin: true })).toEqual({ kind: 'off', mayChange: true })
  })

  it('is silent about any other', () => {
    for (const state of ['waiting', 'reading', 'read', 'locked', 'failed', 'other'])
      expect(scanState({ state, pages: 3 }, undefined, on)).toBeNull()
  })
})
