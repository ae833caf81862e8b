import { describe, expect, it } from 'vitest'
import { mayMove, pathOf, visibleLines } from './collection-tree'

const node = (key: string, parent: string | null = null, name = key) => ({ key, name, parent })
const tree = [
  node('b', null, 'Detection'),
  node('a', null, 'Backbones'),
  node('a2', 'a', 'Paper 10'),
  node('a1', 'a', 'Paper 9'),
  node('deep', 'a1'),
]

describe('the tree of collections', () => {
  it('shows what is open, sorted as names are read', () => {
    const lines = visibleLines(tree, new Set(['a']))
    expect(lines.map((line) => [line.collection.key, line.level, line.isOpen])).toEqual([
      ['a', 1, true],
      ['a1', 2, false],
      ['a2', 2, false],
      ['b', 1, false],
    ])
    expect(lines[1]).toMatchObject({ hasChildren: true, place: 1, siblings: 2 })
  })

  it('loses nobody: orphans stand at the top, rings are cut', () => {
    const keys = (list: Parameters<typeof visibleLines>[0]) =>
      visibleLines(list, new Set(['x', 'y']))
        .map((line) => line.collection.key)
        .sort()
    expect(keys([node('o', 'gone')])).toEqual(['o'])
    expect(keys([node('x', 'y'), node('y', 'x')])).toEqual(['x', 'y'])
  })

  it('does not let a collection go into itself or below itself', () => {
    expect(mayMove(tree, 'a', 'deep')).toBe(false)
    expect(mayMove(tree, 'a', 'a')).toBe(false)
    expect(mayMove(tree, 'a', null)).toBe(false)
    expect(mayMove(tree, 'a1', 'b')).toBe(true)
    expect(mayMove(tree, 'a1', null)).toBe(true)
    expect(mayMove([{ key: 'top', name: 'Top' }], 'top', null)).toBe(false)
    expect(pathOf(tree, 'deep').map((step) => step.key)).toEqual(['a', 'a1', 'deep'])
  })
})
