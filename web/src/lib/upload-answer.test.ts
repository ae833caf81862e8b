import { describe, expect, it } from 'vitest'
import { pauseBefore, readAnswer, stepAfter } from './upload-answer'

const step = (status: number, body = '', known = true) => stepAfter(readAnswer(status, body, null), known)

describe('after an answer', () => {
  it('goes on by itself when the fault is nobody’s', () => {
    expect(step(0)).toEqual({ do: 'retry', cause: 'connection' })
    for (const status of [409, 423, 429]) expect(step(status)).toEqual({ do: 'retry', cause: 'busy' })
    for (const status of [500, 502, 503, 504]) expect(step(status)).toEqual({ do: 'retry', cause: 'server' })
  })

  it('parks on a full disk with the server’s words', () => {
    expect(step(507, '{"code":"disk_full","detail":"12 MB are missing."}')).toEqual({
      do: 'park',
      message: '12 MB are missing.',
    })
  })

  it('ends what can never be taken', () => {
    expect(step(413, '{"detail":"Up to 200 MB."}')).toEqual({
      do: 'refuse',
      reason: 'too_large',
      message: 'Up to 200 MB.',
    })
    expect(step(415, '{"code":"not_a_pdf","detail":"x"}')).toMatchObject({ do: 'refuse', reason: 'not_pdf' })
    expect(step(422, '{"code":"empty"}')).toMatchObject({ do: 'refuse', reason: 'empty' })
    expect(step(403, '{"title":"No permission","detail":"Only editors add papers."}')).toEqual({
      do: 'fail',
      message: 'Only editors add papers.',
    })
  })

  it('begins anew when the upload is gone, but not when it never was', () => {
    expect(step(404)).toEqual({ do: 'restart' })
    expect(step(410)).toEqual({ do: 'restart' })
    expect(step(404, '', false)).toMatchObject({ do: 'fail' })
  })

  it('asks to sign in and loses nothing', () => {
    expect(step(401)).toEqual({ do: 'sign_in' })
  })

  it('does not show a proxy’s page', () => {
    expect(readAnswer(502, '<html>Bad gateway</html>', '7')).toEqual({
      status: 502,
      code: '',
      detail: '',
      retryAfter: 7,
    })
  })
})

describe('the pause before an attempt', () => {
  it('grows to half a minute, varied by a quarter', () => {
    expect(pauseBefore(1, null, 0.5)).toBe(500)
    expect(pauseBefore(4, null, 0.5)).toBe(4000)
    expect(pauseBefore(50, null, 0.5)).toBe(30_000)
    expect(pauseBefore(1, null, 0)).toBe(375)
    expect(pauseBefore(1, null, 1)).toBe(625)
  })

  it('obeys the server', () => {
    expect(pauseBefore(9, 2, 0.5)).toBe(2000)
  })
})
