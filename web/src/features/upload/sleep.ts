// Pauses that end early when there is a reason to: the network is back, the person says "try now", a stop.

/** Pauses of several attempts that can be ended together. */
export class Sleepers {
  private readonly wakers = new Set<() => void>()

  /** Waits; false where the signal ended it. */
  sleep(ms: number, signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (result: boolean) => {
        clearTimeout(timer)
        this.wakers.delete(wake)
        signal.removeEventListener('abort', stop)
        resolve(result)
      }
      const wake = () => end(true)
      const stop = () => end(false)
      const timer = setTimeout(wake, ms)
      this.wakers.add(wake)
      signal.addEventListener('abort', stop, { once: true })
      if (signal.aborted) stop()
    })
  }

  /** Ends every pause at once. */
  wakeAll(): void {
    for (const wake of [...this.wakers]) wake()
  }
}

/** A value that components can watch. */
export class Watched<T> {
  private readonly listeners = new Set<() => void>()

  constructor(private current: T) {}

  readonly get = (): T => this.current

  set(change: Partial<T>): void {
    this.current = { ...this.current, ...change }
    for (const listener of this.listeners) listener()
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
}
