// What can be asked, under which key it is kept.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from './client'
import { isProblem } from './problem'
import { readJob } from './types'
import type {
  Ban,
  Browser,
  Collection,
  Facets,
  Item,
  ItemKey,
  JobList,
  Layout,
  Library,
  LibraryId,
  Member,
  Page,
  SearchAnswer,
  Session,
  TagCount,
  Token,
  User,
} from './types'

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
      call<Session>('/session', { signal }).catch((error: unknown) => {
        if (isProblem(error, 401)) return null
        throw error
      }),
  })

/** Whether there is an administrator, and, once there is, the name of the place. Needs nobody signed in. */
export const placeQuery = () =>
  queryOptions({
    queryKey: ['setup'],
    queryFn: ({ signal }) => call<{ done: boolean; server_name?: string }>('/setup', { signal }),
  })

export const librariesQuery = () =>
  queryOptions({
    queryKey: ['libraries'],
    queryFn: ({ signal }) => call<{ items: Library[] } | Library[]>('/libraries', { signal }).then(rows),
  })

/** One window of the list, `limit` rows from `offset` on. */
export const itemsQuery = (library: LibraryId, params: ItemListParams, offset: number, limit: number) =>
  queryOptions({
    queryKey: [...libraryKey(library), 'items', params, offset, limit],
    queryFn: ({ signal }) =>
      call<Page<Item>>(`/libraries/${library}/items`, { signal, query: { ...params, offset, limit } }),
  })

export const itemQuery = (library: LibraryId, key: ItemKey) =>
  queryOptions({
    queryKey: [...libraryKey(library), 'item', key],
    queryFn: ({ signal }) => call<Item>(`/libraries/${library}/items/${key}`, { signal }),
  })

export const childrenQuery = (library: LibraryId, key: ItemKey) =>
  queryOptions({
    queryKey: [...libraryKey(library), 'children', key],
    queryFn: ({ signal }) =>
      call<{ items: Item[] } | Item[]>(`/libraries/${library}/items/${key}/children`, { signal }).then(rows),
  })

export const collectionsQuery = (library: LibraryId) =>
  queryOptions({
    queryKey: [...libraryKey(library), 'collections'],
    queryFn: ({ signal }) =>
      call<{ items: Collection[] } | Collection[]>(`/libraries/${library}/collections`, { signal }).then(rows),
  })

export const tagsQuery = (library: LibraryId) =>
  queryOptions({
    queryKey: [...libraryKey(library), 'tags'],
    queryFn: ({ signal }) => call<{ items: TagCount[] } | TagCount[]>(`/libraries/${library}/tags`, { signal }).then(rows),
  })

/** Counts for the sidebar. */
export const facetsQuery = (library: LibraryId) =>
  queryOptions({
    queryKey: [...libraryKey(library), 'facets'],
    queryFn: ({ signal }) => call<Facets>(`/libraries/${library}/facets`, { signal }),
  })

export const membersQuery = (library: LibraryId) =>
  queryOptions({
    queryKey: [...libraryKey(library), 'members'],
    queryFn: ({ signal }) => call<{ items: Member[] } | Member[]>(`/libraries/${library}/members`, { signal }).then(rows),
  })

/** Layout of the pages `from` to `to`, counted from 1. */
export const layoutQuery = (library: LibraryId, key: ItemKey, from: number, to: number) =>
  queryOptions({
    queryKey: [...libraryKey(library), 'layout', key, from, to],
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      call<Layout>(`/libraries/${library}/items/${key}/layout`, { signal, query: { pages: `${from}-${to}` } }),
  })

export const searchQuery = (q: string, library?: LibraryId) =>
  infiniteQueryOptions({
    queryKey: ['search', q, library ?? null],
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) =>
      call<SearchAnswer>('/search', { signal, query: { q, library, cursor: pageParam, limit: 20 } }),
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  })

/** The few best papers, while somebody is still typing. */
export const quickSearchQuery = (q: string) =>
  queryOptions({
    queryKey: ['quick-search', q],
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => call<SearchAnswer>('/search', { signal, query: { q, limit: 5 } }),
  })

export const jobsQuery = () =>
  queryOptions({
    queryKey: ['jobs'],
    queryFn: ({ signal }) => call<JobList>('/jobs', { signal, query: { limit: 200 } }).then((list) => ({ ...list, items: list.items.map(readJob) })),
  })

export const adminUsersQuery = () =>
  queryOptions({
    queryKey: ['admin', 'users'],
    queryFn: ({ signal }) => call<{ items: User[] } | User[]>('/admin/users', { signal }).then(rows),
  })

export const bansQuery = () =>
  queryOptions({
    queryKey: ['admin', 'bans'],
    queryFn: ({ signal }) => call<{ items: Ban[] } | Ban[]>('/admin/bans', { signal }).then(rows),
  })

export const sessionsQuery = () =>
  queryOptions({
    queryKey: ['sessions'],
    queryFn: ({ signal }) => call<{ items: Browser[] } | Browser[]>('/sessions', { signal }).then(rows),
  })

export const tokensQuery = () =>
  queryOptions({
    queryKey: ['tokens'],
    queryFn: ({ signal }) => call<{ items: Token[] } | Token[]>('/tokens', { signal }).then(rows),
  })

/** Short lists come as a page or as a bare list. */
function rows<T>(answer: { items: T[] } | T[]): T[] {
  return Array.isArray(answer) ? answer : answer.items
}
