// Several tabs of one browser: who lives, and that a file is sent by one of them only.

/** What tabs tell each other. */
export type TabMessage =
  | { type: 'who' }
  | { type: 'here'; tab: string }
  | { type: 'progress'; mark: string; sentBytes: number }
  | { type: 'sent'; mark: string }

const idKey = 'scrollkeeper-tab'
const answerMs = 400

/** This tab among the others. Web Locks decide where they exist (secure addresses), a question and its answers elsewhere. */
export class Tabs {
  readonly id: Promise<string>
  private readonly channel =
    typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('scrollkeeper-uploads')
  private readonly listeners = new Set<(message: TabMessage) => void>()
  private readonly answers = new Set<string>()

  constructor() {
    this.id = this.claimId()
    this.channel?.addEventListener('message', (event: MessageEvent<TabMessage>) => this.receive(event.data))
  }

  tell(message: TabMessage): void {
    this.channel?.postMessage(message)
  }

  onMessage(listener: (message: TabMessage) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** The other tabs that are open now. */
  async others(): Promise<Set<string>> {
    const own = await this.id
    if (navigator.locks !== undefined) {
      const { held = [] } = await navigator.locks.query()
      const names = held.flatMap((lock) => (lock.name?.startsWith('sk-tab:') === true ? [lock.name.slice(7)] : []))
      return new Set(names.filter((name) => name !== own))
    }
    this.answers.clear()
    this.tell({ type: 'who' })
    await new Promise((resolve) => setTimeout(resolve, answerMs))
    return new Set(this.answers)
  }

  /** Runs `body` while no other tab does so for the same name. */
  async alone(name: string, body: () => Promise<void>): Promise<void> {
    if (navigator.locks === undefined) await body()
    else await navigator.locks.request(`sk-${name}`, body)
  }

  /** The right to send a file, or `null` while another tab has it. The right lasts until it is given back. */
  claimFile(mark: string): Promise<(() => void) | null> {
    if (navigator.locks === undefined) return Promise.resolve(() => undefined)
    return new Promise((resolve) => {
      void navigator.locks.request(`sk-file:${mark}`, { ifAvailable: true }, (lock) => {
        if (lock === null) {
          resolve(null)
          return undefined
        }
        return new Promise<void>((release) => resolve(release))
      })
    })
  }

  /** Resolves when the tab that sends a file has ended with it, well or not. */
  async waitForFile(mark: string, signal: AbortSignal): Promise<void> {
    await navigator.locks?.request(`sk-file:${mark}`, { signal }, () => undefined).catch(() => undefined)
  }

  /** A reloaded tab keeps its name; a duplicated tab, which copies the session store, takes a new one. */
  private async claimId(): Promise<string> {
    const earlier = readId()
    if (earlier !== null && (await hold(`sk-tab:${earlier}`))) return earlier
    const id = crypto.getRandomValues(new Uint32Array(2)).join('-')
    await hold(`sk-tab:${id}`)
    try {
      sessionStorage.setItem(idKey, id)
    } catch {
      // Without a session store a reload counts as a closed tab.
    }
    return id
  }

  private receive(message: TabMessage): void {
    if (message.type === 'who') void this.id.then((tab) => this.tell({ type: 'here', tab }))
    else if (message.type === 'here') this.answers.add(message.tab)
    for (const listener of this.listeners) listener(message)
  }
}

function readId(): string | null {
  try {
    return sessionStorage.getItem(idKey)
  } catch {
    return null
  }
}

/** Takes a lock for as long as this tab lives; false when another one has it. */
function hold(name: string): Promise<boolean> {
  if (navigator.locks === undefined) return Promise.resolve(true)
  return new Promise((resolve) => {
    void navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      resolve(lock !== null)
      return lock === null ? undefined : new Promise<void>(() => undefined)
    })
  })
}
