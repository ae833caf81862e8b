// How long to wait before the next try.

const firstMs = 500
const longestMs = 30_000

/**
 * Milliseconds before try number `attempt` (from 0), growing by two and with jitter, so that a whole group
 * does not come back at the same moment. `random` is from 0 to 1.
 */
export function backoffMs(attempt: number, random: number): number {
  const full = Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 16))
  return Math.round(full * (0.5 + random / 2))
}
