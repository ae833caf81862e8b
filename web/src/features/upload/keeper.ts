// What the browser keeps of unfinished uploads while the tab is closed: tasks, file handles, small files.
import type { UploadTask } from '../../lib/upload-task'

/** A task as it is kept. `tab` owns it while that tab lives. */
export interface KeptTask {
  task: UploadTask
  user: number
  tab: string
  handle: FileSystemFileHandle | null
}

/** A file that a tab has sent; the same file waiting in another tab need not be sent again. */
export interface SentMark {
  mark: string
  item: string
  attachment: string
  at: number
}

const gatherMs = 300
const markLifeMs = 60 * 60 * 1000

/** Kept data in IndexedDB. Where the browser has none (private windows), nothing is kept and nothing fails. */
export class Keeper {
  private readonly opened: Promise<IDBDatabase | null>
  private readonly waiting = new Map<string, KeptTask>()
  private readonly gone = new Set<string>()
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(name = 'scrollkeeper-uploads') {
    this.opened = open(name).catch(() => null)
  }

  /** Everything this person has unfinished in this browser, of all tabs. */
  async all(user: number): Promise<KeptTask[]> {
    const kept = await this.run<KeptTask[]>('tasks', 'readonly', (store) => store.getAll())
    return (kept ?? []).filter((entry) => entry.user === user)
  }

  /** Keeps a task soon: writes of a third of a second go together. */
  putSoon(entry: KeptTask): void {
    this.gone.delete(entry.task.id)
    this.waiting.set(entry.task.id, entry)
    this.flushSoon()
  }

  /** Forgets a task and the copy of its file soon. */
  removeSoon(id: string): void {
    this.waiting.delete(id)
    this.gone.add(id)
    this.flushSoon()
  }

  /** Keeps tasks as they stand. */
  async put(entries: readonly KeptTask[]): Promise<void> {
    if (entries.length === 0) return
    await this.run('tasks', 'readwrite', (store) => {
      for (const entry of entries) store.put(entry)
      return null
    })
  }

  /** Forgets tasks and the copies of their files. */
  async remove(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return
    const database = await this.opened
    if (database === null) return
    await settled(database, ['tasks', 'files'], 'readwrite', (transaction) => {
      for (const id of ids) {
        transaction.objectStore('tasks').delete(id)
        transaction.objectStore('files').delete(id)
      }
      return null
    }).catch(() => null)
  }

  /** Keeps a copy of a small file. False where the browser has no room for it. */
  async keepFile(id: string, file: File): Promise<boolean> {
    const database = await this.opened
    if (database === null) return false
    return settled(database, ['files'], 'readwrite', (transaction) => transaction.objectStore('files').put(file, id))
      .then(() => true)
      .catch(() => false)
  }

  /** The kept copy of a file. */
  async file(id: string): Promise<File | null> {
    return (await this.run<File | undefined>('files', 'readonly', (store) => store.get(id))) ?? null
  }

  /** Tells other tabs for an hour that a file is on the server. */
  async markSent(mark: SentMark): Promise<void> {
    await this.run('sent', 'readwrite', (store) => store.put(mark))
  }

  /** Whether another tab has sent this file since `since`. */
  async sentSince(mark: string, since: number): Promise<SentMark | null> {
    const sent = await this.run<SentMark | undefined>('sent', 'readonly', (store) => store.get(mark))
    return sent !== undefined && sent !== null && sent.at >= since ? sent : null
  }

  /** Drops marks that no tab can need any more. */
  async tidy(now: number): Promise<void> {
    await this.run('sent', 'readwrite', (store) => {
      const cursor = store.openCursor()
      cursor.onsuccess = () => {
        const at = cursor.result
        if (at === null) return
        const mark: SentMark = at.value
        if (mark.at < now - markLifeMs) at.delete()
        at.continue()
      }
      return null
    })
  }

  private flushSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      const entries = [...this.waiting.values()]
      const ids = [...this.gone]
      this.waiting.clear()
      this.gone.clear()
      void this.put(entries)
      void this.remove(ids)
    }, gatherMs)
  }

  private async run<T>(
    name: string,
    mode: IDBTransactionMode,
    body: (store: IDBObjectStore) => IDBRequest | null,
  ): Promise<T | null> {
    const database = await this.opened
    if (database === null) return null
    return settled<T>(database, [name], mode, (transaction) => body(transaction.objectStore(name))).catch(() => null)
  }
}

function open(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore('tasks', { keyPath: 'task.id' })
      request.result.createObjectStore('files')
      request.result.createObjectStore('sent', { keyPath: 'mark' })
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('no IndexedDB'))
    request.onblocked = () => reject(new Error('IndexedDB is blocked'))
  })
}

/** Runs one transaction to its very end: only then is anything kept. */
function settled<T>(
  database: IDBDatabase,
  stores: string[],
  mode: IDBTransactionMode,
  body: (transaction: IDBTransaction) => IDBRequest | null,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(stores, mode)
    const request = body(transaction)
    transaction.oncomplete = () => resolve(request?.result)
    transaction.onabort = () => reject(transaction.error ?? new Error('the transaction was aborted'))
    transaction.onerror = () => reject(transaction.error ?? new Error('the transaction failed'))
  })
}
