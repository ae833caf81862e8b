// Keeps a live connection: WebSocket, or an event stream where a proxy cuts WebSockets.
import { backoffMs } from '../lib/backoff'
import { apiBase } from './client'
import type { LiveMessage } from './live-messages'
import { parseLiveMessage } from './live-messages'
import type { Connection } from './live-store'
import type { LibraryId } from './types'

/** A connection that says nothing for so long is taken for dead, once it is known to send heartbeats. */
const silentMs = 45_000
/** So often a WebSocket may fail before it was ever open; after that the event stream is tried, in turn. */
const socketTries = 2

export interface LiveListener {
  onMessage: (message: LiveMessage) => void
  onConnection: (connection: Connection) => void
  /** Called before each try: what to subscribe to, and from which version on. */
  subscription: () => { libraries: LibraryId[]; since: Readonly<Record<LibraryId, number>> }
  /** Called when a try failed: is there still a session? */
  onFailure: () => void
}

interface Transport {
  close: () => void
  /** Tells an open connection of a new subscription; false where it must connect anew. */
  resubscribe: () => boolean
}

export class LiveConnection {
  readonly #listener: LiveListener
  #transport: Transport | null = null
  #timer: number | undefined
  #watchdog: number | undefined
  #attempt = 0
  #socketFailures = 0
  #lostSince: number | null = null
  #stopped = false

  constructor(listener: LiveListener) {
    this.#listener = listener
    window.addEventListener('online', this.retryNow)
    document.addEventListener('visibilitychange', this.#onVisible)
    this.#connect()
  }

  stop(): void {
    this.#stopped = true
    window.removeEventListener('online', this.retryNow)
    document.removeEventListener('visibilitychange', this.#onVisible)
    this.#drop()
    this.#listener.onConnection({ state: 'off' })
  }

  /** Tries at once instead of at the planned time. */
  retryNow = (): void => {
    if (this.#stopped || this.#transport !== null) return
    window.clearTimeout(this.#timer)
    this.#connect()
  }

  /** The set of libraries changed, or somebody signed in again. */
  resubscribe(): void {
    if (this.#transport === null) return this.retryNow()
    if (this.#transport.resubscribe()) return
    this.#drop()
    this.#connect()
  }

  #onVisible = (): void => {
    if (document.visibilityState === 'visible') this.retryNow()
  }

  #drop(): void {
    window.clearTimeout(this.#timer)
    window.clearTimeout(this.#watchdog)
    this.#transport?.close()
    this.#transport = null
  }

  #connect(): void {
    const useStream = this.#socketFailures >= socketTries && this.#socketFailures % 2 === 0
    if (this.#lostSince === null) this.#listener.onConnection({ state: 'connecting' })
    this.#transport = useStream ? this.#openStream() : this.#openSocket()
  }

  #openSocket(): Transport {
    const address = new URL(`${apiBase}/live`, window.location.href)
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
    const socket = new WebSocket(address)
    let opened = false
    const subscribe = () => socket.send(JSON.stringify({ type: 'subscribe', ...this.#listener.subscription() }))
    socket.onopen = () => {
      opened = true
      this.#socketFailures = 0
      subscribe()
      this.#onOpen('websocket')
    }
    socket.onmessage = (event) => this.#onText(event.data)
    socket.onclose = () => {
      if (!opened) this.#socketFailures += 1
      this.#onLost()
    }
    return {
      close: () => {
        socket.onopen = socket.onmessage = socket.onclose = null
        socket.close()
      },
      resubscribe: () => {
        if (socket.readyState === WebSocket.OPEN) subscribe()
        return true
      },
    }
  }

  #openStream(): Transport {
    const { libraries, since } = this.#listener.subscription()
    const query = new URLSearchParams({
      libraries: libraries.join(','),
      since: libraries.map((library) => `${library}:${since[library] ?? 0}`).join(','),
    })
    const stream = new EventSource(`${apiBase}/live?${query}`)
    stream.onopen = () => this.#onOpen('event-stream')
    stream.onmessage = (event) => this.#onText(event.data)
    stream.onerror = () => {
      // The browser's own retry would ask from the old version on, so it is closed and made anew.
      stream.close()
      this.#socketFailures += 1
      this.#onLost()
    }
    return { close: () => stream.close(), resubscribe: () => false }
  }

  #onOpen(by: 'websocket' | 'event-stream'): void {
    this.#attempt = 0
    this.#lostSince = null
    this.#listener.onConnection({ state: 'open', by })
  }

  #onText(text: unknown): void {
    if (typeof text !== 'string') return
    const message = parseLiveMessage(text)
    if (message === null) return
    if (message.type === 'heartbeat' || this.#watchdog !== undefined) this.#watch()
    this.#listener.onMessage(message)
  }

  #watch(): void {
    window.clearTimeout(this.#watchdog)
    this.#watchdog = window.setTimeout(() => {
      this.#transport?.close()
      this.#onLost()
    }, silentMs)
  }

  #onLost(): void {
    if (this.#stopped) return
    window.clearTimeout(this.#watchdog)
    this.#watchdog = undefined
    this.#transport = null
    const wait = backoffMs(this.#attempt, Math.random())
    this.#attempt += 1
    this.#lostSince ??= Date.now()
    this.#listener.onConnection({ state: 'lost', since: this.#lostSince, retryAt: Date.now() + wait })
    this.#listener.onFailure()
    this.#timer = window.setTimeout(() => this.#connect(), wait)
  }
}
