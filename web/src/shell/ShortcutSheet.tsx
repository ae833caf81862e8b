import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import type { Command, CommandGroup } from '../actions/commands'
import { useAllCommands } from '../actions/commands'
import { shellTexts as texts } from '../texts/shell'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { TextField } from '../ui/Field'
import { KeyHint } from '../ui/KeyHint'
import classes from './ShortcutSheet.module.css'

const order: readonly CommandGroup[] = ['everywhere', 'library', 'reader', 'go', 'server']

/** Every key of what can be done here now, read from the commands themselves. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const [word, setWord] = useState('')
  const shown = useAllCommands().filter((command) => command.shortcut !== undefined && holds(command, word))
  return (
    <Dialog
      opened
      onClose={onClose}
      title={texts.shortcuts}
      width={1040}
      note={texts.macNote}
      footer={<Button onClick={() => window.print()}>{texts.printSheet}</Button>}
    >
      <div className={classes.filter}>
        <TextField
          label={texts.findShortcut}
          labelHidden
          small
          quiet
          data-autofocus
          icon={<IconSearch size={14} stroke={1.6} aria-hidden="true" />}
          placeholder={texts.findShortcut}
          value={word}
          onChange={(event) => setWord(event.currentTarget.value)}
        />
      </div>
      {shown.length === 0 && <p>{texts.noShortcut}</p>}
      <div className={classes.columns}>
        {order.map((group) => (
          <Group key={group} group={group} commands={shown.filter((command) => command.group === group)} />
        ))}
      </div>
    </Dialog>
  )
}

function holds(command: Command, word: string): boolean {
  return command.label.toLocaleLowerCase().includes(word.trim().toLocaleLowerCase())
}

function Group({ group, commands }: { group: CommandGroup; commands: readonly Command[] }) {
  if (commands.length === 0) return null
  return (
    <section>
      <h3 className={classes.title}>{texts.groups[group]}</h3>
      <ul>
        {commands.map((command) => (
          <li key={command.id} className={classes.line}>
            {command.label}
            <Keys command={command} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Keys({ command }: { command: Command }) {
  const written = typeof command.shortcut === 'string' ? [command.shortcut] : (command.shortcut ?? [])
  return <KeyHint keys={written.join(' / ')} />
}
