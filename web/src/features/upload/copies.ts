// Copies of small files in the browser, so that a closed tab does not stop them where file handles are not to be had.
import type { Keeper } from './keeper'
import type { TaskStore } from './store'

const largestCopy = 16 * 1024 * 1024
const mostBytes = 512 * 1024 * 1024
/** Files that are on the server within this time are not copied first. */
const graceMs = 1500

/** Makes copies one after the other while their files wait to be sent. */
export class Copies {
  private readonly kept = new Map<string, number>()
  private readonly wanted: { id: string; file: File }[] = []
  private bytes = 0
  private running = false
  private refused = false

  constructor(
    private readonly keeper: Keeper,
    private readonly store: TaskStore,
    private readonly onRefused: () => void,
  ) {}

  has(id: string): boolean {
    return this.kept.has(id)
  }

  want(id: string, file: File): void {
    if (this.refused || file.size > largestCopy) return
    this.wanted.push({ id, file })
    if (!this.running) void this.work()
  }

  /** The file is on the server: its copy is not needed any more. */
  arrived(id: string): void {
    this.bytes -= this.kept.get(id) ?? 0
    this.kept.delete(id)
  }

  private async work(): Promise<void> {
    this.running = true
    await new Promise((resolve) => setTimeout(resolve, graceMs))
    for (let next = this.wanted.shift(); next !== undefined; next = this.wanted.shift()) {
      const { id, file } = next
      const task = this.store.get(id)
      if (task === undefined || task.item !== null || task.state.kind === 'cancelled') continue
      if (this.bytes + file.size > mostBytes) continue
      if (!(await this.keeper.keepFile(id, file))) {
        this.refused = true
        this.wanted.length = 0
        this.onRefused()
        break
      }
      if (this.store.get(id)?.item === null) {
        this.kept.set(id, file.size)
        this.bytes += file.size
      } else await this.keeper.remove([id])
    }
    this.running = false
  }
}
