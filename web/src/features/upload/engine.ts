// Sends everything that was dropped in this tab. Knows no component; lives as long as the tab.
import { matchFiles } from '../../lib/fingerprint'
import { isEnded, isTransferring, type UploadTask } from '../../lib/upload-task'
import { checkContent, checkName, TwinFinder } from './checks'
import type { Found } from './collect'
import { FolderCollections } from './folders'
import { Keeper } from './keeper'
import { Copies } from './copies'
import { largestUpload, moveFiled, terminateUpload, unfinishedUploads, type UnfinishedUpload } from './requests'
import { runTask, type RunnerDeps } from './runner'
import { Sleepers, Watched } from './sleep'
import { TaskStore } from './store'
import { Tabs } from './tabs'

/** Files sent at the same time: as many connections as browsers open to one plain address. */
const parallel = 6
const checkedAtOnce = 8

/** Where dropped files go. */
export interface Target {
  library: number
  collection: string | null
  /** The paper they are attached to, or `null` for new papers. */
  parent: string | null
}

/** What concerns all uploads of the tab together. */
export interface UploadStatus {
  paused: boolean
  foldersAsCollections: boolean
  hasFolders: boolean
  /** The browser has no room for copies: closing the tab would stop what is not sent. */
  copiesRefused: boolean
  /** Files from before are at hand once the person allows it. */
  handlesWait: boolean
  collecting: boolean
}

/** The uploads of one tab. */
export class UploadEngine {
  readonly store = new TaskStore()
  readonly status = new Watched<UploadStatus>({
    paused: false,
    foldersAsCollections: readSwitch(),
    hasFolders: false,
    copiesRefused: false,
    handlesWait: false,
    collecting: false,
  })

  private readonly keeper = new Keeper()
  private readonly tabs = new Tabs()
  private readonly sleepers = new Sleepers()
  private readonly folders = new FolderCollections()
  private readonly copies = new Copies(this.keeper, this.store, () => this.status.set({ copiesRefused: true }))
  private readonly files = new Map<string, File>()
  private readonly handles = new Map<string, FileSystemFileHandle>()
  private readonly active = new Map<string, AbortController>()
  private twins = new TwinFinder()
  private queue: string[] = []
  private toCheck: string[] = []
  private checking = 0
  private user: number | null = null
  /** Whose files these are, also while nobody is signed in. */
  private lastUser: number | null = null
  private largest: number | null = null
  private unfinished: UnfinishedUpload[] = []
  private made = 0

  constructor() {
    this.store.onChange((before, after) => this.onChange(before, after))
    addEventListener('online', () => this.sleepers.wakeAll())
    addEventListener('beforeunload', (event) => {
      if (this.wouldLose()) event.preventDefault()
    })
  }

  /** Somebody is signed in: goes on with what this person left unfinished here. */
  async signIn(user: number): Promise<void> {
    if (this.user === user) return
    if (this.lastUser !== null && this.lastUser !== user) this.forgetAll()
    this.user = user
    this.lastUser = user
    for (const task of this.store.values())
      if (task.state.kind === 'signed_out') this.store.apply(task.id, { type: 'requeued' })
    this.pump()
    const [largest, unfinished] = await Promise.all([largestUpload(), unfinishedUploads()])
    this.largest = largest
    this.unfinished = unfinished
    await this.takeOver(user)
    await this.keeper.tidy(Date.now())
  }

  /** Nobody is signed in any more. Files wait; nothing is lost. */
  signOut(): void {
    this.user = null
    for (const stop of this.active.values()) stop.abort()
    for (const task of this.store.values()) {
      if (isTransferring(task.state) && task.state.kind !== 'missing') this.store.apply(task.id, { type: 'signed_out' })
    }
  }

  /** Takes files in: each has its row at once. */
  add(found: readonly Found[], target: Target): void {
    if (found.length === 0) return
    this.startAnew()
    const rest = this.goOnWithMissing(found)
    const tasks: UploadTask[] = []
    for (const { file, folders, handle } of rest) {
      const task = this.newTask(file, folders, target)
      this.files.set(task.id, file)
      if (handle !== null) this.handles.set(task.id, handle)
      tasks.push(task)
    }
    this.store.add(tasks)
    if (tasks.some((task) => task.folders.length > 0)) this.status.set({ hasFolders: true })
    this.toCheck.push(...tasks.map((task) => task.id))
    this.checkMore()
  }

