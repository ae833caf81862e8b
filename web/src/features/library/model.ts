// What the library page asks of the server beyond the common queries.
import { api, bodyOf, ifMatch } from '../../api/client'
import { type ItemListParams, itemsQuery } from '../../api/queries'
import type { Item, Library } from '../../api/types'
import type { LibrarySearch } from './search-state'
import type { ItemPatch } from '../../lib/item-merge'
import { WINDOW_ROWS } from '../../lib/row-windows'

export type ReadName = 'unread' | 'reading' | 'read'

/** A paper or file as the library page sees it. */
export type Paper = Item

/** The order of a list that nobody has sorted. */
export const defaultSort = { sort: 'added', direction: 'desc' } as const

/** The list's request for what stands in the address. */
export function listParams(search: LibrarySearch): ItemListParams {
  return {
    q: search.q,
    collection: search.collection,
    tag: search.tag,
    item_type: search.item_type,
    sort: search.sort ?? defaultSort.sort,
    direction: search.direction ?? (search.sort === undefined ? defaultSort.direction : 'asc'),
    trash: search.trash,
  }
}

export const windowQuery = (library: number, params: ItemListParams, offset: number) =>
  itemsQuery(library, params, offset, WINDOW_ROWS)

export function mayEdit(library: Library | undefined): boolean {
  return library !== undefined && ['editor', 'admin', 'owner'].includes(library.role)
}

export function patchItem(
  library: number,
  key: string,
  patch: ItemPatch & { trashed?: boolean; order?: number },
  version: number | '*',
): Promise<Paper> {
  return bodyOf(
    api.PATCH('/libraries/{library}/items/{key}', {
      params: { path: { library, key } },
      headers: ifMatch(version),
      body: { ...patch, creators: copy(patch.creators), tags: copy(patch.tags), collections: copy(patch.collections) },
    }),
  )
}

function copy<T>(list: readonly T[] | undefined): T[] | undefined {
  return list === undefined ? undefined : [...list]
}

/** What can be done to many papers at once. */
export interface BatchChange {
  trashed?: boolean
  add_collection?: string
  remove_collection?: string
  add_tags?: string[]
}

const batchKeys = 200

/** Changes many papers, in portions that the server takes. */
export async function changeMany(library: number, keys: readonly string[], change: BatchChange): Promise<void> {
  for (let at = 0; at < keys.length; at += batchKeys) {
    await api.POST('/libraries/{library}/items/batch', {
      params: { path: { library } },
      body: { keys: keys.slice(at, at + batchKeys), ...change },
    })
  }
}

/** The keys of every paper of a list, page by page. */
export async function allKeys(
  library: number,
  params: ItemListParams,
  onProgress: (have: number, total: number) => void,
): Promise<string[]> {
  const keys: string[] = []
  for (;;) {
    const page = await bodyOf(
      api.GET('/libraries/{library}/items', {
        params: { path: { library }, query: { ...params, offset: keys.length, limit: 200 } },
      }),
    )
    for (const item of page.items) keys.push(item.key)
    onProgress(keys.length, page.total)
    if (page.items.length === 0 || keys.length >= page.total) return keys
  }
}

export function setRead(library: number, key: string, state: ReadName): Promise<unknown> {
  return api.POST('/libraries/{library}/items/{key}/read', { params: { path: { library, key } }, body: { state } })
}
