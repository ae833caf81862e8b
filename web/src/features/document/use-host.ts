import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { useMemo, useRef } from 'react'
import type { ItemKey, LibraryId } from '../../api/types'
import type { KnownPaper } from '../../lib/references'
import type { ReaderHost } from '../../reader/host'
import {
  downloadUrl,
  fetchLayouts,
  fetchReferences,
  fileUrl,
  pageImageUrl,
  positionQuery,
  putPosition,
} from './document-queries'
import { isSafeUri, zoomText } from './wire'

/** The reader's way to the server and to the address bar. Stays the same while the paper does. */
export function useReaderHost(library: LibraryId, key: ItemKey, close: () => void): ReaderHost {
  const navigate = useNavigate({ from: '/libraries/$library/items/$key' })
  const queries = useQueryClient()
  const router = useRouter()
  const latest = useRef({ navigate, close })
  latest.current = { navigate, close }
  return useMemo(
    (): ReaderHost => ({
      fileUrl: fileUrl(library, key),
      layout: (first, last, signal) => fetchLayouts(library, key, first, last, signal),
      references: (signal) => fetchReferences(library, key, signal),
      paperUrl: (paper) => router.buildLocation(paperPlace(paper)).href,
      openPaper: (paper) => void router.navigate(paperPlace(paper)),
      pageImage: (page, width) => pageImageUrl(library, key, page, width),
      download: () => saveFile(downloadUrl(library, key)),
      placeChanged: ({ page, at }, how) => {
        void latest.current.navigate({
          search: (old) => ({
            ...old,
            page,
            at: at === undefined ? undefined : Math.round(at * 1000) / 1000,
          }),
          replace: how === 'replace',
          resetScroll: false,
        })
      },
      goBack: () => window.history.back(),
      goForward: () => window.history.forward(),
      savePosition: ({ page, zoom, rotation }) => {
        const body = { page, rotation, zoom: zoomText(zoom) }
        queries.setQueryData(positionQuery(library, key).queryKey, body)
        // A position that is not kept costs a few turned pages; the next one is on its way.
        putPosition(library, key, body).catch(() => undefined)
      },
      close: () => latest.current.close(),
      openUri: (uri) => {
        if (isSafeUri(uri)) window.open(uri, '_blank', 'noopener,noreferrer')
      },
    }),
    [library, key, queries, router],
  )
}

/** The pages of a paper, or its row where there is nothing to read. */
function paperPlace({ library, key, has_pdf }: KnownPaper) {
  return has_pdf
    ? ({ to: '/libraries/$library/items/$key', params: { library, key } } as const)
    : ({ to: '/libraries/$library', params: { library }, search: { selected: key } } as const)
}

/** Lets the browser save the file under the name that the server gives. */
export function saveFile(url: string): void {
  const link = document.createElement('a')
  link.href = url
  link.download = ''
  link.click()
}