  /** Takes one file back, also from the server where it is not complete. */
  cancel(id: string): void {
    const before = this.store.get(id)
    this.store.apply(id, { type: 'cancelled', now: Date.now() })
    this.active.get(id)?.abort()
    if (before !== undefined && before.uploadUrl !== null && before.item === null)
      void terminateUpload(before.uploadUrl)
  }

  cancelAll(): void {
    for (const task of [...this.store.values()]) if (isTransferring(task.state)) this.cancel(task.id)
  }

  /** Sends a file again that ended without success. */
  retry(id: string): void {
    this.store.apply(id, { type: 'requeued' })
  }

  retryAll(): void {
    for (const task of [...this.store.values()]) {
      if (task.state.kind === 'failed' && task.state.retry === 'upload') this.retry(task.id)
    }
    this.sleepers.wakeAll()
  }

  /** Ends all waiting between attempts. */
  tryNow(): void {
    this.sleepers.wakeAll()
  }

  pause(): void {
    this.status.set({ paused: true })
    const running = [...this.active.keys()]
    for (const stop of this.active.values()) stop.abort()
    for (const id of running) this.store.apply(id, { type: 'requeued' })
  }

  resume(): void {
    this.status.set({ paused: false })
    this.pump()
  }

  /** Whether dropped folders become collections; what is filed already moves, too. */
  setFoldersAsCollections(on: boolean): void {
    if (this.status.get().foldersAsCollections === on) return
    this.status.set({ foldersAsCollections: on })
    writeSwitch(on)
    void this.refile(on)
  }

  /** Clears the list of what has its end. */
  dismiss(): void {
    this.drop([...this.store.values()].filter((task) => isEnded(task.state)).map((task) => task.id))
  }

  /** Forgets files that wait to be taken again. */
  giveUpMissing(): void {
    for (const task of [...this.store.values()]) if (task.state.kind === 'missing') this.cancel(task.id)
  }

  /** Asks the browser for files of an earlier visit; must be called from a click. */
  async allowHandles(): Promise<void> {
    for (const task of [...this.store.values()]) {
      const handle = this.handles.get(task.id)
      if (task.state.kind !== 'missing' || handle === undefined) continue
      if ((await handle.requestPermission?.({ mode: 'read' })) !== 'granted') break
      this.store.apply(task.id, { type: 'requeued' })
    }
    this.status.set({ handlesWait: this.anyHandleWaits() })
  }

  private newTask(file: File, folders: string[], target: Target): UploadTask {
    const byName = checkName(file, folders, target.parent !== null)
    this.made += 1
    return {
      id: `${Date.now().toString(36)}-${this.made.toString(36)}-${Math.random().toString(36).slice(2, 8)}`,
      batch: '',
      name: file.name,
      folders,
      sizeBytes: file.size,
      lastModified: file.lastModified,
      library: target.library,
      collection: target.collection,
      parent: target.parent,
      uploadUrl: null,
      sentBytes: 0,
      item: null,
      attachment: null,
      job: null,
      jobFault: null,
      paper: null,
      addedAt: Date.now(),
      endedAt: byName === null ? null : Date.now(),
      state: byName ?? { kind: 'checking' },
    }
  }

  /** A new drop after everything has ended begins a new list; what could still be sent again stays. */
  private startAnew(): void {
    if (!this.store.allEnded()) return
    const over = [...this.store.values()].filter(
      (task) => !(task.state.kind === 'failed' && task.state.retry === 'upload'),
    )
    this.drop(over.map((task) => task.id))
    this.twins = new TwinFinder()
    this.folders.reset()
    this.status.set({ hasFolders: false })
  }

  private drop(ids: string[]): void {
    for (const id of ids) {
      this.files.delete(id)
      this.handles.delete(id)
    }
    this.twins.forget(new Set(ids))
    this.store.remove(ids)
    void this.keeper.remove(ids)
  }

