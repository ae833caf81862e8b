// Turns presses into commands. Stands once, at the top of the page.
import { useEffect } from 'react'
import { alternatives, isPrefix, isSingle, pressName } from '../lib/keys'
import type { Command } from './commands'
import { enabledState, listCommands } from './commands'
import { singleKeysAct } from './preferences'

const secondKeyWithinMs = 1000

/** Every written shortcut of a command, each alternative by itself. */
export function shortcutsOf(command: Command): string[] {
  const { shortcut } = command
  if (shortcut === undefined) return []
  const written = typeof shortcut === 'string' ? [shortcut] : shortcut
  return written.flatMap(alternatives)
}

/** The newest command with this shortcut that can run now. */
function commandFor(name: string): Command | undefined {
  const matching = listCommands().filter((command) => shortcutsOf(command).includes(name))
  return matching.findLast((command) => enabledState(command) === true)
}

/** Whether letters typed there are meant as text. */
function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type)
}

/** Enter and Space on a control are its own. */
function isControlsOwn(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter' && event.key !== ' ') return false
  return event.target instanceof HTMLElement && event.target.closest('button, a[href], summary, [role="menuitem"]') !== null
}

/** A dialog, menu or list that is open keeps the keys to itself. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return true
  const target = event.target instanceof Element ? event.target : null
  return target?.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null && target !== null
}

export function useKeyboardCommands(): void {
  useEffect(() => {
    let first: { name: string; at: number } | null = null
    const onKeyDown = (event: KeyboardEvent) => {
      if (isTaken(event) || isControlsOwn(event) || ['Shift', 'Control', 'Meta', 'Alt'].includes(event.key)) return
      const name = pressName(event)
      if (isSingle(name) && (isWriting(event.target) || !singleKeysAct())) return
      const now = event.timeStamp
      const inTurn = first !== null && now - first.at < secondKeyWithinMs ? `${first.name} ${name}` : null
      first = null
      const command = (inTurn === null ? undefined : commandFor(inTurn)) ?? commandFor(name)
      if (command !== undefined) {
        event.preventDefault()
        command.perform()
      } else if (isPrefix(name, listCommands().flatMap(shortcutsOf))) {
        first = { name, at: now }
      }
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}
