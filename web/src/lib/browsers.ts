// What a browser calls itself, in words.

const browsers: readonly [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrom(e|ium)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]

const systems: readonly [RegExp, string][] = [
  [/iPhone|iPod/, 'a phone'],
  [/iPad/, 'a tablet'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'a Mac'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
]

/** "Firefox on Linux"; the given text where nothing is known of it. */
export function browserName(userAgent: string): string {
  const browser = browsers.find(([sign]) => sign.test(userAgent))?.[1]
  const system = systems.find(([sign]) => sign.test(userAgent))?.[1]
  if (browser === undefined) return userAgent.trim() === '' ? 'A program' : userAgent.slice(0, 60)
  return system === undefined ? browser : `${browser} on ${system}`
}

/** Whether it is likely held in the hand. */
export function isHandheld(userAgent: string): boolean {
  return /iPhone|iPod|iPad|Android|Mobile/.test(userAgent)
}
