// What the page of a paper asks the server, beside the paper itself.
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, apiUrl, bodyOf } from '../../api/client'
import { isProblem } from '../../api/problem'
import { libraryKey } from '../../api/queries'
import type { FileState, ItemKey, LibraryId, ReadingPosition } from '../../api/types'
import type { CitedWork } from '../../lib/references'
import type { PageLayout } from '../../reader/host'
import { headOf, layoutsOf } from './wire'

const itemPath = (library: LibraryId, key: ItemKey) => `/libraries/${library}/items/${key}`

/**
 * Sizes, labels and outline of all pages; null while nothing of the file is known yet. `state` is part of the key,
 * because headings are known only when the file has been read.
 */
/** `recognised` pages of a scan bring headings that were not known before. */
export const headQuery = (library: LibraryId, key: ItemKey, state: FileState | undefined, recognised = 0) =>
  queryOptions({
    queryKey: [...libraryKey(library), 'outline', key, state === 'reading' ? 'reading' : 'settled', recognised],
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/libraries/{library}/items/{key}/outline', { signal, params: { path: { library, key } } })).then(
        (body) => (body.pages.length === 0 ? null : headOf(body)),
        (error: unknown) => {
          if (isProblem(error, 404) || isProblem(error, 409) || isProblem(error, 425)) return null
          throw error
        },
      ),
  })

/** Where this person was reading; null at the first time. */
export const positionQuery = (library: LibraryId, key: ItemKey) =>
  queryOptions({
    queryKey: [...libraryKey(library), 'position', key],
    staleTime: 0,
    gcTime: 0,
    retry: false,
    queryFn: ({ signal }) =>
      api.GET('/libraries/{library}/items/{key}/position', { signal, params: { path: { library, key } } }).then(
        ({ data }) => data ?? null,
        // Without it the paper opens at its first page, which is no reason to fail.
        () => null,
      ),
  })

export function fetchLayouts(
  library: LibraryId,
  key: ItemKey,
  first: number,
  last: number,
  signal: AbortSignal,
): Promise<PageLayout[]> {
  const params = { path: { library, key }, query: { pages: `${first}-${last}` } }
  return bodyOf(api.GET('/libraries/{library}/items/{key}/layout', { signal, params })).then(layoutsOf)
}

/** The works that the paper cites; none while it has not been read to its end. */
export function fetchReferences(library: LibraryId, key: ItemKey, signal: AbortSignal): Promise<CitedWork[]> {
  const params = { path: { library, key } }
  return bodyOf(api.GET('/libraries/{library}/items/{key}/references', { signal, params })).then(
    ({ items }) => items,
    (error: unknown) => {
      if (isProblem(error, 404)) return []
      throw error
    },
  )
}

export function putPosition(library: LibraryId, key: ItemKey, body: ReadingPosition): Promise<unknown> {
  return api.PUT('/libraries/{library}/items/{key}/position', { params: { path: { library, key } }, body })
}

export function postPassword(library: LibraryId, key: ItemKey, password: string): Promise<unknown> {
  return api.POST('/libraries/{library}/items/{key}/password', {
    params: { path: { library, key } },
    body: { password },
  })
}

/** Has the file read from its bytes once more. */
export function postReadAgain(library: LibraryId, key: ItemKey): Promise<unknown> {
  return api.POST('/libraries/{library}/items/{key}/read-again', { params: { path: { library, key } } })
}

export function pageImageUrl(library: LibraryId, key: ItemKey, page: number, width: number): string {
  return apiUrl(`${itemPath(library, key)}/pages/${page}/image`, { width })
}

export function fileUrl(library: LibraryId, key: ItemKey): string {
  return apiUrl(`${itemPath(library, key)}/file`)
}

/** The file as something to be saved, under its safe name. */
export function downloadUrl(library: LibraryId, key: ItemKey): string {
  return apiUrl(`${itemPath(library, key)}/file`, { download: true })
}
