import { describe, expect, it } from 'vitest'
import { callOf, type CitedWork, headOf, isDoubtful, lineOf, namesOf, outwardLink } from './references'

function work(more: Partial<CitedWork>): CitedWork {
  return { label: '', raw: 'as printed', authors: [], confidence: 1, list: 0, places: [], cited_in: [], ...more }
}

describe('a cited work', () => {
  it('is shown with names, container and year', () => {
    const authors = [{ given: 'K.', family: 'He' }, { name: 'ACME Group' }]
    expect(lineOf(work({ authors, venue: 'ECCV', year: 2014 }))).toBe('He, ACME Group · ECCV 2014')
    expect(lineOf(work({ authors, venue: 'Nature', volume: '521', issue: '7', pages: '436–444', year: 2015 }))).toBe(
      'He, ACME Group · Nature 521(7), 436–444, 2015',
    )
    expect(lineOf(work({ year: 2014 }))).toBe('2014')
    expect(lineOf(work({}))).toBe('')
  })

  it('names some of many authors and counts the rest', () => {
    const authors = (count: number) => Array.from({ length: count }, (_, i) => ({ family: `F${i}` }))
    expect(namesOf(authors(7))).toBe('F0, F1, F2, F3, F4, F5, F6')
    expect(namesOf(authors(9))).toBe('F0, F1, F2, F3, F4, F5 and 3 more')
  })

  it('is shown as printed where no title was read, and with doubt where it is not sure', () => {
    expect(headOf(work({}))).toBe('as printed')
    expect(isDoubtful(work({ confidence: 0 }))).toBe(false)
    expect(isDoubtful(work({ title: 'T', confidence: 0.5 }))).toBe(true)
  })

  it('leads to its DOI first, then to arXiv, then to its address', () => {
    const all = { doi: '10.1109/cvpr.2016.90', arxiv: '1512.03385', url: 'https://example.org/a' }
    expect(outwardLink(all)).toEqual({ href: 'https://doi.org/10.1109/cvpr.2016.90', words: '10.1109/cvpr.2016.90' })
    expect(outwardLink({ ...all, doi: undefined })).toEqual({
      href: 'https://arxiv.org/abs/1512.03385',
      words: 'arXiv:1512.03385',
    })
    expect(outwardLink({ url: all.url })).toEqual({ href: all.url, words: 'example.org' })
    expect(outwardLink({ url: 'javascript:alert(1)' })).toBeNull()
    expect(outwardLink({ url: 'https://' })).toBeNull()
    expect(outwardLink({})).toBeNull()
  })

  it('is called by its printed label, else by its place', () => {
    expect(callOf(work({ label: 'Abc12' }), 3)).toBe('Abc12')
    expect(callOf(work({}), 3)).toBe('4')
  })
})
