import { useEffect, useMemo, useSyncExternalStore } from 'react'
import type { PageLayout, ReaderHost } from './host'
import { LayoutStore } from './layout-store'

/** One store of layouts for as long as the reader shows this edition of the document's text. */
export function useLayouts(host: ReaderHost, pageCount: number, edition: number): LayoutStore {
  // What is kept of an earlier edition is out of date.
  const store = useMemo(() => new LayoutStore(host, pageCount), [host, pageCount, edition])
  useEffect(() => () => store.pause(), [store])
  return store
}

/** A page's layout as soon as it is there; `wanted` sees to it that it comes. */
export function useLayout(store: LayoutStore, page: number, wanted: boolean): PageLayout | undefined {
  const version = useSyncExternalStore(store.subscribe, store.version)
  useEffect(() => {
    if (wanted) store.want(page)
  }, [store, page, wanted, version])
  return store.get(page)
}
