// Joins the live connection with the cache: what somebody else changes appears without a reload.
import type { QueryClient } from '@tanstack/react-query'
import { LiveConnection } from './live-connection'
import type { LiveMessage } from './live-messages'
import { applyMessage, liveState, updateLive } from './live-store'
import { librariesQuery, libraryKey, sessionQuery } from './queries'
import type { Library, LibraryId } from './types'

/** While changes pour in, the lists on the page are fetched again at most this often. */
const refreshEveryMs = 400

let connection: LiveConnection | null = null

/** Goes live for these libraries; called again when the set changes. */
export function startLive(queries: QueryClient, libraries: readonly Library[]): void {
  updateLive((before) => {
    const versions = { ...before.versions }
    for (const { id, version } of libraries) versions[id] ??= version
    return { ...before, versions }
  })
  subscribed = libraries.map((library) => library.id)
  if (connection === null) connection = connect(queries)
  else connection.resubscribe()
}

export function stopLive(): void {
  connection?.stop()
  connection = null
}

/** The person does not want to wait for the planned try. */
export function reconnectNow(): void {
  connection?.retryNow()
}

let subscribed: LibraryId[] = []

const messageListeners = new Set<(message: LiveMessage) => void>()

/** Hears every message as it comes, until the returned function is called. */
export function onLiveMessage(listener: (message: LiveMessage) => void): () => void {
  messageListeners.add(listener)
  return () => {
    messageListeners.delete(listener)
  }
}

function connect(queries: QueryClient): LiveConnection {
  const refresh = makeRefresher(queries)
  return new LiveConnection({
    subscription: () => ({ libraries: subscribed, since: liveState().versions }),
    onConnection: (next) =>
      updateLive((before) => ({
        ...before,
        connection: next,
        wasOpen: before.wasOpen || next.state === 'open',
        presence: next.state === 'open' ? before.presence : {},
      })),
    onMessage: (message) => {
      updateLive((before) => applyMessage(before, message))
      refresh(message)
      const told = asJobMessage(message)
      for (const listener of messageListeners) listener(told)
    },
    onFailure: () => void queries.invalidateQueries({ queryKey: sessionQuery().queryKey }),
  })
}

/** Progress is told as the job it belongs to, so that listeners need to know one kind of message only. */
function asJobMessage(message: LiveMessage): LiveMessage {
  if (message.type !== 'progress') return message
  const job = liveState().jobs.get(String(message.id))
  return job === undefined ? message : { type: 'job', job }
}

/** Marks what a message made old, gathered over a short while. */
function makeRefresher(queries: QueryClient): (message: LiveMessage) => void {
  const changed = new Set<LibraryId>()
  let timer: number | undefined
  const flush = () => {
    timer = undefined
    for (const library of changed) void refreshLibrary(queries, library)
    changed.clear()
    void queries.invalidateQueries({ queryKey: librariesQuery().queryKey })
  }
  return (message) => {
    if (message.type === 'access') void queries.invalidateQueries({ queryKey: librariesQuery().queryKey })
    if (message.type !== 'change' && message.type !== 'reset') return
    changed.add(message.library)
    timer ??= window.setTimeout(flush, refreshEveryMs)
  }
}

/** Everything of the library but the layouts, which never change. */
function refreshLibrary(queries: QueryClient, library: LibraryId): Promise<void> {
  return queries.invalidateQueries({
    queryKey: libraryKey(library),
    predicate: (query) => query.queryKey[2] !== 'layout',
  })
}
