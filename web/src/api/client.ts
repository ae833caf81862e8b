// The one way to the server. Turns every answer that is not a success into an ApiProblem.
import { ConnectionLost, problemOf } from './problem'

export const apiBase = '/api/v1'

type Query = Record<string, string | number | boolean | null | undefined>

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  query?: Query
  body?: unknown
  /** Version the change is based on, sent as `If-Match`; `*` overwrites. */
  version?: number | '*'
  /** Makes a creating POST safe to repeat. */
  idempotencyKey?: string
  signal?: AbortSignal
}

/** Address of a resource below the API's base, with its query. */
export function apiUrl(path: string, query: Query = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  }
  const tail = search.toString()
  return tail === '' ? `${apiBase}${path}` : `${apiBase}${path}?${tail}`
}

/** Sends a request and reads its JSON answer (undefined for an empty one). */
export async function call<T>(path: string, options: Call = {}): Promise<T> {
  const response = await send(path, options)
  if (!response.ok) throw await problemOf(response)
  if (response.status === 204 || response.headers.get('Content-Length') === '0') return undefined as T
  const text = await response.text()
  return (text === '' ? undefined : JSON.parse(text)) as T
}

async function send(path: string, options: Call): Promise<Response> {
  const headers = new Headers({ Accept: 'application/json' })
  if (options.body !== undefined) headers.set('Content-Type', 'application/json')
  if (options.version !== undefined) {
    headers.set('If-Match', options.version === '*' ? '*' : `"${options.version}"`)
  }
  if (options.idempotencyKey !== undefined) headers.set('Idempotency-Key', options.idempotencyKey)
  try {
    return await fetch(apiUrl(path, options.query), {
      method: options.method ?? 'GET',
      headers,
      credentials: 'same-origin',
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      signal: options.signal,
    })
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new ConnectionLost(cause)
  }
}
