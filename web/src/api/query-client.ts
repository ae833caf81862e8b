import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiProblem, ConnectionLost } from './problem'
import { sessionQuery } from './queries'

/** Cache of what the server said. A session that ended shows up as such everywhere at once. */
export function makeQueryClient(): QueryClient {
  const onError = (error: Error) => {
    if (error instanceof ApiProblem && error.status === 401) {
      client.setQueryData(sessionQuery().queryKey, null)
    }
  }
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (count, error) => worthRetrying(error) && count < 3,
        refetchOnWindowFocus: false,
      },
      mutations: { retry: false },
    },
  })
  return client
}

/** A refusal stays one; only a lost connection or a busy server is asked again. */
function worthRetrying(error: Error): boolean {
  if (error instanceof ConnectionLost) return true
  return error instanceof ApiProblem && (error.status >= 500 || error.status === 429)
}
