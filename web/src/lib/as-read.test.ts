import { describe, expect, it } from 'vitest'
import { type AsRead, compare, differences, takenFrom } from './as-read'

const author = (given: string, family: string) => ({ creator_type: 'author', given, family })
const paper = {
  item_type: 'preprint',
  fields: { title: 'Typed', date: '2015', DOI: '10.1/x', abstractNote: 'One  two\nthree' },
  creators: [author('K.', 'He')],
  tags: [],
}
const read: AsRead = {
  item_type: 'journalArticle',
  fields: { title: 'Read', date: '2015', abstractNote: 'One two three', DOI: '10.1/X', volume: '7' },
  creators: [author('Kaiming', 'He'), author('Xiangyu', 'Zhang')],
  confidence: { title: 0.9, volume: 0.4 },
}

describe('what was read beside what the paper has', () => {
  it('differs in what the words are, not in how they are spaced; unread fields are left out', () => {
    expect(differences(paper, read).map(({ field, here, read: value }) => [field, here, value])).toEqual([
      ['title', 'Typed', 'Read'],
      ['creators', 'K. He', 'Kaiming He, Xiangyu Zhang'],
      ['item_type', 'preprint', 'journalArticle'],
      ['volume', '', '7'],
    ])
    expect(compare(paper, read)).toHaveLength(7)
    expect(compare(paper, { fields: {}, creators: [], confidence: {} })).toEqual([])
  })

  it('is taken over only where it is chosen', () => {
    expect(takenFrom(read, new Set())).toEqual({})
    expect(takenFrom(read, new Set(['title', 'creators']))).toEqual({ fields: { title: 'Read' }, creators: read.creators })
    expect(takenFrom(read, new Set(['item_type']))).toEqual({ item_type: 'journalArticle' })
  })
})
