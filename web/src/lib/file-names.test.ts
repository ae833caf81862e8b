import { describe, expect, it } from 'vitest'
import { endingOf, foldersOf, foldersToMake, kindOfName, middleCut } from './file-names'

describe('names of dropped files', () => {
  it('ignores what systems leave in folders', () => {
    for (const name of ['.DS_Store', 'Thumbs.db', 'desktop.ini', '~$report.docx', '._paper.pdf']) {
      expect(kindOfName(name, [], 10), name).toBe('ignored')
    }
    expect(kindOfName('.keep', [], 0)).toBe('ignored')
    expect(kindOfName('paper.pdf', ['__MACOSX'], 10)).toBe('ignored')
  })

  it('does not ignore papers with strange names', () => {
    for (const name of ['.hidden.pdf', 'CON', 'naïve.pdf', '‮fdp.exe', 'trailing. ', '😀.pdf', 'no ending']) {
      expect(kindOfName(name, ['a folder'], 10), name).toBe('candidate')
    }
  })

  it('names bibliographies', () => {
    expect(kindOfName('refs.BIB', [], 10)).toBe('bibliography')
    expect(kindOfName('refs.ris', [], 10)).toBe('bibliography')
    expect(kindOfName('refs.bib.pdf', [], 10)).toBe('candidate')
  })

  it('takes folders apart and lists parents before children, each once', () => {
    expect(foldersOf('a/b/c.pdf')).toEqual(['a', 'b'])
    expect(foldersOf('c.pdf')).toEqual([])
    expect(foldersToMake([['a', 'b'], ['a'], ['a', 'c'], []])).toEqual([['a'], ['a', 'b'], ['a', 'c']])
  })

  it('keeps the ending of a long name', () => {
    expect(endingOf('a.b.PDF')).toBe('pdf')
    expect(endingOf('.bashrc')).toBe('')
    expect(middleCut('a'.repeat(300) + '.pdf', 40)).toMatch(/^a+…a+\.pdf$/)
    expect([...middleCut('😀'.repeat(300), 40)]).toHaveLength(40)
  })
})
