// What the paper cites, and which figures of it are known.
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { CitedWork } from '../lib/references'
import { captionsOf, type FigureName } from './captions'
import type { ReaderHost } from './host'
import type { LayoutStore } from './layout-store'
import { citationSpots, type Spot } from './spots'

export interface References {
  readonly works: readonly CitedWork[]
  /** The citations of each page. */
  readonly citations: ReadonlyMap<number, readonly Spot[]>
}

const NONE: References = { works: [], citations: new Map() }

/** `revision` rises when more of the document has been read. */
export function useReferences(host: ReaderHost, revision: number): References {
  const [references, setReferences] = useState(NONE)
  useEffect(() => {
    const stop = new AbortController()
    // Without them the paper is read all the same.
    host.references(stop.signal).then(
      (works) => setReferences({ works, citations: citationSpots(works) }),
      () => undefined,
    )
    return () => stop.abort()
  }, [host, revision])
  return references
}

export function figureKey({ kind, number }: FigureName): string {
  return `${kind} ${number}`
}

/** The figures whose captions are on pages that came in already; the same set as long as nothing is added. */
export function useKnownFigures(store: LayoutStore, pageCount: number): ReadonlySet<string> {
  const version = useSyncExternalStore(store.subscribe, store.version)
  const known = useRef<ReadonlySet<string>>(new Set())
  return useMemo(() => {
    const found = new Set(known.current)
    for (let page = 1; page <= pageCount; page += 1) {
      const layout = store.get(page)
      if (layout !== undefined) for (const { figure } of captionsOf(layout)) found.add(figureKey(figure))
    }
    if (found.size > known.current.size) known.current = found
    return known.current
  }, [store, pageCount, version])
}
