import { describe, expect, it } from 'vitest'
import type { PageLayout } from './host'
import { boxesOf } from './marks'
import { copyText } from './quote'
import { pageText } from './words'

/** Words of ten points a letter on lines twelve apart; "|" divides a word at a line end. */
function layoutOf(lines: readonly string[], more: Partial<PageLayout> = {}): PageLayout {
  let text = ''
  const words: number[] = []
  lines.forEach((line, row) => {
    const y = 700 - 12 * row
    let x = 100
    for (const [word] of line.replaceAll('|', '').matchAll(/\S+\s?/gu)) {
      const length = word.trim().length
      words.push(text.length, text.length + length, x, y, x + 10 * length, y + 10)
      text += word
      x += 10 * word.length
    }
    if (!line.endsWith('|')) text += '\n'
  })
  const words32 = Float32Array.from(words)
  return { page: 1, rotate: 0, crop: [0, 0, 600, 800], text, words: words32, roles: [], links: [], ...more }
}

const rolesOf = (text: string, words: string, role: string) => [
  { start: text.indexOf(words), end: text.indexOf(words) + words.length, role },
]

describe('marks', () => {
  const layout = layoutOf(['the salt gradient', 'of photo|', 'synthesis here'])

  it('are one stroke a line', () => {
    expect(boxesOf(layout, 4, 17)).toEqual([[140, 700, 270, 710]])
  })

  it('cover the part of a word that is meant', () => {
    expect(boxesOf(layout, 9, 13)).toEqual([[190, 700, 230, 710]])
  })

  it('lie on both halves of a divided word', () => {
    const start = layout.text.indexOf('photosynthesis')
    expect(boxesOf(layout, start, start + 14)).toEqual([
      [130, 688, 180, 698],
      [100, 676, 190, 686],
    ])
    expect(pageText(layout, true).seams).toEqual([start + 5])
  })
})

describe('what is copied', () => {
  it('has whole words and joined lines', () => {
    const layout = layoutOf(['the seat of photo|', 'synthesis is', 'here'])
    const all = { first: 1, last: 1, start: 4, end: layout.text.length }
    expect(copyText(all, () => layout)).toBe('seat of photosynthesis is here')
  })

  it('leaves heads and feet out over a page end', () => {
    const first = layoutOf(['measured salt gradient', 'free to share'])
    const second = { ...layoutOf(['Basins 14', 'reversed at dusk']), page: 2 }
    const pages = [
      { ...first, roles: rolesOf(first.text, 'free to share', 'foot') },
      { ...second, roles: rolesOf(second.text, 'Basins 14', 'head') },
    ]
    const selected = { first: 1, last: 2, start: 9, end: second.text.length }
    expect(copyText(selected, (page) => pages[page - 1])).toBe('salt gradient reversed at dusk')
  })

  it('joins a word that the page end divides', () => {
    const [first, second] = [layoutOf(['upper catch-']), { ...layoutOf(['ment passes']), page: 2 }]
    const selected = { first: 1, last: 2, start: 0, end: 11 }
    expect(copyText(selected, (page) => (page === 1 ? first : second))).toBe('upper catchment passes')
  })

  it('is a foot line where only that is selected', () => {
    const layout = layoutOf(['body', 'free to share'])
    const roles = rolesOf(layout.text, 'free to share', 'foot')
    const selected = { first: 1, last: 1, start: 5, end: 12 }
    expect(copyText(selected, () => ({ ...layout, roles }))).toBe('free to')
  })
})
