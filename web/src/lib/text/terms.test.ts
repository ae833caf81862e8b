import { describe, expect, it } from 'vitest'
import table from '../../../../tests/fixtures/fold.json?raw'
import { fold } from './fold'
import { stem } from './stem'
import { FoldedStream } from './stream'
import { findTerms, termsOf } from './terms'

function found(text: string, query: string): string[] {
  const stream = new FoldedStream()
  stream.addPage({ page: 1, text, seams: [], skipped: [] })
  return findTerms(stream, termsOf(query)).map(({ spans }) =>
    spans.map((span) => Array.from(text).slice(span.start, span.end).join('')).join('|'),
  )
}

describe('the words of a search', () => {
  it.each([
    ['connections', 'a connection, connected', ['connection', 'connected']],
    ['"connections"', 'a connection and connections', ['connections']],
    [
      '"shortcut connection" degradation ',
      'degradation of the shortcut connection; shortcut',
      ['degradation', 'shortcut connection'],
    ],
    ['degr', 'the degradation', ['degradation']],
    ['degr ', 'the degradation', []],
    ['degr*', 'the degradation', ['degradation']],
    ['salt -fresh author:gradient year:2015..2020', 'fresh salt gradient 2015', ['salt']],
    ['O’Prova', "the O'Prova scale", ["O'Prova"]],
    ['doi:10.5555/abc', 'see 10.5555/abc there', ['10.5555/abc']],
    ['盐度', '上层水的盐度在', ['盐度']],
    ['salt OR gate', 'salt or the gate', ['salt', 'gate']],
  ])('%s', (query, text, expected) => {
    expect(found(text, query)).toEqual(expected)
  })
})

describe('stems', () => {
  it.each([
    ['connections', 'connect'],
    ['connection', 'connect'],
    ['running', 'run'],
    ['hopping', 'hop'],
    ['hoping', 'hope'],
    ['studies', 'studi'],
    ['study', 'studi'],
    ['generalization', 'general'],
    ['generate', 'generat'],
    ['generous', 'generous'],
    ['agreed', 'agre'],
    ['rational', 'ration'],
    ['relational', 'relat'],
    ['hopefulness', 'hope'],
    ['ties', 'tie'],
    ['gas', 'gas'],
    ['caresses', 'caress'],
    ['adjustment', 'adjust'],
    ['sensitivity', 'sensit'],
    ['networks', 'network'],
    ['analyses', 'analys'],
    ['biology', 'biolog'],
    ['control', 'control'],
    ['controlling', 'control'],
  ])('of %s is %s', (word, expected) => {
    expect(stem(word)).toBe(expected)
  })
})

it('folds as the table that the server is held to', () => {
  const pairs: [string, string][] = JSON.parse(table)
  expect(pairs.length).toBeGreaterThan(40)
  for (const [text, folded] of pairs) expect(fold(text), text).toBe(folded)
})
