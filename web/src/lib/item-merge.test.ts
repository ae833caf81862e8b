import { describe, expect, it } from 'vitest'
import { inverse, isEmptyPatch, mergeEdits, patched, wordsOnlyIn, type ItemPatch } from './item-merge'

const paper = {
  item_type: 'conferencePaper',
  fields: { title: 'Batch Normalization', proceedingsTitle: 'ICML', pages: '448' } as Record<string, string>,
  creators: [{ creator_type: 'author', given: 'S.', family: 'Ioffe' }],
  tags: ['baseline'],
  collections: ['AAAA2222'],
}

describe('a change to a paper', () => {
  it('is shown at once and can be taken back', () => {
    const patch: ItemPatch = {
      fields: { pages: '448–456', DOI: '10.1/x', proceedingsTitle: null },
      tags: ['baseline', 'new'],
    }
    const after = patched(paper, patch)
    expect(after.fields).toEqual({ title: 'Batch Normalization', pages: '448–456', DOI: '10.1/x' })
    expect(patched(after, inverse(paper, patch))).toEqual(paper)
  })
})

describe('two people’s changes', () => {
  it('both count where they are about different things', () => {
    const theirs = { ...paper, fields: { ...paper.fields, date: '2015' }, tags: ['baseline', 'theirs'] }
    const { patch, clashes } = mergeEdits(paper, theirs, { fields: { pages: '448–456' }, tags: ['mine'] })
    expect(clashes).toEqual([])
    expect(patch).toEqual({ fields: { pages: '448–456' }, tags: ['theirs', 'mine'] })
  })

  it('clash where both changed the same field differently', () => {
    const theirs = patched(paper, { fields: { proceedingsTitle: 'ICML, PMLR 37' } })
    const { patch, clashes } = mergeEdits(paper, theirs, { fields: { proceedingsTitle: 'Proc. 32nd', pages: '1' } })
    expect(clashes).toEqual([
      { field: 'proceedingsTitle', before: 'ICML', mine: 'Proc. 32nd', theirs: 'ICML, PMLR 37' },
    ])
    expect(patch).toEqual({ fields: { pages: '1' } })
  })

  it('need nothing where both did the same', () => {
    const change: ItemPatch = { fields: { pages: '1' }, tags: ['baseline', 'x'], item_type: 'book', creators: [] }
    const merged = mergeEdits(paper, patched(paper, change), change)
    expect(merged.clashes).toEqual([])
    expect(isEmptyPatch(merged.patch)).toBe(true)
  })

  it('clash in names as a whole', () => {
    const theirs = patched(paper, { creators: [] })
    expect(mergeEdits(paper, theirs, { creators: [{ creator_type: 'author', name: 'X' }] }).clashes).toEqual([
      { field: 'creators', before: 'S. Ioffe', mine: 'X', theirs: '' },
    ])
  })
})

describe('words that only one side has', () => {
  it('are marked, the common ones not', () => {
    expect(wordsOnlyIn('ICML , PMLR 37', 'ICML 2015 , PMLR')).toEqual([
      { text: 'ICML , PMLR', only: false },
      { text: ' 37', only: true },
    ])
    expect(wordsOnlyIn('same', 'same')).toEqual([{ text: 'same', only: false }])
    expect(wordsOnlyIn('new', '')).toEqual([{ text: 'new', only: true }])
  })
})
