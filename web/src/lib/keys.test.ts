import { expect, it } from 'vitest'
import { alternatives, isPrefix, isSingle, pressName } from './keys'

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {}) =>
  pressName({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held })

it('names presses as shortcuts are written', () => {
  expect(press('k', { ctrlKey: true })).toBe('Mod+K')
  expect(press('k', { metaKey: true })).toBe('Mod+K')
  expect(press('L', { shiftKey: true })).toBe('Shift+L')
  expect(press('ArrowUp', { altKey: true })).toBe('Alt+ArrowUp')
  expect(press('?', { shiftKey: true })).toBe('?')
  expect(press('+', { shiftKey: true })).toBe('Plus')
  expect(press(' ')).toBe('Space')
  expect(press('Enter', { shiftKey: true })).toBe('Shift+Enter')
})

it('knows single keys and first keys', () => {
  expect(isSingle('Shift+L')).toBe(true)
  expect(isSingle('Mod+K')).toBe(false)
  expect(isPrefix('G', ['G L', 'A'])).toBe(true)
  expect(isPrefix('A', ['G L', 'A'])).toBe(false)
  expect(alternatives('J / K')).toEqual(['J', 'K'])
})
