// How much JavaScript a page needs before it can be used, brotli, as a finished build has it.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'

const dist = resolve(import.meta.dirname, '../dist')
const kilobyte = 1000

interface Chunk {
  file: string
  name?: string
  isEntry?: boolean
  imports?: string[]
}

function readManifest(): Record<string, Chunk> {
  const path = resolve(dist, '.vite/manifest.json')
  if (!existsSync(path)) throw new Error('There is no build to measure: run `npm run build` first.')
  return JSON.parse(readFileSync(path, 'utf8'))
}

function brotliSize(file: string): number {
  const path = resolve(dist, file)
  return existsSync(`${path}.br`) ? statSync(`${path}.br`).size : brotliCompressSync(readFileSync(path)).length
}

describe('the build', () => {
  const manifest = readManifest()

  /** The files that a chunk needs before it runs, itself among them. */
  function closure(key: string, found = new Set<string>()): Set<string> {
    const chunk = manifest[key]
    if (chunk === undefined) throw new Error(`There is no chunk ${key} in the manifest.`)
    if (found.has(chunk.file)) return found
    found.add(chunk.file)
    for (const imported of chunk.imports ?? []) closure(imported, found)
    return found
  }

  function sizeOf(files: Iterable<string>): number {
    return [...files].reduce((sum, file) => sum + brotliSize(file), 0)
  }

  const entry = closure('index.html')
  const library = new Set([...entry, ...closure('src/features/library/LibraryPage.tsx')])

  it('opens the library with at most 250 KB', () => {
    const size = sizeOf(library)
    console.log(`library page: ${(size / kilobyte).toFixed(1)} KB in ${library.size} files`)
    expect(size).toBeLessThanOrEqual(250 * kilobyte)
  })

  it('adds at most 150 KB for the reader', () => {
    const reader = [...closure('src/features/document/DocumentPage.tsx')].filter((file) => !library.has(file))
    const pdfjs = Object.keys(manifest).filter((key) => /pdfjs-dist\/.*\.mjs$/.test(key) && !key.includes('worker'))
    expect(pdfjs.length).toBeGreaterThan(0)
    const files = new Set([...reader, ...pdfjs.flatMap((key) => [...closure(key)]).filter((file) => !library.has(file))])
    const size = sizeOf(files)
    console.log(`reader: ${(size / kilobyte).toFixed(1)} KB in ${files.size} files`)
    expect(size).toBeGreaterThan(10 * kilobyte)
    expect(size).toBeLessThanOrEqual(150 * kilobyte)
  })

  it('has a pdf.js worker of at most 310 KB', () => {
    const worker = Object.values(manifest).find((chunk) => /pdf\.worker/.test(chunk.file))
    expect(worker).toBeDefined()
    const size = brotliSize(worker!.file)
    console.log(`pdf.js worker: ${(size / kilobyte).toFixed(1)} KB`)
    expect(size).toBeLessThanOrEqual(310 * kilobyte)
  })

  it('keeps uploads, palette, settings and setup out of the first load', () => {
    const late = [
      'src/shell/Palette.tsx',
      'src/shell/ShortcutSheet.tsx',
      'src/features/setup/SetupPage.tsx',
      'src/features/account/SecurityPage.tsx',
      'src/features/admin/PeoplePage.tsx',
    ]
    expect(late.filter((key) => manifest[key] === undefined || library.has(manifest[key].file))).toEqual([])
    const uploads = Object.keys(manifest).filter((key) => /features\/upload\/UploadDesk|tus-js-client/.test(key))
    expect(uploads.length).toBeGreaterThan(0)
    expect(uploads.filter((key) => library.has(manifest[key]!.file))).toEqual([])
  })
})
