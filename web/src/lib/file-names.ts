/**
 * What a dropped file's name and folders tell before its bytes are looked at.
 * Names are kept as given; nothing here makes a path of them.
 */

/** What to do with a file, judged by its name alone. */
export type NameKind = 'ignored' | 'bibliography' | 'candidate'

const JUNK_NAMES = new Set(['.ds_store', 'thumbs.db', 'ehthumbs.db', 'desktop.ini', '.localized', 'icon\r'])
const JUNK_FOLDERS = new Set([
  '__macosx',
  '.git',
  '.svn',
  '.trash',
  '.trashes',
  '.spotlight-v100',
  '.fseventsd',
  '$recycle.bin',
])
const BIBLIOGRAPHY = /\.(bib|bibtex|ris|enw|nbib)$/i

/**
 * Sorts a file by name: what systems leave behind is ignored, bibliographies are named as such,
 * everything else is judged by its content later.
 */
export function kindOfName(name: string, folders: readonly string[], sizeBytes: number): NameKind {
  const lower = name.toLowerCase()
  if (JUNK_NAMES.has(lower) || lower.startsWith('~$') || lower.startsWith('._')) return 'ignored'
  if (lower.startsWith('.') && sizeBytes === 0) return 'ignored'
  if (folders.some((folder) => JUNK_FOLDERS.has(folder.toLowerCase()))) return 'ignored'
  if (BIBLIOGRAPHY.test(name)) return 'bibliography'
  return 'candidate'
}

/** The folders of a browser's relative path (`a/b/c.pdf` → `['a', 'b']`), as given. */
export function foldersOf(relativePath: string): string[] {
  return relativePath
    .split('/')
    .filter((part) => part !== '')
    .slice(0, -1)
}

/** One word that tells folders apart in a map; `\0` occurs in no name. */
export function folderKey(folders: readonly string[]): string {
  return folders.join('\0')
}

/** Every folder on the way to the given ones, parents first, each once. */
export function foldersToMake(all: readonly (readonly string[])[]): string[][] {
  const seen = new Set<string>()
  const out: string[][] = []
  for (const folders of all) {
    for (let depth = 1; depth <= folders.length; depth += 1) {
      const part = folders.slice(0, depth)
      const key = folderKey(part)
      if (!seen.has(key)) {
        seen.add(key)
        out.push(part)
      }
    }
  }
  return out.sort((a, b) => a.length - b.length)
}

/** The ending of a name in lower case without its dot, or `''`. */
export function endingOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 && dot < name.length - 1 ? name.slice(dot + 1).toLowerCase() : ''
}

/** A name that is short enough for one line, its ending kept: `a very long na….pdf`. */
export function middleCut(name: string, longest: number): string {
  const letters = [...name]
  if (letters.length <= longest) return name
  const tail = Math.min(12, Math.floor(longest / 3))
  return `${letters.slice(0, longest - tail - 1).join('')}…${letters.slice(-tail).join('')}`
}
