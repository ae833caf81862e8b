// Which folder may import which: lib ← ui ← reader, features ← routes; features never import features.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const source = resolve(import.meta.dirname, '../src')

const leaves = ['lib', 'texts']
/** What each folder may import besides itself. `features/x` may import only what `features` may. */
const allowed: Record<string, string[]> = {
  lib: [],
  texts: ['lib'],
  theme: [],
  ui: [...leaves, 'theme'],
  api: leaves,
  actions: leaves,
  reader: [...leaves, 'ui', 'theme', 'actions'],
  features: [...leaves, 'ui', 'theme', 'api', 'actions', 'reader'],
  shell: [...leaves, 'ui', 'theme', 'api', 'actions'],
}

interface Import {
  file: string
  line: number
  from: string
  to: string
}

function* sourceFiles(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* sourceFiles(path)
    else if (/\.tsx?$/.test(entry.name)) yield path
  }
}

/** `features/library` for a file in there, otherwise the first folder; empty for the top. */
function roomOf(path: string): string {
  const parts = relative(source, path).split('/')
  if (parts.length === 1) return ''
  return parts[0] === 'features' ? `features/${parts[1]}` : parts[0]!
}

function importsOf(file: string): Import[] {
  const found: Import[] = []
  for (const [index, text] of readFileSync(file, 'utf8').split('\n').entries()) {
    for (const match of text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)) {
      const to = resolve(dirname(file), match[1]!)
      // What tests share with the server's tests lies outside.
      if (file.endsWith('.test.ts') && relative(source, to).startsWith('..')) continue
      found.push({ file: relative(source, file), line: index + 1, from: roomOf(file), to: roomOf(to) })
    }
  }
  return found
}

function isForbidden({ from, to }: Import): boolean {
  if (from === '' || from === to) return false
  if (to === '') return true
  const rules = allowed[from.split('/')[0]!]
  if (rules === undefined) return true
  return !rules.includes(to.split('/')[0]!) || (from.startsWith('features/') && to.startsWith('features/'))
}

describe('folders', () => {
  const imports = [...sourceFiles(source)].flatMap(importsOf)

  it('are found at all', () => {
    expect(imports.length).toBeGreaterThan(5)
  })

  it('import only what their place allows', () => {
    const wrong = imports.filter(isForbidden)
    expect(wrong.map(({ file, line, to }) => `${file}:${line} imports ${to === '' ? 'the top' : to}`)).toEqual([])
  })

  it('keep React out of lib', () => {
    const files = [...sourceFiles(source)].filter((file) => roomOf(file) === 'lib')
    expect(files.filter((file) => /from 'react'|\.tsx$/.test(`${file}\n${readFileSync(file, 'utf8')}`))).toEqual([])
  })
})
