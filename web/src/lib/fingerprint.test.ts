import { describe, expect, it } from 'vitest'
import { fingerprint, matchFiles, type EarlierUpload } from './fingerprint'

const mark = (name: string, sizeBytes: number, lastModified: number) => ({ name, sizeBytes, lastModified })
const earlier = (id: string, name: string, sizeBytes: number, lastModified: number): EarlierUpload => ({
  id,
  library: 1,
  name,
  sizeBytes,
  lastModified,
})

describe('finding a file again', () => {
  it('is the same file only with the same name, size and time, however the name is composed', () => {
    expect(fingerprint(mark('na\u00efve.pdf', 3, 7))).toBe(fingerprint(mark('nai\u0308ve.pdf', 3, 7)))
    expect(fingerprint(mark('a', 3, 7))).not.toBe(fingerprint(mark('a', 3, 8)))
  })

  it('gives each earlier upload once, the exact one first', () => {
    const matches = matchFiles(
      [mark('a.pdf', 5, 9), mark('a.pdf', 5, 9), mark('b.pdf', 5, 9)],
      [earlier('x', 'a.pdf', 5, 0), earlier('y', 'a.pdf', 5, 9)],
    )
    expect(matches.map((match) => match.earlier?.id ?? null)).toEqual(['y', 'x', null])
  })

  it('does not take a changed file for the old one', () => {
    expect(matchFiles([mark('a.pdf', 5, 10)], [earlier('x', 'a.pdf', 5, 9)])[0]?.earlier).toBeNull()
    expect(matchFiles([mark('a.pdf', 6, 9)], [earlier('x', 'a.pdf', 5, 9)])[0]?.earlier).toBeNull()
  })
})
