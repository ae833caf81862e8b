// What can be asked, under which key it is kept.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from './client'
import { isProblem } from './problem'
import type { FileState, ItemKey, LibraryId } from './types'

/** Filter and order of a list of papers; every part may be left out. */
export interface ItemListParams {
  q?: string
  collection?: ItemKey
  tag?: string
  item_type?: string
  sort?: string
  direction?: 'asc' | 'desc'
  trash?: boolean
}

/** Everything below one library is kept under `['library', id, …]`. */
export const libraryKey = (library: LibraryId) => ['library', library] as const

export const sessionQuery = () =>
  queryOptions({
    queryKey: ['session'],
    // A page that cannot be opened says so at once and tries again by itself.
    retry: false,
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/session', { signal })).catch((error: unknown) => {
        if (isProblem(error, 401)) return null
        throw error
      }),
  })

/** Whether there is an administrator, and, once there is, the name of the place. Needs nobody signed in. */
export const placeQuery = () =>
  queryOptions({ queryKey: ['setup'], queryFn: ({ signal }) => bodyOf(api.GET('/setup', { signal })) })

/** Room on the server's disk, for administrators. It fills slowly: a look a minute is enough. */
export const diskQuery = () =>
  queryOptions({
    queryKey: ['disk'],
    queryFn: ({ signal }) => bodyOf(api.GET('/admin/disk', { signal })),
    refetchInterval: 60_000,
  })

export const librariesQuery = () =>
  queryOptions({
    queryKey: ['libraries'],
    queryFn: ({ signal }) => bodyOf(api.GET('/libraries', { signal })).then(({ items }) => items),
  })

/** One window of the list, `limit` rows from `offset` on. */
export const itemsQuery = (library: LibraryId, params: ItemListParams, offset: number, limit: number) =>
  queryOptions({
    queryKey: [...libraryKey(library), 'items', params, offset, limit],
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/libraries/{library}/items', {
          signal,
          params: { path: { library }, query: { ...params, offset, limit } },
        }),
      ),
  })

export const itemQuery = (library: LibraryId, key: ItemKey) =>
  queryOptions({
    queryKey: [...libraryKey(library), 'item', key],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/libraries/{library}/items/{key}', { signal, params: { path: { library, key } } })),
  })

export const childrenQuery = (library: LibraryId, key: ItemKey) =>
  queryOptions({
    queryKey: [...libraryKey(library), 'children', key],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/libraries/{library}/items/{key}/children', { signal, params: { path: { library, key } } })).then(
        ({ items }) => items,
      ),
  })

/** The works that a paper cites; null while its PDF has not been read, so that `state` is part of the key. */
export const referencesQuery = (library: LibraryId, key: ItemKey, state: FileState) =>
  queryOptions({
    queryKey: [...libraryKey(library), 'references', key, state],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/libraries/{library}/items/{key}/references', { signal, params: { path: { library, key } } })).then(
        ({ items }) => items,
        (error: unknown) => {
          if (isProblem(error, 404)) return null
          throw error
        },
      ),
  })

/** What was read from a paper's PDF; null while it has not been read. */
export const asReadQuery = (library: LibraryId, key: ItemKey, state: FileState) =>
  queryOptions({
    queryKey: [...libraryKey(library), 'as-read', key, state],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/libraries/{library}/items/{key}/as-read', { signal, params: { path: { library, key } } })).catch(
        (error: unknown) => {
          if (isProblem(error, 404)) return null
          throw error
        },
      ),
  })

/** Versions and supplements of a paper, linked and offered. */
export const relativesQuery = (library: LibraryId, key: ItemKey) =>
  queryOptions({
    queryKey: [...libraryKey(library), 'relatives', key],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/libraries/{library}/items/{key}/relatives', { signal, params: { path: { library, key } } })).then(
        ({ items }) => items,
      ),
  })

export const collectionsQuery = (library: LibraryId) =>
  queryOptions({
    queryKey: [...libraryKey(library), 'collections'],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/libraries/{library}/collections', { signal, params: { path: { library } } })).then(
        ({ items }) => items,
      ),
  })

export const tagsQuery = (library: LibraryId) =>
  queryOptions({
    queryKey: [...libraryKey(library), 'tags'],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/libraries/{library}/tags', { signal, params: { path: { library } } })).then(({ items }) => items),
  })

/** Counts for the sidebar. */
export const facetsQuery = (library: LibraryId) =>
  queryOptions({
    queryKey: [...libraryKey(library), 'facets'],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/libraries/{library}/facets', { signal, params: { path: { library } } })),
  })

export const membersQuery = (library: LibraryId) =>
  queryOptions({
    queryKey: [...libraryKey(library), 'members'],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/libraries/{library}/members', { signal, params: { path: { library } } })).then(
        ({ items }) => items,
      ),
  })

/** Layout of the pages `from` to `to`, counted from 1. */
export const layoutQuery = (library: LibraryId, key: ItemKey, from: number, to: number) =>
  queryOptions({
    queryKey: [...libraryKey(library), 'layout', key, from, to],
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/libraries/{library}/items/{key}/layout', {
          signal,
          params: { path: { library, key }, query: { pages: `${from}-${to}` } },
        }),
      ),
  })

export const searchQuery = (q: string, library?: LibraryId) =>
  infiniteQueryOptions({
    queryKey: ['search', q, library ?? null],
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) =>
      bodyOf(
        api.GET('/search', {
          signal,
          params: { query: { q, library, cursor: pageParam === '' ? undefined : pageParam, limit: 20 } },
        }),
      ),
    getNextPageParam: (last) => last.next_cursor,
  })

/** The few best papers, while somebody is still typing. */
export const quickSearchQuery = (q: string) =>
  queryOptions({
    queryKey: ['quick-search', q],
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => bodyOf(api.GET('/search', { signal, params: { query: { q, limit: 5 } } })),
  })

export const jobsQuery = () =>
  queryOptions({
    queryKey: ['jobs'],
    queryFn: ({ signal }) => bodyOf(api.GET('/jobs', { signal, params: { query: { limit: 200 } } })),
  })

export const adminUsersQuery = () =>
  queryOptions({
    queryKey: ['admin', 'users'],
    queryFn: ({ signal }) => bodyOf(api.GET('/admin/users', { signal })).then(({ items }) => items),
  })

export const bansQuery = () =>
  queryOptions({
    queryKey: ['admin', 'bans'],
    queryFn: ({ signal }) => bodyOf(api.GET('/admin/bans', { signal })).then(({ items }) => items),
  })

export const sessionsQuery = () =>
  queryOptions({
    queryKey: ['sessions'],
    queryFn: ({ signal }) => bodyOf(api.GET('/sessions', { signal })).then(({ items }) => items),
  })

export const tokensQuery = () =>
  queryOptions({
    queryKey: ['tokens'],
    queryFn: ({ signal }) => bodyOf(api.GET('/tokens', { signal })).then(({ items }) => items),
  })
