import { describe, expect, it } from 'vitest'
import { snippetOf } from './snippet'

const words = (text: string, found: string, hidden: readonly string[] = []) => {
  const start = text.indexOf(found)
  const spans = hidden.map((each) => ({ start: text.indexOf(each), end: text.indexOf(each) + each.length }))
  return snippetOf(text, start, start + found.length, spans).map((part) => (part.marked ? `[${part.text}]` : part.text))
}

describe('the words around a place', () => {
  it('are cut at word ends', () => {
    const text = 'a long beginning of the sentence in which the gradient reversed at dusk and stayed so until the gate was opened'
    expect(words(text, 'reversed')).toEqual(['in which the gradient ', '[reversed]', ' at dusk and stayed so until the gate was'])
  })

  it('leave out heads, feet and page numbers', () => {
    const text = '© the authors, free to share\nreversed at dusk\n302\nand stayed so'
    expect(words(text, 'reversed', ['© the authors, free to share', '302'])).toEqual(['[reversed]', ' at dusk and stayed so'])
  })
})
