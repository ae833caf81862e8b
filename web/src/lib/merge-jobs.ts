// The list of jobs as it was fetched, brought up to date by what came live since.

interface Listed {
  id: number
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
  attempt: number
}

const order = { running: 0, queued: 1, failed: 2, cancelled: 3, done: 4 } as const

/** Running first, then waiting in their order; ended ones newest first. Live news wins unless it is older. */
export function mergeJobs<T extends Listed>(fetched: readonly T[], live: readonly T[]): T[] {
  const byId = new Map(fetched.map((job) => [job.id, job]))
  for (const job of live) {
    const known = byId.get(job.id)
    if (known === undefined || job.attempt >= known.attempt) byId.set(job.id, job)
  }
  return [...byId.values()].sort((a, b) => order[a.state] - order[b.state] || byTime(a, b))
}

function byTime(a: Listed, b: Listed): number {
  const isOpen = a.state === 'running' || a.state === 'queued'
  return isOpen ? a.id - b.id : b.id - a.id
}
