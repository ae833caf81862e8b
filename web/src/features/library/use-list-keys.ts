// Keys of the list, as commands, so that menu, palette and key sheet know them, too.
import type { Dispatch, KeyboardEvent, RefObject, SetStateAction } from 'react'
import { IconCheck, IconFilter, IconListCheck, IconPencil, IconTag, IconTrash } from '@tabler/icons-react'
import { type Command, useCommands } from '../../actions/commands'
import { chooseAll, countChosen, extendTo, moveTo, NOTHING, type Selection, toggle } from '../../lib/selection'
import { libraryTexts as t } from '../../texts/library'
import type { Paper } from './model'
import type { TableHandle } from './PaperTable'
import { hasUndo, undoLast } from './undo'
import type { Rows } from './use-rows'
import type { SelectionActs } from './use-selection-acts'

export interface ListKeys {
  rows: Rows
  selection: Selection
  canEdit: boolean
  isTrash: boolean
  /** The chosen paper where it is exactly one. */
  focused: Paper | undefined
  setSelection: Dispatch<SetStateAction<Selection>>
  table: RefObject<TableHandle | null>
  open: (row: number) => void
  peek: () => void
  showDetails: () => void
  hideDetails: () => void
  focusFilter: () => void
  signal: (name: 'edit' | 'tag' | 'confirm') => void
  acts: SelectionActs
}

/** Offers the commands; gives the handler for keys that belong to the focused list alone. */
export function useListKeys(keys: ListKeys): (event: KeyboardEvent) => void {
  const { rows, selection, setSelection, table } = keys
  const total = rows.total ?? 0
  const go = (row: number, extend: boolean) => {
    const at = Math.max(0, Math.min(total - 1, row))
    setSelection((before) => (extend ? extendTo(before, at, total, rows.keyAt) : moveTo(before, at, total, rows.keyAt)))
    table.current?.reveal(at)
    table.current?.focus()
  }
  const chosen = countChosen(selection, total)
  const from = chosen === 0 && selection.cursor === 0 ? -1 : selection.cursor
  useCommands(commands(keys, { go, from, chosen, total }))

  return (event) => {
    const page = table.current?.pageRows() ?? 10
    const steps: Record<string, () => void> = {
      ArrowDown: () => go(from + 1, event.shiftKey),
      ArrowUp: () => go(Math.max(0, from - 1), event.shiftKey),
      PageDown: () => go(Math.max(0, from) + page, event.shiftKey),
      PageUp: () => go(Math.max(0, from) - page, event.shiftKey),
      Home: () => go(0, event.shiftKey),
      End: () => go(total - 1, event.shiftKey),
      Enter: () => keys.open(selection.cursor),
      ' ': () =>
        event.ctrlKey || event.metaKey
          ? setSelection((before) => toggle(before, before.cursor, rows.keyAt))
          : keys.peek(),
    }
    const step = steps[event.key]
    if (step === undefined || event.altKey || event.target !== event.currentTarget) return
    event.preventDefault()
    step()
  }
}

interface Place {
  go: (row: number, extend: boolean) => void
  from: number
  chosen: number
  total: number
}

function commands(keys: ListKeys, { go, from, chosen, total }: Place): Command[] {
  const { selection, setSelection, focused, acts, canEdit, isTrash } = keys
  const when = (holds: boolean, because: string) => () => (holds ? true : { because })
  const always = when(true, '')
  const some = when(total > 0, t.onlyWithSelection)
  const one = when(focused !== undefined, t.onlyWithSelection)
  const chose = when(chosen > 0, t.onlyWithSelection)
  const editing = (allowed: () => ReturnType<typeof some>) => (canEdit ? allowed : when(false, t.readOnly))
  const clear = () => setSelection((before) => ({ ...NOTHING, cursor: before.cursor, anchor: before.cursor }))
  const trash = () => {
    void (isTrash ? acts.restore(selection) : acts.trash(selection))
    clear()
  }
  const selectAll = () => setSelection(chooseAll)
  const unlessWriting = (allowed: () => ReturnType<typeof some>) => () => (isWriting() ? { because: '' } : allowed())
  return [
    entry('next', t.next, 'J', some, () => go(from + 1, false)),
    entry('previous', t.previous, 'K', some, () => go(Math.max(0, from - 1), false)),
    entry('extend', t.extendNext, 'Shift+J', some, () => go(from + 1, true)),
    entry('extend-up', t.extendPrevious, 'Shift+K', some, () => go(from - 1, true)),
    entry('all', t.selectAll, 'Mod+A', unlessWriting(some), selectAll, IconListCheck),
    entry('clear', t.clearSelection, 'Escape', chose, clear),
    entry('read', t.openPaper, 'Enter', one, () => keys.open(selection.cursor)),
    entry('peek', t.peek, 'Space', some, keys.peek),
    entry('details', t.toggleDetails, ']', always, keys.hideDetails),
    entry('filter', t.filterCommand, 'F', always, keys.focusFilter, IconFilter),
    entry('edit', t.editCommand, 'E', editing(one), () => keys.signal('edit'), IconPencil),
    entry('confirm', t.confirmCommand, 'Y', editing(one), () => keys.signal('confirm'), IconCheck),
    entry('tag', t.tagCommand, 'T', editing(one), () => keys.signal('tag'), IconTag),
    entry('toggle-read', t.toggleRead, 'M', one, () => focused !== undefined && acts.toggleRead(focused)),
    entry('trash', isTrash ? t.restore : t.moveToTrash, 'Delete', editing(chose), trash, IconTrash),
    entry('undo', t.undo, 'Mod+Z', unlessWriting(() => when(hasUndo(), t.nothingToUndo)()), undoLast),
  ]
}

function entry(
  name: string,
  label: string,
  shortcut: string,
  isEnabled: () => true | { because: string },
  perform: () => unknown,
  icon?: Command['icon'],
): Command {
  return { id: `library.${name}`, label, group: 'library', shortcut, icon, isEnabled, perform: () => void perform() }
}

/** Ctrl A and Ctrl Z mean the text where somebody writes. */
function isWriting(): boolean {
  const at = document.activeElement
  return at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement
}
