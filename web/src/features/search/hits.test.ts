import { describe, expect, it } from 'vitest'
import type { Passage, SearchHit } from '../../api/types'
import { placeOf, snippetParts, stopsOf } from './hits'

const passage: Passage = {
  attachment: 'PDFPDFPD',
  page: 7,
  page_label: 'vii',
  text: '🌊 the salt\ngradient reversed',
  marks: [
    [6, 10],
    [11, 19],
  ],
  offset: 100,
}

const hit = (key: string, passages: Passage[]): SearchHit => ({
  library: 1,
  key,
  title: key,
  creators: [],
  venue: '',
  score: 1,
  passages,
  more_places: 0,
})

describe('places', () => {
  it('are cut at their marks by code points', () => {
    expect(snippetParts(passage)).toEqual([
      { text: '🌊 the ', isMarked: false },
      { text: 'salt', isMarked: true },
      { text: ' ', isMarked: false },
      { text: 'gradient', isMarked: true },
      { text: ' reversed', isMarked: false },
    ])
  })

  it('read as one sentence over a page end, a divided word as one word', () => {
    const rest = { page: 8, page_label: 'viii', offset: 49, text: 'ment passes', marks: [[0, 4]] }
    const divided = { ...passage, text: 'the upper catch-', marks: [[10, 15]], continues: rest }
    expect(snippetParts(divided).map((part) => part.text)).toEqual(['the upper ', 'catch', 'ment', ' passes'])
    const whole = { ...divided, text: 'the upper basin' }
    expect(snippetParts(whole).map((part) => part.text).join('')).toBe('the upper basin ment passes')
  })

  it('lead to the first mark on the page', () => {
    expect(placeOf(passage)).toEqual({ page: 7, mark: '106-110' })
    expect(placeOf({ ...passage, marks: [] })).toEqual({ page: 7 })
  })

  it('are stepped through in order, folded papers apart', () => {
    const hits = [hit('A', [passage, passage]), hit('B', []), hit('C', [passage])]
    expect(stopsOf(hits, (id) => id === '1/C').map((stop) => stop.id)).toEqual(['1/A/0', '1/A/1', '1/B'])
  })
})
