/** The tree of a library's collections, from the flat list that the server gives. */

/** A collection as listed. */
export interface CollectionNode {
  readonly key: string
  readonly name: string
  /** Absent at the top. */
  readonly parent?: string | null
}

/** One visible line of the tree. */
export interface TreeLine<C extends CollectionNode> {
  readonly collection: C
  /** From 1, as the tree pattern counts levels. */
  readonly level: number
  readonly hasChildren: boolean
  readonly isOpen: boolean
  /** Place among its siblings, from 1, and how many they are. */
  readonly place: number
  readonly siblings: number
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** Children by parent (`''` for the top), sorted as names are read. A node whose parent is gone stands at the top; a ring is cut open. */
export function childrenByParent<C extends CollectionNode>(collections: readonly C[]): Map<string, C[]> {
  const byKey = new Map(collections.map((collection) => [collection.key, collection]))
  const children = new Map<string, C[]>()
  for (const collection of collections) {
    const above = collection.parent ?? ''
    const parent = byKey.has(above) && !isInRing(collection, byKey) ? above : ''
    const list = children.get(parent)
    if (list) list.push(collection)
    else children.set(parent, [collection])
  }
  for (const list of children.values()) list.sort((a, b) => collator.compare(a.name, b.name))
  return children
}

function isInRing<C extends CollectionNode>(start: C, byKey: ReadonlyMap<string, C>): boolean {
  const seen = new Set<string>()
  for (let at: C | undefined = start; at !== undefined; at = byKey.get(at.parent ?? '')) {
    if (seen.has(at.key)) return at.key === start.key
    seen.add(at.key)
  }
  return false
}

/** The visible lines, top to bottom. */
export function visibleLines<C extends CollectionNode>(
  collections: readonly C[],
  open: ReadonlySet<string>,
): TreeLine<C>[] {
  const children = childrenByParent(collections)
  const lines: TreeLine<C>[] = []
  const walk = (parent: string, level: number) => {
    const siblings = children.get(parent) ?? []
    siblings.forEach((collection, index) => {
      const hasChildren = (children.get(collection.key)?.length ?? 0) > 0
      const isOpen = hasChildren && open.has(collection.key)
      lines.push({ collection, level, hasChildren, isOpen, place: index + 1, siblings: siblings.length })
      if (isOpen) walk(collection.key, level + 1)
    })
  }
  walk('', 1)
  return lines
}

/** The names from the top down to a collection: `['Detection', 'Anchors']`. */
export function pathOf(collections: readonly CollectionNode[], key: string): CollectionNode[] {
  const byKey = new Map(collections.map((collection) => [collection.key, collection]))
  const path: CollectionNode[] = []
  for (let at = byKey.get(key); at && !path.includes(at); at = byKey.get(at.parent ?? '')) path.unshift(at)
  return path
}

/** Whether a collection may be laid into another (or to the top with `null`): not into itself, not below itself, not where it is. */
export function mayMove(collections: readonly CollectionNode[], key: string, into: string | null): boolean {
  const moved = collections.find((collection) => collection.key === key)
  if (!moved || (moved.parent ?? null) === into) return false
  return into === null || !pathOf(collections, into).some((step) => step.key === key)
}
