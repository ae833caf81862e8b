// Shows a change everywhere at once, before the server has answered.
import type { QueryClient } from '@tanstack/react-query'
import { itemQuery, libraryKey } from '../../api/queries'
import type { Schemas } from '../../api/types'
import type { Paper } from './model'

/** Changes a paper wherever it is shown: in the details and in every window of every list. */
export function changeInCache(
  queries: QueryClient,
  library: number,
  key: string,
  change: (paper: Paper) => Paper,
): void {
  queries.setQueryData<Paper>(itemQuery(library, key).queryKey, (paper) =>
    paper === undefined ? undefined : change(paper),
  )
  queries.setQueriesData<Schemas['ItemPage']>({ queryKey: [...libraryKey(library), 'items'] }, (page) => {
    if (page === undefined || !page.items.some((item) => item.key === key)) return page
    return { ...page, items: page.items.map((item) => (item.key === key ? change(item) : item)) }
  })
}

/** Takes papers out of every list at once; counts follow. */
export function removeFromLists(queries: QueryClient, library: number, keys: readonly string[]): void {
  const gone = new Set(keys)
  queries.setQueriesData<Schemas['ItemPage']>({ queryKey: [...libraryKey(library), 'items'] }, (page) => {
    if (page === undefined) return page
    const items = page.items.filter((item) => !gone.has(item.key))
    return items.length === page.items.length
      ? page
      : { ...page, items, total: page.total - (page.items.length - items.length) }
  })
}

/** The paper as the details or any list know it. */
export function fromCache(queries: QueryClient, library: number, key: string): Paper | undefined {
  const known = queries.getQueryData<Paper>(itemQuery(library, key).queryKey)
  if (known !== undefined) return known
  for (const [, page] of queries.getQueriesData<Schemas['ItemPage']>({ queryKey: [...libraryKey(library), 'items'] })) {
    const item = page?.items.find((each) => each.key === key)
    if (item !== undefined) return item
  }
  return undefined
}

/** Asks for everything about a library anew, layouts excepted. */
export function refreshLibrary(queries: QueryClient, library: number): void {
  void queries.invalidateQueries({
    queryKey: libraryKey(library),
    predicate: (query) => query.queryKey[2] !== 'layout',
  })
}
