import { describe, expect, it } from 'vitest'
import { authorsLine, fullName, nameFromText, namesFromText, nameToText, type Creator } from './creators'

const author = (given: string, family: string): Creator => ({ creator_type: 'author', given, family })

describe('names', () => {
  it('stand in one line: one, two, or the first of many', () => {
    expect(authorsLine([])).toBe('')
    expect(authorsLine([author('K.', 'He')])).toBe('He')
    expect(authorsLine([author('M.', 'Tan'), author('Q.', 'Le')])).toBe('Tan, Le')
    expect(authorsLine([author('K.', 'He'), author('X.', 'Z'), author('S.', 'R')])).toBe('He et al.')
    expect(authorsLine([{ creator_type: 'editor', name: 'ACME' }, author('K.', 'He')])).toBe('He')
  })

  it('come back from a text field as they went in', () => {
    for (const creator of [author('Kaiming', 'He'), author('Ludwig', 'van Beethoven'), author('', 'Plato')]) {
      expect(nameFromText(nameToText(creator), 'author')).toEqual(creator)
    }
  })

  it('are read as people type them', () => {
    expect(nameFromText('Ludwig van Beethoven', 'author')).toEqual(author('Ludwig', 'van Beethoven'))
    expect(nameFromText('He,  Kaiming', 'author')).toEqual(author('Kaiming', 'He'))
    expect(nameFromText('{ATLAS Collaboration}', 'author')).toEqual({
      creator_type: 'author',
      name: 'ATLAS Collaboration',
    })
    expect(nameFromText('  ', 'author')).toBeNull()
    expect(namesFromText('K. He; X. Zhang and S. Ren\nJ. Sun', 'author').map(fullName)).toEqual([
      'K. He',
      'X. Zhang',
      'S. Ren',
      'J. Sun',
    ])
  })
})
