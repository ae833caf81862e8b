// Times as people say them: relative up to a day, then the date.

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** "now", "4 min ago", "2 hours ago", "yesterday", "12 Nov", "3 Sep 2024". */
export function timeAgo(iso: string, now: number): string {
  const at = Date.parse(iso)
  if (!Number.isFinite(at)) return ''
  const passed = now - at
  if (passed < minute) return 'now'
  if (passed < hour) return `${Math.floor(passed / minute)} min ago`
  if (passed < 2 * hour) return '1 hour ago'
  if (passed < day) return `${Math.floor(passed / hour)} hours ago`
  if (isYesterday(at, now)) return 'yesterday'
  return dateText(at, now)
}

/** When something ends: "in 22 min", "in 3 hours", then the date. */
export function timeUntil(iso: string, now: number): string {
  const left = Date.parse(iso) - now
  if (!Number.isFinite(left)) return ''
  if (left <= 0) return 'now'
  if (left < hour) return `in ${Math.ceil(left / minute)} min`
  if (left < day) return `in ${Math.round(left / hour)} h`
  return dateText(Date.parse(iso), now)
}

function isYesterday(at: number, now: number): boolean {
  const yesterday = new Date(now)
  yesterday.setDate(yesterday.getDate() - 1)
  return new Date(at).toDateString() === yesterday.toDateString()
}

/** "12 Nov", with the year where it is another one. */
export function dateText(at: number, now: number): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: sameYear ? undefined : 'numeric',
  }).format(at)
}

/** "25 November 2026, 08:14", for tooltips. */
export function fullTime(iso: string): string {
  const at = Date.parse(iso)
  if (!Number.isFinite(at)) return ''
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' }).format(at)
}
