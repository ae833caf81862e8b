import { describe, expect, it } from 'vitest'
import { type AsRead, compare, differences, institutionsOf, takenFrom } from './as-read'

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

  it('says the same where one has the day of the other’s year', () => {
    const dated = (date: string): AsRead => ({ fields: { date }, creators: [], confidence: {} })
    expect(differences(paper, dated('2015-05-03'))).toEqual([])
    expect(differences(paper, dated('2016-05-03'))).toHaveLength(1)
  })

  it('names each institution once', () => {
    const people = [
      { name: 'Anna Muster', affiliations: ['Institute of Inlets', 'Probe Ltd'] },
      { name: 'Bert Probe', affiliations: ['Probe Ltd'], email: 'bert@probe.example' },
    ]
    expect(institutionsOf(people)).toEqual(['Institute of Inlets', 'Probe Ltd'])
  })

  it('is taken over only where it is chosen', () => {
    expect(takenFrom(read, new Set())).toEqual({})
    expect(takenFrom(read, new Set(['title', 'creators']))).toEqual({ fields: { title: 'Read' }, creators: read.creators })
    expect(takenFrom(read, new Set(['item_type']))).toEqual({ item_type: 'journalArticle' })
  })
})
