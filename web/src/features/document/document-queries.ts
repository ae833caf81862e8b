// What the page of a paper asks the server, beside the paper itself.
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { apiUrl, call } from '../../api/client'
import { isProblem } from '../../api/problem'
import { libraryKey } from '../../api/queries'
import type { FileState, ItemKey, LibraryId } from '../../api/types'
import type { PageLayout } from '../../reader/host'
import { headOf, layoutsOf, type LayoutBody, type OutlineBody, type PositionBody } from './wire'

const itemPath = (library: LibraryId, key: ItemKey) => `/libraries/${library}/items/${key}`

/**
 * Sizes, labels and outline of all pages; null while nothing of the file is known yet. `state` is part of the key,
 * because headings are known only when the file has been read.
 */
export const headQuery = (library: LibraryId, key: ItemKey, state: FileState | undefined) =>
  queryOptions({
    queryKey: [...libraryKey(library), 'outline', key, state === 'reading' ? 'reading' : 'settled'],
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      call<OutlineBody>(`${itemPath(library, key)}/outline`, { signal }).then(
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
      call<PositionBody | undefined>(`${itemPath(library, key)}/position`, { signal }).then(
        (body) => body ?? null,
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
  const query = { pages: `${first}-${last}` }
  return call<LayoutBody>(`${itemPath(library, key)}/layout`, { signal, query }).then(layoutsOf)
}

export function putPosition(library: LibraryId, key: ItemKey, position: PositionBody): Promise<void> {
  return call(`${itemPath(library, key)}/position`, { method: 'PUT', body: position })
}

export function postPassword(library: LibraryId, key: ItemKey, password: string): Promise<void> {
  return call(`${itemPath(library, key)}/password`, { method: 'POST', body: { password } })
}

/** Has the file read from its bytes once more. */
export function postReadAgain(library: LibraryId, key: ItemKey): Promise<unknown> {
  return call(`${itemPath(library, key)}/read-again`, { method: 'POST' })
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
