import { expect, it } from 'vitest'
import { matchesWords } from './match'

it('finds by beginnings of words in any order', () => {
  expect(matchesWords('Light or dark', 'da')).toBe(true)
  expect(matchesWords('Light or dark', 'dark li')).toBe(true)
  expect(matchesWords('Light or dark', 'ark')).toBe(false)
  expect(matchesWords('Café de Flore', 'cafe')).toBe(true)
  expect(matchesWords('anything', '  ')).toBe(true)
})
