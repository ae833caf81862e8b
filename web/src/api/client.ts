// The one way to the server: typed by its own document; every answer that is not a success becomes an ApiProblem.
import createClient from 'openapi-fetch'
import { ConnectionLost, problemOf } from './problem'
import type { paths } from './schema.gen'

export const apiBase = '/api/v1'

/** The document's paths below the API's base. */
type Resources = { [P in keyof paths as P extends `${typeof apiBase}${infer Rest}` ? Rest : never]: paths[P] }

/** One method for each verb: `api.GET('/libraries/{library}/items', { params: { path: { library } } })`. */
export const api = createClient<Resources>({ baseUrl: apiBase, credentials: 'same-origin', headers: { Accept: 'application/json' } })

api.use({
  async onResponse({ response }) {
    if (!response.ok) throw await problemOf(response)
  },
  onError({ error }) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    return new ConnectionLost(error)
  },
})

/** The body of an answer that has one. A failure has been thrown before. */
export async function bodyOf<T>(answer: Promise<{ data?: T }>): Promise<T> {
  const { data } = await answer
  if (data === undefined) throw new Error('The server answered without a body.')
  return data
}

/** The version that a change is based on, as the server wants it; `*` overwrites. */
export function ifMatch(version: number | '*'): { 'If-Match': string } {
  return { 'If-Match': version === '*' ? '*' : `"${version}"` }
}

/** Address of a resource below the API's base, with its query, for pictures and downloads. */
export function apiUrl(path: string, query: Record<string, string | number | boolean> = {}): string {
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))
  const tail = search.toString()
  return tail === '' ? `${apiBase}${path}` : `${apiBase}${path}?${tail}`
}
