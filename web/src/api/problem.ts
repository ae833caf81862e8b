// The one error of the API: RFC 9457 problem documents, and a connection that failed.

/** What the server says in `application/problem+json`. */
export interface ProblemBody {
  type?: string
  title?: string
  status?: number
  detail?: string
  code?: string
  field?: string
  request_id?: string
  /** With 412: the object as it is now. */
  current?: unknown
}

/** An answer that is not a success. `detail` is written for people. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly field: string | undefined
  readonly requestId: string | undefined
  /** Seconds after which it is worth asking again, where the server said so. */
  readonly retryAfter: number | undefined
  readonly body: ProblemBody

  constructor(status: number, body: ProblemBody, retryAfter?: number) {
    super(body.detail ?? body.title ?? `The server answered ${status}.`)
    this.name = 'ApiProblem'
    this.status = status
    this.code = body.code ?? ''
    this.field = body.field
    this.requestId = body.request_id
    this.retryAfter = retryAfter
    this.body = body
  }
}

/** The server could not be reached at all. */
export class ConnectionLost extends Error {
  constructor(cause: unknown) {
    super('The server does not answer.', { cause })
    this.name = 'ConnectionLost'
  }
}

export function isProblem(error: unknown, status?: number): error is ApiProblem {
  return error instanceof ApiProblem && (status === undefined || error.status === status)
}

/** Reads the problem out of an answer; any other body becomes one, too. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN)
  const body = await response
    .clone()
    .json()
    .then((value: ProblemBody | null) => value ?? {})
    .catch(() => ({}))
  return new ApiProblem(response.status, body, Number.isFinite(retryAfter) ? retryAfter : undefined)
}
