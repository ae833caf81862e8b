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
  const { selection, setSelection, focused, acts } = keys
  const some = () => (total > 0 ? true : ({ because: t.onlyWithSelection } as const))
  const one = () => (focused !== undefined ? true : ({ because: t.onlyWithSelection } as const))
  const editing = () =>
    !keys.canEdit ? ({ because: t.readOnly } as const) : chosen > 0 ? true : ({ because: t.onlyWithSelection } as const)
  const oneEditing = () => (keys.canEdit ? one() : ({ because: t.readOnly } as const))
  const group = 'library' as const
  return [
    { id: 'library.next', label: t.next, group, shortcut: 'J', isEnabled: some, perform: () => go(from + 1, false) },
    {
      id: 'library.previous',
      label: t.previous,
      group,
      shortcut: 'K',
      isEnabled: some,
      perform: () => go(Math.max(0, from - 1), false),
    },
    {
      id: 'library.extend',
      label: t.extendNext,
      group,
      shortcut: 'Shift+J',
      isEnabled: some,
      perform: () => go(from + 1, true),
    },
    {
      id: 'library.extend-up',
      label: t.extendPrevious,
      group,
      shortcut: 'Shift+K',
      isEnabled: some,
      perform: () => go(from - 1, true),
    },
    {
      id: 'library.all',
      label: t.selectAll,
      group,
      shortcut: 'Mod+A',
      icon: IconListCheck,
      isEnabled: () => (isWriting() ? { because: '' } : some()),
      perform: () => setSelection(chooseAll),
    },
    {
      id: 'library.clear',
      label: t.clearSelection,
      group,
      shortcut: 'Escape',
      isEnabled: () => (chosen > 0 ? true : { because: t.onlyWithSelection }),
      perform: () => setSelection((before) => ({ ...NOTHING, cursor: before.cursor, anchor: before.cursor })),
    },
    {
      id: 'library.read',
      label: t.openPaper,
      group,
      shortcut: 'Enter',
      isEnabled: one,
      perform: () => keys.open(selection.cursor),
    },
    { id: 'library.peek', label: t.peek, group, shortcut: 'Space', isEnabled: some, perform: keys.peek },
    { id: 'library.details', label: t.toggleDetails, group, shortcut: ']', perform: keys.hideDetails },
    { id: 'library.filter', label: t.filterCommand, group, shortcut: 'F', icon: IconFilter, perform: keys.focusFilter },
    {
      id: 'library.edit',
      label: t.editCommand,
      group,
      shortcut: 'E',
      icon: IconPencil,
      isEnabled: oneEditing,
      perform: () => keys.signal('edit'),
    },
    {
      id: 'library.confirm',
      label: t.confirmCommand,
      group,
      shortcut: 'Y',
      icon: IconCheck,
      isEnabled: oneEditing,
      perform: () => keys.signal('confirm'),
    },
    {
      id: 'library.tag',
      label: t.tagCommand,
      group,
      shortcut: 'T',
      icon: IconTag,
      isEnabled: oneEditing,
      perform: () => keys.signal('tag'),
    },
    {
      id: 'library.toggle-read',
      label: t.toggleRead,
      group,
      shortcut: 'M',
      isEnabled: one,
      perform: () => focused !== undefined && acts.toggleRead(focused),
    },
    {
      id: 'library.trash',
      label: keys.isTrash ? t.restore : t.moveToTrash,
      group,
      shortcut: 'Delete',
      icon: IconTrash,
      isEnabled: editing,
      perform: () => {
        void (keys.isTrash ? acts.restore(selection) : acts.trash(selection))
        setSelection((before) => ({ ...NOTHING, cursor: before.cursor, anchor: before.cursor }))
      },
    },
    {
      id: 'library.undo',
      label: t.undo,
      group,
      shortcut: 'Mod+Z',
      isEnabled: () => (hasUndo() && !isWriting() ? true : { because: t.nothingToUndo }),
      perform: undoLast,
    },
  ]
}

/** Ctrl A and Ctrl Z mean the text where somebody writes. */
function isWriting(): boolean {
  const at = document.activeElement
  return at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement
}
