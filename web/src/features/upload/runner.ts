// Sends one file to its end: claims it from other tabs, tries, waits, goes on from the server's offset.
import { fingerprint } from '../../lib/fingerprint'
import { PARKED_PAUSE_MS, pauseBefore, stepAfter, type UploadAnswer } from '../../lib/upload-answer'
import type { UploadTask } from '../../lib/upload-task'
import { isProblem } from '../../api/problem'
import type { Keeper } from './keeper'
import type { Sleepers } from './sleep'
import type { TaskStore } from './store'
import type { Tabs } from './tabs'
import { transfer, type TransferEnd } from './transfer'

/** A server fault that stays for so many attempts is shown, and the place in the queue given to others. */
const patience = 7

export interface RunnerDeps {
  store: TaskStore
  keeper: Keeper
  tabs: Tabs
  sleepers: Sleepers
  /** The bytes of a task, or `null` where they have to be taken again. */
  fileOf: (id: string) => Promise<File | null>
  /** The collection that the file goes to; may have to be made first. */
  collectionOf: (task: UploadTask) => Promise<string | null>
  onSignedOut: () => void
}

/** The name under which tabs agree about a file. */
export function markOf(task: UploadTask, user: number): string {
  return `${user}\n${task.library}\n${task.parent ?? ''}\n${fingerprint(task)}`
}

/** Sends one task. Returns when it needs no place in the queue any more. */
export async function runTask(id: string, user: number, signal: AbortSignal, deps: RunnerDeps): Promise<void> {
  const task = deps.store.get(id)
  if (task === undefined) return
  const mark = markOf(task, user)
  const release = await deps.tabs.claimFile(mark)
  if (release === null) {
    deps.store.apply(id, { type: 'elsewhere' })
    void followOther(id, mark, signal, deps)
    return
  }
  try {
    const sent = await deps.keeper.sentSince(mark, task.addedAt)
    if (sent !== null) {
      complete(
        id,
        task,
        { end: 'completed', item: sent.item, attachment: sent.attachment, duplicateOf: null, restored: false },
        deps,
      )
      return
    }
    const file = await deps.fileOf(id)
    if (signal.aborted) return
    if (file === null) deps.store.apply(id, { type: 'missing' })
    else await new Attempts(id, file, mark, signal, deps).run()
  } finally {
    release()
  }
}

/** Another tab sends this file: shows how far it is, and takes over where that tab ends without success. */
async function followOther(id: string, mark: string, signal: AbortSignal, deps: RunnerDeps): Promise<void> {
  const end = deps.tabs.onMessage((message) => {
    if (message.type === 'progress' && message.mark === mark)
      deps.store.apply(id, { type: 'progress', sentBytes: message.sentBytes })
  })
  await deps.tabs.waitForFile(mark, signal)
  end()
  if (!signal.aborted) deps.store.apply(id, { type: 'requeued' })
}

function complete(
  id: string,
  task: UploadTask,
  end: Extract<TransferEnd, { end: 'completed' }>,
  deps: RunnerDeps,
): void {
  deps.store.apply(id, {
    type: 'completed',
    item: end.item,
    attachment: end.attachment,
    duplicateOf: end.duplicateOf,
    restored: end.restored,
    otherKind: task.parent !== null && !/\.pdf$/i.test(task.name),
    now: Date.now(),
  })
}

class Attempts {
  private attempt = 0
  /** An earlier attempt may have reached the server without our knowing: a twin there is our own. */
  private mayBeOurs = false

  constructor(
    private readonly id: string,
    private readonly file: File,
    private readonly mark: string,
    private readonly signal: AbortSignal,
    private readonly deps: RunnerDeps,
  ) {}

  async run(): Promise<void> {
    while (!this.signal.aborted) {
      const end = await this.once()
      if (end.end === 'stopped') return
      if (end.end === 'completed') {
        await this.finish(end)
        return
      }
      if (!(await this.goOn(end.answer, end.known))) return
    }
  }

  private async once(): Promise<TransferEnd> {
    const { store } = this.deps
    const task = store.apply(this.id, { type: 'started' })
    if (task === undefined || task.state.kind !== 'sending') return { end: 'stopped' }
    let collection: string | null
    try {
      collection = await this.deps.collectionOf(task)
    } catch (error) {
      const answer = isProblem(error)
        ? { status: error.status, code: error.code, detail: error.message, retryAfter: error.retryAfter ?? null }
        : { status: 0, code: '', detail: '', retryAfter: null }
      return { end: 'failed', answer, known: false }
    }
    return transfer({
      file: this.file,
      url: task.uploadUrl,
      metadata: metadataOf(task, this.file, collection),
      idempotencyKey: task.id,
      signal: this.signal,
      onUrl: (uploadUrl) => store.apply(this.id, { type: 'created', uploadUrl }),
      onProgress: (sentBytes) => {
        if (sentBytes > (store.get(this.id)?.sentBytes ?? 0)) this.attempt = 0
        store.apply(this.id, { type: 'progress', sentBytes })
        this.deps.tabs.tell({ type: 'progress', mark: this.mark, sentBytes })
      },
    })
  }

  private async finish(end: Extract<TransferEnd, { end: 'completed' }>): Promise<void> {
    const task = this.deps.store.get(this.id)
    if (task === undefined) return
    complete(this.id, task, this.mayBeOurs ? { ...end, duplicateOf: null } : end, this.deps)
    await this.deps.keeper.markSent({ mark: this.mark, item: end.item, attachment: end.attachment, at: Date.now() })
  }

  /** What follows a failed attempt; false where this was the last one. */
  private async goOn(answer: UploadAnswer, known: boolean): Promise<boolean> {
    const { store, sleepers } = this.deps
    const step = stepAfter(answer, known)
    switch (step.do) {
      case 'sign_in':
        store.apply(this.id, { type: 'signed_out' })
        this.deps.onSignedOut()
        return false
      case 'restart':
        this.mayBeOurs = true
        store.apply(this.id, { type: 'restarted' })
        return true
      case 'park':
        store.apply(this.id, { type: 'parked', message: step.message, at: Date.now() + PARKED_PAUSE_MS })
        return sleepers.sleep(PARKED_PAUSE_MS, this.signal)
      case 'refuse':
        store.apply(this.id, { type: 'refused', reason: step.reason, message: step.message })
        return false
      case 'fail':
        store.apply(this.id, { type: 'upload_failed', message: step.message })
        return false
      case 'retry': {
        if (!known) this.mayBeOurs = true
        this.attempt += 1
        if (answer.status === 500 && this.attempt >= patience) {
          store.apply(this.id, { type: 'upload_failed', message: answer.detail })
          return false
        }
        const pause = pauseBefore(this.attempt, answer.retryAfter, Math.random())
        store.apply(this.id, { type: 'interrupted', at: Date.now() + pause, attempt: this.attempt, cause: step.cause })
        return sleepers.sleep(pause, this.signal)
      }
    }
  }
}

function metadataOf(task: UploadTask, file: File, collection: string | null): Record<string, string> {
  return {
    filename: task.name,
    filetype: file.type === '' ? 'application/pdf' : file.type,
    library: String(task.library),
    ...(collection === null ? {} : { collection }),
    ...(task.parent === null ? {} : { parent: task.parent }),
    ...(task.lastModified === 0 ? {} : { last_modified: String(task.lastModified) }),
  }
}