  /** Files taken again go on in their old rows; the rest is returned. */
  private goOnWithMissing(found: readonly Found[]): Found[] {
    const missing = [...this.store.values()].filter((task) => task.state.kind === 'missing')
    if (missing.length === 0) return [...found]
    const marked = found.map((entry) => ({
      name: entry.file.name,
      sizeBytes: entry.file.size,
      lastModified: entry.file.lastModified,
      entry,
    }))
    const rest: Found[] = []
    for (const { file, earlier } of matchFiles(marked, missing)) {
      if (earlier === null) {
        rest.push(file.entry)
        continue
      }
      this.files.set(earlier.id, file.entry.file)
      this.store.apply(earlier.id, { type: 'requeued' })
    }
    return rest
  }

  private checkMore(): void {
    while (this.checking < checkedAtOnce && this.toCheck.length > 0) {
      const id = this.toCheck.shift()
      if (id === undefined) return
      this.checking += 1
      void this.check(id).finally(() => {
        this.checking -= 1
        this.checkMore()
      })
    }
  }

  private async check(id: string): Promise<void> {
    const task = this.store.get(id)
    const file = this.files.get(id)
    if (task === undefined || file === undefined || task.state.kind !== 'checking') return
    const state = await checkContent(file, task.parent !== null, this.largest)
    if (state.kind === 'queued') {
      const twin = await this.twins.find(id, file)
      if (twin !== null && this.mayBeTwin(twin, task)) {
        this.store.apply(id, { type: 'checked', state: { kind: 'same_file', of: twin } })
        return
      }
      this.continueUnfinished(id, file)
    }
    this.store.apply(id, { type: 'checked', state })
  }

  private mayBeTwin(twin: string, task: UploadTask): boolean {
    const other = this.store.get(twin)
    if (other === undefined || other.library !== task.library || other.parent !== task.parent) return false
    return other.state.kind !== 'cancelled' && other.state.kind !== 'refused' && other.state.kind !== 'failed'
  }

  /** An upload that the server holds half-finished is gone on with, wherever it was begun. */
  private continueUnfinished(id: string, file: File): void {
    const task = this.store.get(id)
    const mine = this.unfinished.filter((upload) => upload.library === task?.library)
    const [match] = matchFiles([{ name: file.name, sizeBytes: file.size, lastModified: file.lastModified }], mine)
    if (match?.earlier === null || match === undefined) return
    const { earlier } = match
    this.unfinished = this.unfinished.filter((upload) => upload !== earlier)
    this.store.amend(id, { uploadUrl: earlier.url })
  }

  private onChange(before: UploadTask | undefined, after: UploadTask): void {
    if (after.state.kind === 'queued' && before?.state.kind !== 'queued') {
      this.queue.push(after.id)
      this.pump()
    }
    const isNew = before === undefined || before.state.kind === 'checking'
    const moved = before?.state.kind !== after.state.kind || before.uploadUrl !== after.uploadUrl
    if (isEnded(after.state)) {
      if (before !== undefined && !isEnded(before.state)) this.keeper.removeSoon(after.id)
    } else if (after.state.kind !== 'checking' && moved) void this.keep(after, isNew)
    if (after.item !== null && before?.item === null) {
      this.files.delete(after.id)
      this.copies.arrived(after.id)
    }
  }

  private async keep(task: UploadTask, isNew: boolean): Promise<void> {
    const user = this.lastUser
    if (user === null) return
    const handle = this.handles.get(task.id) ?? null
    const tab = await this.tabs.id
    const latest = this.store.get(task.id)
    if (latest === undefined || isEnded(latest.state)) return
    this.keeper.putSoon({ task: latest, user, tab, handle })
    const file = this.files.get(task.id)
    if (isNew && handle === null && file !== undefined && task.item === null) this.copies.want(task.id, file)
  }

