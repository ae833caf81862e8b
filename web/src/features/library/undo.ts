// Acts of this tab that can be taken back, newest first.
import { showToast } from '../../ui/toasts'
import { libraryTexts as t } from '../../texts/library'

type Undo = () => void | Promise<unknown>

const most = 50
const stack: Undo[] = []

/** Remembers how to take an act back, and says what was done. */
export function didSomething(message: string, undo: Undo): void {
  stack.push(undo)
  if (stack.length > most) stack.shift()
  showToast({ message, undo: () => takeBack(undo) })
}

/** Takes the newest act back that was not taken back yet. */
export function undoLast(): void {
  const undo = stack.at(-1)
  if (undo === undefined) showToast({ message: t.nothingToUndo })
  else takeBack(undo)
}

function takeBack(undo: Undo): void {
  const at = stack.lastIndexOf(undo)
  if (at < 0) return
  stack.splice(at, 1)
  void undo()
}

/** Whether there is anything to take back. */
export function hasUndo(): boolean {
  return stack.length > 0
}
