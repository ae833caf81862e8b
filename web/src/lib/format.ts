/** Numbers, sizes and times as the product writes them. */

const whole = new Intl.NumberFormat('en-GB')

/** `1,204` */
export function formatCount(count: number): string {
  return whole.format(count)
}

/** `2 KB`, `0.8 MB`, `48 MB`, `2.1 GB`; thousands, as files are sold and stored. */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 100_000) return `${Math.round(bytes / 1000)} KB`
  const mega = bytes / 1e6
  if (mega < 10) return `${mega.toFixed(1)} MB`
  if (mega < 1000) return `${Math.round(mega)} MB`
  return `${(mega / 1000).toFixed(1)} GB`
}

/** `2.9 of 6.8 MB`: both in the unit of the whole. */
export function formatSizeOf(part: number, all: number): string {
  const [unit, name] =
    all >= 1e9 ? ([1e9, 'GB'] as const) : all >= 1e5 ? ([1e6, 'MB'] as const) : ([1e3, 'KB'] as const)
  const digits = unit === 1e3 || all / unit >= 100 ? 0 : 1
  return `${(part / unit).toFixed(digits)} of ${(all / unit).toFixed(digits)} ${name}`
}

/** `about 20 s`, `about 3 min`, `about 2 h`; never more exact than it is. */
export function formatDuration(seconds: number): string {
  if (seconds < 10) return `about ${Math.max(1, Math.ceil(seconds))} s`
  if (seconds < 90) return `about ${Math.ceil(seconds / 5) * 5} s`
  if (seconds < 90 * 60) return `about ${Math.round(seconds / 60)} min`
  return `about ${Math.round(seconds / 3600)} h`
}

/** `now`, `3 min ago`, `14:02`, then `24 Nov`, `3 May 2024`. */
export function formatWhen(then: Date, now: Date): string {
  const seconds = (now.getTime() - then.getTime()) / 1000
  if (seconds < 60) return 'now'
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`
  if (then.toDateString() === now.toDateString())
    return then.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  const year = then.getFullYear() === now.getFullYear() ? undefined : ('numeric' as const)
  return then.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year })
}

/** `3 papers`, `1 paper`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}
