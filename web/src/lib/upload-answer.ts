/** What to do after the server's answer to a piece of an upload, or after no answer. */

/** The answer as far as it matters. */
export interface UploadAnswer {
  /** 0 when there was none. */
  readonly status: number
  /** The code of the problem body, or `''`. */
  readonly code: string
  /** The server's words, or `''`. */
  readonly detail: string
  /** Seconds from `Retry-After`, or `null`. */
  readonly retryAfter: number | null
}

/** What follows. */
export type Step =
  | { readonly do: 'retry'; readonly cause: 'connection' | 'busy' | 'server' }
  | { readonly do: 'sign_in' }
  /** The upload is not known any more: begin anew from the first byte. */
  | { readonly do: 'restart' }
  | { readonly do: 'park'; readonly message: string }
  | { readonly do: 'refuse'; readonly reason: 'empty' | 'not_pdf' | 'too_large' | 'server'; readonly message: string }
  | { readonly do: 'fail'; readonly message: string }

/** Chooses the step; `known` tells whether the upload had an address already. */
export function stepAfter(answer: UploadAnswer, known: boolean): Step {
  const { status, code, detail } = answer
  if (status === 0) return { do: 'retry', cause: 'connection' }
  if (status === 401) return { do: 'sign_in' }
  if (status === 409 || status === 423 || status === 408 || status === 425 || status === 429)
    return { do: 'retry', cause: 'busy' }
  if (status === 460) return { do: 'retry', cause: 'connection' }
  if (status === 507) return { do: 'park', message: detail }
  if (status >= 500) return { do: 'retry', cause: 'server' }
  if ((status === 404 || status === 410) && known) return { do: 'restart' }
  if (status === 413) return { do: 'refuse', reason: 'too_large', message: detail }
  if (status === 415) return { do: 'refuse', reason: 'not_pdf', message: detail }
  if (status === 422) return { do: 'refuse', reason: code === 'empty' ? 'empty' : 'server', message: detail }
  return { do: 'fail', message: detail }
}

/** Reads a problem body; anything else gives empty words. */
export function readAnswer(status: number, body: string, retryAfter: string | null): UploadAnswer {
  const seconds = retryAfter === null ? Number.NaN : Number(retryAfter)
  const base = { status, retryAfter: Number.isFinite(seconds) ? Math.max(0, seconds) : null }
  try {
    const problem: unknown = JSON.parse(body)
    if (typeof problem === 'object' && problem !== null)
      return { ...base, code: textOf(problem, 'code'), detail: textOf(problem, 'detail') || textOf(problem, 'title') }
  } catch {
    // Not JSON: a proxy's page. Its words are of no use to anybody.
  }
  return { ...base, code: '', detail: '' }
}

function textOf(body: object, key: string): string {
  const value: unknown = Object.entries(body).find(([name]) => name === key)?.[1]
  return typeof value === 'string' ? value : ''
}

/** Milliseconds before attempt `attempt` (from 1): 0.5 s doubling to 30 s, with a quarter of chance; `chance` is 0 to 1. */
export function pauseBefore(attempt: number, retryAfter: number | null, chance: number): number {
  if (retryAfter !== null) return Math.min(retryAfter, 300) * 1000
  const base = Math.min(30_000, 500 * 2 ** Math.min(attempt - 1, 10))
  return Math.round(base * (0.75 + 0.5 * chance))
}

/** Milliseconds between two looks for room on a full disk. */
export const PARKED_PAUSE_MS = 15_000
