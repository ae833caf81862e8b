import { expect, it } from 'vitest'
import { initials, personColor } from './people'

it('takes the first letters of the first and last word', () => {
  expect(initials('Mina Kovač')).toBe('MK')
  expect(initials('Ludwig van Beethoven')).toBe('LB')
  expect(initials('éric')).toBe('É')
  expect(initials('  ')).toBe('?')
  expect(initials('𝒳ia (Dan) Li')).toBe('𝒳L')
})

it('gives a name one of six colours, always the same', () => {
  const colors = ['Mina K.', 'Tomas R.', 'Aiko S.', 'Jonas W.'].map(personColor)
  expect(colors.every((color) => color >= 1 && color <= 6)).toBe(true)
  expect(personColor('Mina K.')).toBe(colors[0])
})
