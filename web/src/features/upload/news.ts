// What became of files on the server: told by live jobs, asked for in portions.
import { api, bodyOf } from '../../api/client'
import type { Item, Job } from '../../api/types'
import { authorsLine } from '../../lib/creators'
import { venueOf, yearOf } from '../../lib/item-fields'
import { isEnded, type PaperNews, type UploadTask } from '../../lib/upload-task'
import type { TaskStore } from './store'

const gatherMs = 250
const againMs = 3000
/** While hundreds are on their way, titles may come a second later. */
const gatherManyMs = 1000
const many = 100
/** From so many papers on the newest of the library are asked for at once instead of each by itself. */
const listFrom = 4
const listRows = 200
/** Without any word about an arrived file for so long, it is asked about: a message may have been lost. */
const silenceMs = 15_000

/** Keeps the tasks of a store current with what the server says about their files. */
export class News {
  private readonly wanted = new Map<string, UploadTask>()
  private readonly byAttachment = new Map<string, string[]>()
  private readonly byItem = new Map<string, string[]>()
  private readonly heard = new Map<string, number>()
  /** Recognitions of scans come behind the reading of a file, which is what is told here. */
  private readonly recognitions = new Set<number>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private asking = false

  constructor(private readonly store: TaskStore) {
    store.onChange((before, after) => this.onTask(before, after))
    setInterval(() => this.askAboutSilent(), silenceMs / 3)
  }

  /** A live message about a job. */
  onJob(job: Job): void {
    if (job.kind === 'recognise') {
      this.recognitions.add(job.id)
      return
    }
    if (job.library == null || job.key == null) return
    for (const id of this.byAttachment.get(place(job.library, job.key)) ?? []) {
      this.heard.set(id, Date.now())
      this.store.apply(id, {
        type: 'job',
        job: job.id,
        state: job.state,
        page: job.page ?? 0,
        pages: job.pages ?? 0,
        message: job.message ?? null,
      })
      if (job.state !== 'running' && job.state !== 'queued') this.want(id)
    }
  }

  /** A live message how far a running job is. */
  onProgress(progress: Pick<Job, 'id' | 'library' | 'key' | 'page' | 'pages'>): void {
    if (progress.library == null || progress.key == null || this.recognitions.has(progress.id)) return
    for (const id of this.byAttachment.get(place(progress.library, progress.key)) ?? []) {
      this.heard.set(id, Date.now())
      const { id: job, page, pages } = progress
      this.store.apply(id, { type: 'job', job, state: 'running', page: page ?? 0, pages: pages ?? 0, message: null })
    }
  }

  /** A live message that items changed. */
  onChanged(library: number, keys: readonly string[]): void {
    for (const key of keys) {
      for (const id of this.byItem.get(place(library, key)) ?? []) this.want(id)
      for (const id of this.byAttachment.get(place(library, key)) ?? []) this.want(id)
    }
  }

  /** Asks about everything that has no end yet, as after a lost connection. */
  catchUp(): void {
    for (const task of this.store.values()) if (task.item !== null && !isEnded(task.state)) this.want(task.id)
  }

  private onTask(before: UploadTask | undefined, after: UploadTask): void {
    if (after.item === null || after.attachment === null || before?.item === after.item) return
    append(this.byItem, place(after.library, after.item), after.id)
    append(this.byAttachment, place(after.library, after.attachment), after.id)
    this.heard.set(after.id, Date.now())
    // Small papers may be read before the answer of the upload is here; duplicates want their title.
    this.want(after.id)
  }

  private want(id: string): void {
    const task = this.store.get(id)
    if (task === undefined || task.item === null) return
    this.wanted.set(id, task)
    this.timer ??= setTimeout(() => void this.ask(), this.store.snapshot().length > many ? gatherManyMs : gatherMs)
  }

  private askAboutSilent(): void {
    const before = Date.now() - silenceMs
    for (const task of this.store.values()) {
      if (task.item === null || isEnded(task.state)) continue
      if ((this.heard.get(task.id) ?? 0) > before) continue
      this.heard.set(task.id, Date.now())
      this.want(task.id)
    }
  }

  private async ask(): Promise<void> {
    this.timer = undefined
    if (this.asking) {
      this.timer = setTimeout(() => void this.ask(), gatherMs)
      return
    }
    this.asking = true
    const tasks = [...this.wanted.values()]
    this.wanted.clear()
    try {
      for (const [library, mine] of grouped(tasks)) await this.askLibrary(library, mine)
    } catch {
      // No answer: asked again with the next ones, or after a pause.
      for (const task of tasks) this.wanted.set(task.id, task)
      this.timer ??= setTimeout(() => void this.ask(), againMs)
    } finally {
      this.asking = false
    }
  }

  private async askLibrary(library: number, tasks: UploadTask[]): Promise<void> {
    const papers = new Map<string, Item>()
    if (tasks.length >= listFrom) {
      const query = { sort: 'modified', direction: 'desc', limit: listRows, offset: 0 }
      const page = await bodyOf(api.GET('/libraries/{library}/items', { params: { path: { library }, query } }))
      for (const item of page.items) papers.set(item.key, item)
    }
    for (const task of tasks) {
      if (task.item === null) continue
      const paper = papers.get(task.item) ?? (await this.item(library, task.item))
      if (paper === null) continue
      papers.set(paper.key, paper)
      const file = await this.fileOf(library, paper, task.attachment)
      this.store.apply(task.id, { type: 'paper', news: newsOf(paper, file), now: Date.now() })
    }
  }

  /** The record of the file itself: usually comes with the paper; a second file is asked for. */
  private async fileOf(library: number, paper: Item, attachment: string | null): Promise<Item['file']> {
    if (attachment === null || paper.key === attachment || paper.file?.key === attachment) return paper.file
    return (await this.item(library, attachment))?.file ?? paper.file
  }

  private item(library: number, key: string): Promise<Item | null> {
    return bodyOf(api.GET('/libraries/{library}/items/{key}', { params: { path: { library, key } } })).catch(() => null)
  }
}

function newsOf(paper: Item, file: Item['file']): PaperNews {
  return {
    line: {
      title: paper.fields.title ?? file?.name ?? '',
      authors: authorsLine(paper.creators),
      year: yearOf(paper),
      venue: venueOf(paper),
      pages: file?.pages ?? null,
    },
    fileState: file?.state ?? 'waiting',
    error: file?.error?.message ?? null,
    doubts: Object.keys(paper.doubts ?? {}),
  }
}

const place = (library: number, key: string) => `${library} ${key}`

function append(map: Map<string, string[]>, key: string, id: string): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [id])
  else if (!list.includes(id)) list.push(id)
}

function grouped(tasks: readonly UploadTask[]): Map<number, UploadTask[]> {
  const groups = new Map<number, UploadTask[]>()
  for (const task of tasks) {
    const group = groups.get(task.library)
    if (group === undefined) groups.set(task.library, [task])
    else group.push(task)
  }
  return groups
}
