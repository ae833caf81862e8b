import { describe, expect, it } from 'vitest'
import { Finder, type FindState, type Wanted } from './finder'
import type { PageLayout, ReaderHost } from './host'
import { LayoutStore } from './layout-store'

const wanted = (query: string): Wanted => ({ query, meaning: 'typed', matchCase: false, wholeWords: false })

function layoutOf(page: number, text: string): PageLayout {
  return { page, rotate: 0, crop: [0, 0, 1, 1], text, words: new Float32Array(), roles: [], links: [] }
}

function finderOf(texts: readonly string[], asked: string[] = []): Finder {
  const layout: ReaderHost['layout'] = (first, last) => {
    asked.push(`${first}-${last}`)
    const pages = texts.slice(first - 1, last).map((text, index) => layoutOf(first + index, text))
    return Promise.resolve(pages)
  }
  const host = { ...fakeHost(), layout }
  return new Finder(new LayoutStore(host, texts.length), texts.length)
}

async function statesOf(finder: Finder, query: string): Promise<FindState[]> {
  const states: FindState[] = []
  await finder.find(wanted(query), new AbortController().signal, (state) => states.push(state))
  return states
}

describe('finding in the whole document', () => {
  const texts = Array.from({ length: 70 }, (_, index) => `text of page ${index + 1} with salt`)

  it('tells what it has after each slice and asks for each once', async () => {
    const asked: string[] = []
    const finder = finderOf(texts, asked)
    const states = await statesOf(finder, 'salt')
    expect(states.map(({ places, pages, done }) => [places.length, pages, done])).toEqual([
      [32, 32, false],
      [64, 64, false],
      [70, 70, true],
    ])
    expect(asked).toEqual(['1-32', '33-64', '65-70'])
    expect((await statesOf(finder, 'page 70')).at(-1)?.places).toHaveLength(1)
    expect(asked).toHaveLength(3)
  })

  it('finds a sentence behind the note that interrupts it', async () => {
    const text = 'the measured salt\n1 see the note\ngradient reversed'
    const finder = finderOf([text])
    const note = { start: text.indexOf('1 see'), end: text.indexOf('\ngradient'), role: 'footnote' }
    const layout = { ...layoutOf(1, text), roles: [note] }
    const store = new LayoutStore({ ...fakeHost(), layout: () => Promise.resolve([layout]) }, 1)
    const states = await statesOf(new Finder(store, 1), 'salt gradient')
    expect(states.at(-1)?.places).toHaveLength(1)
    expect((await statesOf(new Finder(store, 1), 'see the note')).at(-1)?.places).toHaveLength(1)
    expect((await statesOf(finder, 'salt gradient')).at(-1)?.places).toHaveLength(0)
  })
})

function fakeHost(): ReaderHost {
  return {
    layout: () => Promise.resolve([]),
    references: () => Promise.resolve([]),
    paperUrl: () => '',
    openPaper: () => undefined,
    pageImage: () => '',
    fileUrl: '',
    download: () => undefined,
    placeChanged: () => undefined,
    goBack: () => undefined,
    goForward: () => undefined,
    savePosition: () => undefined,
    close: () => undefined,
    openUri: () => undefined,
  }
}
