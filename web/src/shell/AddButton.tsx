import { IconChevronDown, IconPlus } from '@tabler/icons-react'
import type { Command } from '../actions/commands'
import { enabledState, useAllCommands } from '../actions/commands'
import { shellTexts as texts } from '../texts/shell'
import { Button } from '../ui/Button'
import { IconButton } from '../ui/IconButton'
import type { MenuEntry } from '../ui/Menu'
import { Menu } from '../ui/Menu'
import { useWidth } from '../ui/useWidth'

/** Ways to bring papers: every command whose id begins with `add.`. */
export function AddButton() {
  const entries = useAllCommands()
    .filter((command) => command.id.startsWith('add.'))
    .map(menuEntry)
  const phone = useWidth() === 'phone'
  const reason = entries.length === 0 ? texts.addNothing : undefined
  if (phone) {
    const button = <IconButton label={texts.add} icon={<IconPlus size={22} stroke={1.6} />} disabledReason={reason} />
    return reason === undefined ? <Menu entries={entries}>{button}</Menu> : button
  }
  const button = (
    <Button
      variant="filled"
      size="sm"
      icon={<IconPlus size={16} stroke={1.6} aria-hidden="true" />}
      iconAfter={<IconChevronDown size={14} stroke={1.6} aria-hidden="true" />}
      disabledReason={reason}
    >
      {texts.add}
    </Button>
  )
  return reason === undefined ? <Menu entries={entries}>{button}</Menu> : button
}

/** A command as an entry of a menu. */
export function menuEntry(command: Command): MenuEntry {
  const state = enabledState(command)
  const Icon = command.icon
  const [shortcut] = command.shortcut === undefined ? [] : [command.shortcut].flat()
  return {
    label: command.label,
    icon: Icon === undefined ? undefined : <Icon size={16} stroke={1.6} />,
    shortcut,
    disabledReason: state === true ? undefined : state.because,
    onSelect: command.perform,
  }
}
