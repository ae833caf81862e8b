import { describe, expect, it } from 'vitest'
import type { CitedWork } from '../lib/references'
import { captionsOf, captionText, figureArea, findCaption, mentionsOf } from './captions'
import type { DocumentHead, PageLayout, ReaderHost, RoleSpan } from './host'
import { LayoutStore } from './layout-store'
import { citationSpots, isUnderLink, spotAt } from './spots'

const head: DocumentHead['pages'][number] = { label: null, width: 600, height: 800, rotate: 0, crop: [0, 0, 600, 800] }

/** Lines of words six points a letter, at a height each; a line that begins with "^" is a caption. */
function layoutOf(lines: readonly (readonly [y: number, text: string])[], more: Partial<PageLayout> = {}): PageLayout {
  let text = ''
  const words: number[] = []
  const roles: RoleSpan[] = []
  for (const [y, line] of lines) {
    const plain = line.replace('^', '')
    if (plain !== line) roles.push({ start: text.length, end: text.length + plain.length + 1, role: 'caption' })
    let x = 60
    for (const [word] of plain.matchAll(/\S+\s*/gu)) {
      const length = word.trim().length
      words.push(text.length, text.length + length, x, y, x + 6 * length, y + 10)
      text += word
      x += 6 * word.length
    }
    text += '\n'
  }
  return { page: 1, rotate: 0, crop: [0, 0, 600, 800], text, words: Float32Array.from(words), roles, links: [], ...more }
}

function cited(label: string, ...cited_in: CitedWork['cited_in']): CitedWork {
  return { label, raw: '', authors: [], confidence: 1, list: 0, places: [], cited_in }
}

const long = 'a line of running text that goes on to the right margin of the column there'

describe('citations', () => {
  const layout = layoutOf([[700, 'as shown before [3, 5] and later']])
  const works = [cited('3', { page: 1, start: 16, end: 22 }), cited('5', { page: 1, start: 16, end: 22 })]
  const spots = citationSpots(works).get(1) ?? []

  it('in one bracket are one spot with all works', () => {
    expect(spots.map(({ name, target }) => ({ name, target }))).toEqual([
      { name: 'References 3, 5', target: { kind: 'works', works: [0, 1] } },
    ])
  })

  it('are found at the place where they are printed, and not beside it', () => {
    const reach = { x: 1 / 600, y: 1 / 800 }
    const across = (x: number, beside = reach) => spotAt(spots, layout, 0, { x: x / 600, y: 95 / 800 }, beside)?.spot
    expect(across(60 + 6 * 18)).toBe(spots[0])
    expect(across(60 + 6 * 15)).toBeUndefined()
    expect(across(60 + 6 * 15, { x: 12 / 600, y: 12 / 800 })).toBe(spots[0])
    expect(spotAt(spots, layout, 90, { x: 705 / 800, y: 168 / 600 }, reach)?.spot).toBe(spots[0])
    expect(spotAt(spots, layout, 180, { x: 1 - 168 / 600, y: 705 / 800 }, reach)?.spot).toBe(spots[0])
  })

  it('are reached by the link of the file that lies over them', () => {
    const link = { box: [150, 698, 200, 712] as const, target: { kind: 'page' as const, page: 9, top: null } }
    expect(isUnderLink(spots[0]!, layout)).toBe(false)
    expect(isUnderLink(spots[0]!, { ...layout, links: [link] })).toBe(true)
  })
})

describe('figures and tables', () => {
  const page = layoutOf([
    [740, long],
    [728, long],
    [600, 'axis'],
    [500, '^Figure 3. The layers under'],
    [488, '^the lens at noon.'],
    [460, long],
    [448, 'See Fig. 3b, Tables 2 and Figure in'],
    [300, '^TABLE IV: Counts'],
    [280, 'one two'],
    [268, 'three four'],
    [150, long],
    [138, long],
  ])

  it('are mentioned in running text, not in their own captions', () => {
    const found = mentionsOf(page).map(({ start, end, figure }) => [page.text.slice(start, end), figure.kind, figure.number])
    expect(found).toEqual([
      ['Fig. 3b', 'figure', '3'],
      ['Tables 2', 'table', '2'],
    ])
  })

  it('have captions of several lines', () => {
    const [figure, table] = captionsOf(page)
    expect(figure?.figure).toEqual({ kind: 'figure', number: '3' })
    expect(captionText(figure!, page)).toBe('Figure 3. The layers under the lens at noon.')
    expect(table?.figure).toEqual({ kind: 'table', number: 'IV' })
  })

  it('stand between their caption and the text: figures above it, tables below', () => {
    const [figure, table] = captionsOf(page)
    const area = figureArea(figure!, page, head)
    expect([800 - 800 * area!.top, 800 - 800 * (area!.top + area!.height)].map(Math.round)).toEqual([728, 510])
    const below = figureArea(table!, page, head)
    expect([800 - 800 * below!.top, 800 - 800 * (below!.top + below!.height)].map(Math.round)).toEqual([300, 160])
  })

  it('that are tables may stand above their caption', () => {
    const layout = layoutOf([[740, long], [728, long], [600, 'one two'], [588, 'three four'], [574, '^Table 1: Counts'], [500, 'A heading'], [480, long], [468, long]])
    const area = figureArea(captionsOf(layout)[0]!, layout, head)
    expect([800 - 800 * area!.top, 800 - 800 * (area!.top + area!.height)].map(Math.round)).toEqual([728, 584])
  })

  it('are no figures where text stands on both sides', () => {
    const dense = layoutOf([[512, long], [500, long], [488, '^Figure 1. In text'], [476, long], [464, long]])
    expect(figureArea(captionsOf(dense)[0]!, dense, head)).toBeNull()
  })

  it('count code points, not halves of letters', () => {
    const layout = layoutOf([[700, '𝒙𝒚 in Fig. 1 here']])
    expect(mentionsOf(layout)[0]).toMatchObject({ start: 6, end: 12 })
  })

  it('are looked for in the pages around the mention first', async () => {
    const asked: number[] = []
    const host = {
      layout: (first: number, last: number) => {
        asked.push(first)
        const pages = Array.from({ length: last - first + 1 }, (_, index) => first + index)
        return Promise.resolve(pages.map((number) => (number === 70 || number === 3 ? { ...page, page: number } : { ...layoutOf([]), page: number })))
      },
    }
    const store = new LayoutStore(host as unknown as ReaderHost, 100)
    expect((await findCaption(store, 100, { kind: 'figure', number: '3' }, 66))?.page).toBe(70)
    expect(asked).toEqual([65])
    expect(await findCaption(store, 100, { kind: 'figure', number: '99' }, 66)).toBeNull()
  })
})
