// Commands as records: menus, keys and the palette all read this one list.
import type { ComponentType } from 'react'
import { useEffect, useRef, useSyncExternalStore } from 'react'

/** Heading under which a command stands in the palette and on the key sheet. */
export type CommandGroup = 'everywhere' | 'library' | 'reader' | 'go' | 'server'

/** True, or the reason why not, in words for a person. */
export type Enabled = true | { because: string }

export interface Command {
  /** Stable name, such as `library.add`. */
  id: string
  label: string
  group: CommandGroup
  /** Keys as `Mod+K`, `Shift+L`, `Delete`, or in turn as `G L`; several mean either. */
  shortcut?: string | readonly string[]
  icon?: ComponentType<{ size?: number | string; stroke?: number | string }>
  /** More words by which the palette finds it. */
  keywords?: string
  /** Left out means always. */
  isEnabled?: () => Enabled
  perform: () => void
}

let commands: readonly Command[] = []
const sets = new Map<symbol, readonly Command[]>()
const listeners = new Set<() => void>()

function rebuild(): void {
  const byId = new Map<string, Command>()
  for (const set of sets.values()) for (const command of set) byId.set(command.id, command)
  commands = [...byId.values()]
  for (const listener of listeners) listener()
}

/** Adds commands until the returned function is called. The latest of one id wins. */
export function registerCommands(set: readonly Command[]): () => void {
  const name = Symbol('commands')
  sets.set(name, set)
  rebuild()
  return () => {
    sets.delete(name)
    rebuild()
  }
}

export function listCommands(): readonly Command[] {
  return commands
}

export function findCommand(id: string): Command | undefined {
  return commands.find((command) => command.id === id)
}

export function enabledState(command: Command): Enabled {
  return command.isEnabled?.() ?? true
}

/** Runs a command where it is enabled; says whether it ran. */
export function perform(id: string): boolean {
  const command = findCommand(id)
  if (command === undefined || enabledState(command) !== true) return false
  command.perform()
  return true
}

export function useAllCommands(): readonly Command[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    listCommands,
    listCommands,
  )
}

/** Offers commands while a component is shown. Their functions may close over the newest props. */
export function useCommands(set: readonly Command[]): void {
  const latest = useRef(set)
  latest.current = set
  const names = set.map((command) => `${command.id} ${command.label}`).join('\n')
  useEffect(() => {
    const current = (id: string) => latest.current.find((command) => command.id === id)
    return registerCommands(
      latest.current.map((command) => ({
        ...command,
        isEnabled: () => current(command.id)?.isEnabled?.() ?? true,
        perform: () => current(command.id)?.perform(),
      })),
    )
  }, [names])
}
