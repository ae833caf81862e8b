// The tasks of this tab, in one place that components can watch.
import { isEnded, next, type UploadEvent, type UploadTask } from '../../lib/upload-task'

/** How often watchers are told at most: thousands of events a second must not redraw thousands of times. */
const quietMs = 100

/** Holds tasks and tells watchers about changes, gathered over a tenth of a second. */
export class TaskStore {
  private readonly tasks = new Map<string, UploadTask>()
  private readonly listeners = new Set<() => void>()
  private readonly changed = new Set<(before: UploadTask | undefined, after: UploadTask) => void>()
  private list: readonly UploadTask[] = []
  private timer: ReturnType<typeof setTimeout> | undefined

  get(id: string): UploadTask | undefined {
    return this.tasks.get(id)
  }

  /** All tasks as they came; the same array until something changes. */
  readonly snapshot = (): readonly UploadTask[] => this.list

  values(): IterableIterator<UploadTask> {
    return this.tasks.values()
  }

  add(tasks: readonly UploadTask[]): void {
    for (const task of tasks) this.set(undefined, task)
  }

  /** Lets an event happen to a task. */
  apply(id: string, event: UploadEvent): UploadTask | undefined {
    const before = this.tasks.get(id)
    if (before === undefined) return undefined
    const after = next(before, event)
    if (after !== before) this.set(before, after)
    return after
  }

  /** Changes what is no state: where a task belongs, which upload it continues. */
  amend(id: string, change: Partial<Pick<UploadTask, 'collection' | 'uploadUrl' | 'batch'>>): void {
    const before = this.tasks.get(id)
    if (before !== undefined) this.set(before, { ...before, ...change })
  }

  remove(ids: Iterable<string>): void {
    for (const id of ids) this.tasks.delete(id)
    this.announce()
  }

  /** Whether every task has its end. */
  allEnded(): boolean {
    for (const task of this.tasks.values()) if (!isEnded(task.state)) return false
    return true
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Told about each single change at once; for the engine, not for components. */
  onChange(listener: (before: UploadTask | undefined, after: UploadTask) => void): void {
    this.changed.add(listener)
  }

  private set(before: UploadTask | undefined, after: UploadTask): void {
    this.tasks.set(after.id, after)
    for (const listener of this.changed) listener(before, after)
    this.announce()
  }

  private announce(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      this.list = [...this.tasks.values()]
      for (const listener of this.listeners) listener()
    }, quietMs)
  }
}