  private pump(): void {
    const { user } = this
    if (user === null || this.status.get().paused) return
    while (this.active.size < parallel) {
      const id = this.queue.shift()
      if (id === undefined) return
      const task = this.store.get(id)
      if (task === undefined || task.state.kind !== 'queued' || this.active.has(id)) continue
      const stop = new AbortController()
      this.active.set(id, stop)
      void runTask(id, user, stop.signal, this.deps).finally(() => {
        if (this.active.get(id) === stop) this.active.delete(id)
        if (this.store.get(id)?.state.kind === 'queued' && !this.queue.includes(id)) this.queue.push(id)
        this.pump()
      })
    }
  }

  private readonly deps: RunnerDeps = {
    store: this.store,
    keeper: this.keeper,
    tabs: this.tabs,
    sleepers: this.sleepers,
    fileOf: (id) => this.fileOf(id),
    collectionOf: async (task) =>
      this.status.get().foldersAsCollections && task.parent === null
        ? this.folders.keyFor(task.library, task.collection, task.folders)
        : task.collection,
    onSignedOut: () => this.signOut(),
  }

  private async fileOf(id: string): Promise<File | null> {
    const file = this.files.get(id)
    if (file !== undefined) return file
    const handle = this.handles.get(id)
    const task = this.store.get(id)
    if (handle !== undefined && (await handle.queryPermission?.({ mode: 'read' })) === 'granted') {
      const again = await handle.getFile().catch(() => null)
      // A file that was changed meanwhile is another file.
      if (again !== null && again.size === task?.sizeBytes) return again
    }
    return this.keeper.file(id)
  }

  /** Goes on with tasks of tabs that are closed; two tabs opening at once share them without overlap. */
  private async takeOver(user: number): Promise<void> {
    await this.tabs.alone('take-over', async () => {
      const [kept, others, own] = await Promise.all([this.keeper.all(user), this.tabs.others(), this.tabs.id])
      const orphans = kept.filter((entry) => !others.has(entry.tab) && this.store.get(entry.task.id) === undefined)
      await this.keeper.put(orphans.map((entry) => ({ ...entry, tab: own })))
      for (const { task, handle } of orphans) {
        if (handle !== null) this.handles.set(task.id, handle)
        this.store.add([task])
        if (isTransferring(task.state)) await this.requeue(task)
      }
    })
    this.status.set({ handlesWait: this.anyHandleWaits() })
  }

  private async requeue(task: UploadTask): Promise<void> {
    const atHand = (await this.fileOf(task.id)) !== null
    this.store.apply(task.id, { type: atHand ? 'requeued' : 'missing' })
  }

  private anyHandleWaits(): boolean {
    for (const task of this.store.values()) if (task.state.kind === 'missing' && this.handles.has(task.id)) return true
    return false
  }

  private async refile(on: boolean): Promise<void> {
    for (const task of [...this.store.values()]) {
      if (task.item === null || task.folders.length === 0 || task.parent !== null) continue
      const inFolder = await this.folders.keyFor(task.library, task.collection, task.folders).catch(() => null)
      if (inFolder !== null)
        await moveFiled(task.library, task.item, on ? task.collection : inFolder, on ? inFolder : task.collection)
    }
  }

  private forgetAll(): void {
    for (const stop of this.active.values()) stop.abort()
    this.queue = []
    this.toCheck = []
    this.files.clear()
    this.handles.clear()
    this.store.remove([...this.store.values()].map((task) => task.id))
  }

  /** Whether closing the tab now would stop a file that nobody could go on with by itself. */
  private wouldLose(): boolean {
    for (const task of this.store.values()) {
      const { kind } = task.state
      if (
        isTransferring(task.state) &&
        kind !== 'missing' &&
        kind !== 'elsewhere' &&
        !this.handles.has(task.id) &&
        !this.copies.has(task.id)
      )
        return true
    }
    return false
  }
}

const switchKey = 'scrollkeeper-folders-as-collections'

function readSwitch(): boolean {
  try {
    return localStorage.getItem(switchKey) !== 'no'
  } catch {
    return true
  }
}

function writeSwitch(on: boolean): void {
  try {
    localStorage.setItem(switchKey, on ? 'yes' : 'no')
  } catch {
    // Not remembered, then.
  }
}
