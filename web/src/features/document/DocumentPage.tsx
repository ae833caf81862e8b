import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useIsStopped, useScanState } from '../../api/file-state'
import { itemQuery } from '../../api/queries'
import type { Item, ItemFile } from '../../api/types'
import type { ScanState } from '../../lib/scan-state'
import { toTurn } from '../../reader/geometry'
import { firstImageWidth } from '../../reader/image-width'
import { loadPdfjs } from '../../reader/pdf-file'
import { Reader, type ReaderNotice } from '../../reader/Reader'
import { documentTexts } from '../../texts/document'
import { scanTexts } from '../../texts/scans'
import { Slot } from '../../ui/Slots'
import { headQuery, pageImageUrl, positionQuery } from './document-queries'
import { FileNotice } from './FileNotice'
import { LoadingReader } from './LoadingReader'
import { useReaderHost } from './use-host'
import { zoomOf } from './wire'

/** While a file is read, its state is asked as well as told: the live connection may be cut. */
const POLL_MS = 1500

/** A paper, to be read: its page, or why it cannot be read yet. */
export function DocumentPage() {
  const { library, key } = useParams({ from: '/signed-in/reading/libraries/$library/items/$key' })
  return <Document key={`${library}/${key}`} />
}

function Document() {
  const { library, key } = useParams({ from: '/signed-in/reading/libraries/$library/items/$key' })
  const search = useSearch({ from: '/signed-in/reading/libraries/$library/items/$key' })
  const item = useQuery({
    ...itemQuery(library, key),
    refetchInterval: ({ state }) => (isOpen(state.data?.file) ? POLL_MS : false),
  })
  const file = item.data?.file ?? undefined
  const head = useQuery({
    ...headQuery(library, key, file?.state, file?.recognised_pages),
    refetchInterval: ({ state }) => (state.data === null && isOpen(file) ? POLL_MS : false),
  })
  const position = useQuery({ ...positionQuery(library, key), enabled: search.page === undefined })
  const stopped = useIsStopped(library, file?.key ?? '', file ?? noFile, item.data?.date_modified ?? '')
  const scan = useScanState(library, file?.key, file)
  const host = useReaderHost(library, key, useClose(item.data))
  const [begin, setBegin] = useState(search.page === undefined ? null : { page: search.page })
  const startPage = begin?.page ?? (position.isFetched ? (position.data?.page ?? 1) : null)
  usePreparation(library, key, startPage)
  useTitle(item.data)
  useEffect(() => {
    if (begin === null && startPage !== null && head.data) setBegin({ page: startPage })
  }, [begin, startPage, head.data])

  if (item.error !== null && item.data === undefined) {
    return (
      <FileNotice kind="error" error={item.error} library={library} onRetry={() => void item.refetch()} />
    )
  }
  if (item.data !== undefined && file === undefined) return <FileNotice kind="no-file" library={library} />
  const isUnread = stopped && head.data === null
  if (file !== undefined && (file.state === 'locked' || file.state === 'failed' || isUnread)) {
    return (
      <FileNotice
        kind={file.state === 'locked' || file.state === 'failed' ? file.state : 'stopped'}
        file={file}
        itemKey={key}
        library={library}
        onRetry={() => void item.refetch()}
      />
    )
  }
  if (head.error !== null && !head.data) {
    return (
      <FileNotice kind="error" error={head.error} library={library} onRetry={() => void head.refetch()} />
    )
  }
  if (head.data === null && file !== undefined && item.data !== undefined) {
    return <LoadingReader title={titleOf(item.data)} file={file} onClose={host.close} />
  }
  if (head.data === undefined || head.data === null || startPage === null) {
    return <LoadingReader title={item.data === undefined ? '' : titleOf(item.data)} onClose={host.close} />
  }
  return (
    <Reader
      host={host}
      title={item.data === undefined ? '' : titleOf(item.data)}
      head={head.data}
      place={{ page: search.page ?? startPage, at: search.at }}
      zoom={search.page === undefined ? zoomOf(position.data?.zoom) : undefined}
      rotation={search.page === undefined ? toTurn(position.data?.rotation ?? 0) : undefined}
      search={searchOf(search)}
      revision={file?.state === 'reading' ? item.dataUpdatedAt : 0}
      edition={file?.recognised_pages ?? 0}
      notice={noticeOf(file, scan)}
      underBar={<Slot name="under-bar" />}
    />
  )
}

const noFile = { state: 'other' } as const

interface Searched {
  q?: string
  page?: number
  /** Code points on the page that the search led to: "120-131". */
  mark?: string
}

function searchOf({ q, page, mark }: Searched) {
  if (q === undefined) return undefined
  const [start, end] = (mark ?? '').split('-').map(Number)
  const isPlaced = page !== undefined && start !== undefined && end !== undefined && start < end
  return { query: q, placed: isPlaced ? { page, start, end } : undefined }
}

/** Whether more is about to be known of a file. */
function isOpen(file: ItemFile | null | undefined): boolean {
  return file?.state === 'waiting' || file?.state === 'reading'
}

function noticeOf(file: ItemFile | undefined, scan: ScanState | null): ReaderNotice | undefined {
  if (isOpen(file)) return { text: documentTexts.readingNotice, tone: 'plain' }
  if (scan === null) return undefined
  return { text: scanTexts.notice(scan, file?.state !== 'no_text'), tone: scan.kind === 'recognised' ? 'doubt' : 'plain' }
}

export function titleOf(item: Item): string {
  return item.fields.title || item.file?.name || item.key
}

/** pdf.js and the first picture come while the rest is still asked for. */
function usePreparation(library: number, key: string, page: number | null): void {
  useEffect(() => {
    loadPdfjs().catch(() => undefined)
  }, [])
  useEffect(() => {
    if (page === null) return
    const image = new Image()
    image.src = pageImageUrl(library, key, page, firstImageWidth(window.innerWidth))
  }, [library, key, page])
}

function useTitle(item: Item | undefined): void {
  const title = item === undefined ? null : titleOf(item)
  useEffect(() => {
    if (title === null) return
    const before = document.title
    document.title = title
    return () => {
      document.title = before
    }
  }, [title])
}

/** Out of the reader: to the search that led here, else to the paper's row. */
function useClose(item: Item | undefined): () => void {
  const navigate = useNavigate()
  const { library, key } = useParams({ from: '/signed-in/reading/libraries/$library/items/$key' })
  const { q } = useSearch({ from: '/signed-in/reading/libraries/$library/items/$key' })
  return () => {
    if (q !== undefined) void navigate({ to: '/search', search: { q } })
    else
      void navigate({
        to: '/libraries/$library',
        params: { library },
        search: { selected: item?.key ?? key },
      })
  }
}
