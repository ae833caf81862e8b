import { describe, expect, it } from 'vitest'
import { findPhrase, type FindOptions } from './find'
import { FoldedStream, type PageText, type Span } from './stream'

const plain: FindOptions = { matchCase: false, wholeWords: false }

function page(number: number, text: string, more: Partial<PageText> = {}): PageText {
  return { page: number, text, seams: [], skipped: [], ...more }
}

function streamOf(pages: readonly PageText[], keepCase = false): FoldedStream {
  const stream = new FoldedStream(keepCase)
  for (const each of pages) stream.addPage(each)
  return stream
}

/** What was found, as the words that stand there, parts joined by "|". */
function found(pages: readonly PageText[], query: string, options = plain): string[] {
  return findPhrase(streamOf(pages, options.matchCase), query, options).map(({ spans }) =>
    spans
      .map((span) => {
        const text = pages.find((each) => each.page === span.page)?.text ?? ''
        return Array.from(text).slice(span.start, span.end).join('')
      })
      .join('|'),
  )
}

/** Where `words` stand in `text`. */
function span(text: string, words: string): Span {
  const start = Array.from(text.slice(0, text.indexOf(words))).length
  return { start, end: start + Array.from(words).length }
}

describe('finding as typed', () => {
  it('folds letters on both sides', () => {
    const pages = [page(1, 'Une se\u0301ance à Łódź, Straße 5')]
    expect(found(pages, 'SEANCE')).toEqual(['se\u0301ance'])
    expect(found(pages, 'lodz strasse')).toEqual(['Łódź, Straße'])
    expect(found(pages, 'Bruecke')).toEqual([])
    expect(found([page(1, 'Die Bruecke')], 'Brücke')).toEqual(['Bruecke'])
  })

  it('goes on over line ends and punctuation', () => {
    expect(found([page(1, 'a steep\ngradient, reversed')], 'steep gradient reversed')).toEqual([
      'steep\ngradient, reversed',
    ])
  })

  it('counts a phrase over a page end once and knows both parts', () => {
    const [first, second] = ['the salt gradient\nfree to share', 'Small Basins 14\nreversed at dusk']
    const pages = [
      page(1, first, { skipped: [span(first, 'free to share')] }),
      page(2, second, { skipped: [span(second, 'Small Basins 14')] }),
    ]
    expect(found(pages, 'gradient reversed')).toEqual(['gradient|reversed'])
    expect(found(pages, 'free to share')).toEqual([])
  })

  it('joins a word that the page end divides', () => {
    const first = 'the upper catch-\nfoot'
    const pages = [page(2, first, { skipped: [span(first, 'foot')] }), page(3, 'ment passes')]
    expect(found(pages, 'upper catchment passes')).toEqual(['upper catch|ment passes'])
    expect(found(pages, 'catchment')).toEqual(['catch|ment'])
  })

  it('joins it over the head of the next page, too', () => {
    const third = 'Small Basins 14\n303\nment passes'
    const head = { skipped: [span(third, 'Small Basins 14'), span(third, '303')] }
    const pages = [page(2, 'the upper catch-\n'), page(3, third, head)]
    expect(found(pages, 'catchment passes')).toEqual(['catch|ment passes'])
    const other = [page(2, 'the upper basin\n'), page(3, third, head)]
    expect(found(other, 'basin ment')).toEqual(['basin|ment'])
    expect(found(other, 'basinment')).toEqual([])
  })

  it('finds a divided word with and without its hyphen, but joins no true one', () => {
    const pages = [page(1, 'reexamined facts', { seams: [2] }), page(2, 'well-known', { seams: [5] })]
    expect(found(pages, 're-examined')).toEqual(['reexamined'])
    expect(found(pages, 'reexamined')).toEqual(['reexamined'])
    expect(found(pages, 'well-known')).toEqual(['well-known'])
    expect(found(pages, 'well known')).toEqual(['well-known'])
    expect(found(pages, 'wellknown')).toEqual([])
  })

  it('asks for signs that carry meaning, else for the words alone', () => {
    const pages = [page(1, 'C and C++, 50% of p(y|x)')]
    expect(found(pages, 'C++')).toEqual(['C++'])
    expect(found(pages, '50%')).toEqual(['50%'])
    expect(found(pages, 'p(y|x)')).toEqual(['p(y|x)'])
    expect(found([page(1, 'H52.1 and so')], '(H52.1)')).toEqual(['H52.1'])
    expect(found(pages, '*')).toEqual([])
  })

  it('finds Chinese words over a line end', () => {
    expect(found([page(1, '上层水的盐\n度在数分钟')], '盐度')).toEqual(['盐\n度'])
  })

  it('keeps to case and whole words where asked', () => {
    const pages = [page(1, 'Tide and tide, tides')]
    expect(found(pages, 'tide')).toEqual(['Tide', 'tide', 'tide'])
    expect(found(pages, 'tide', { matchCase: false, wholeWords: true })).toEqual(['Tide', 'tide'])
    expect(found(pages, 'Tide', { matchCase: true, wholeWords: false })).toEqual(['Tide'])
  })

  it('counts offsets in code points', () => {
    expect(found([page(1, '🌊🌊 wave')], 'wave')).toEqual(['wave'])
  })
})
