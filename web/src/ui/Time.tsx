import { fullTime, timeAgo, timeUntil } from '../lib/times'

/** A time in the past, as people say it; the full date as its title. */
export function Time({ at }: { at: string }) {
  return (
    <time dateTime={at} title={fullTime(at)}>
      {timeAgo(at, Date.now())}
    </time>
  )
}

/** A time to come. */
export function TimeUntil({ at }: { at: string }) {
  return (
    <time dateTime={at} title={fullTime(at)}>
      {timeUntil(at, Date.now())}
    </time>
  )
}
