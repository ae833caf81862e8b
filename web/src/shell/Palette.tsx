import { Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { IconFileSearch, IconFileText, IconSearch } from '@tabler/icons-react'
import type { KeyboardEvent, ReactNode } from 'react'
import { useDeferredValue, useEffect, useId, useRef, useState } from 'react'
import type { Command, CommandGroup } from '../actions/commands'
import { enabledState, useAllCommands } from '../actions/commands'
import { quickSearchQuery } from '../api/queries'
import { shortName } from '../lib/creators'
import type { SearchHit } from '../api/types'
import { matchesWords } from '../lib/match'
import { shellTexts as texts } from '../texts/shell'
import { cx } from '../ui/classes'
import { KeyHint } from '../ui/KeyHint'
import classes from './Palette.module.css'

interface Option {
  id: string
  heading: string
  icon: ReactNode
  label: string
  isPaper?: boolean
  aside?: string
  shortcut?: string
  /** Why it cannot be done now. */
  because?: string
  perform: () => void
}

/** Finds papers and commands by a few letters. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const listId = useId()
  const options = useOptions(text.trim())
  const at = Math.min(active, options.length - 1)
  const choose = (option: Option | undefined) => {
    if (option === undefined || option.because !== undefined) return
    onClose()
    option.perform()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && options.length > 0) {
      event.preventDefault()
      setActive((at + step + options.length) % options.length)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      const fullText = options.find((option) => option.id === 'full-text')
      choose(event.ctrlKey || event.metaKey ? fullText : options[at])
    }
  }
  const write = (next: string) => {
    setText(next)
    setActive(0)
  }
  return (
    <Modal.Root
      opened
      onClose={onClose}
      size={640}
      transitionProps={{ duration: 140, transition: 'fade' }}
      classNames={{ content: classes.content, inner: classes.inner, overlay: classes.overlay, body: classes.body }}
    >
      <Modal.Overlay />
      <Modal.Content aria-label={texts.searchAndCommands}>
        <Modal.Body>
          <div className={classes.head}>
            <IconSearch size={18} stroke={1.6} aria-hidden="true" />
            <input
              className={classes.input}
              data-autofocus
              autoFocus
              role="combobox"
              aria-label={texts.searchAndCommands}
              aria-expanded
              aria-controls={listId}
              aria-activedescendant={options[at] === undefined ? undefined : `${listId}-${at}`}
              autoComplete="off"
              spellCheck={false}
              placeholder={texts.palettePlaceholder}
              value={text}
              onChange={(event) => write(event.currentTarget.value)}
              onKeyDown={onKeyDown}
            />
          </div>
          <OptionList id={listId} options={options} active={at} onActive={setActive} onChoose={choose} />
          <div className={classes.foot} aria-hidden="true">
            <span>
              <KeyHint keys="ArrowUp / ArrowDown" /> {texts.choose}
            </span>
            <span>
              <KeyHint keys=">" /> {texts.commandsOnly}
            </span>
            <KeyHint keys="Escape" />
          </div>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}

interface OptionListProps {
  id: string
  options: readonly Option[]
  active: number
  onActive: (index: number) => void
  onChoose: (option: Option) => void
}

function OptionList({ id, options, active, onActive, onChoose }: OptionListProps) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <div ref={list} className={classes.list} role="listbox" id={id} aria-label={texts.searchAndCommands}>
      {options.length === 0 && <p className={classes.nothing}>{texts.paletteNothing}</p>}
      {options.map((option, index) => (
        <div key={option.id} role="presentation">
          {option.heading !== options[index - 1]?.heading && <div className={classes.heading}>{option.heading}</div>}
          <div
            id={`${id}-${index}`}
            role="option"
            className={classes.option}
            aria-selected={index === active}
            aria-disabled={option.because !== undefined || undefined}
            onMouseMove={() => onActive(index)}
            onClick={() => onChoose(option)}
          >
            {option.icon}
            <span className={cx(classes.words, option.isPaper && classes.paper)}>{option.label}</span>
            {(option.because ?? option.aside) !== undefined && (
              <span className={classes.aside}>{option.because ?? option.aside}</span>
            )}
            {option.shortcut !== undefined && <KeyHint keys={option.shortcut} />}
          </div>
        </div>
      ))}
    </div>
  )
}

const groupOrder: readonly CommandGroup[] = ['reader', 'library', 'everywhere', 'go', 'server']

function useOptions(text: string): Option[] {
  const commandsOnly = text.startsWith('>')
  const words = commandsOnly ? text.slice(1).trim() : text
  const papers = usePapers(commandsOnly ? '' : words)
  const commands = useAllCommands()
    .filter((command) => command.id !== 'everywhere.palette')
    .filter((command) => matchesWords(`${command.label} ${command.keywords ?? ''}`, words))
    .toSorted((a, b) => groupOrder.indexOf(a.group) - groupOrder.indexOf(b.group))
    .map(commandOption)
  return [...papers, ...commands]
}

function commandOption(command: Command): Option {
  const state = enabledState(command)
  const Icon = command.icon
  const [shortcut] = command.shortcut === undefined ? [] : [command.shortcut].flat()
  return {
    id: command.id,
    heading: texts.groups[command.group],
    icon: Icon === undefined ? <span style={{ width: 16 }} /> : <Icon size={16} stroke={1.6} />,
    label: command.label,
    shortcut,
    because: state === true ? undefined : state.because,
    perform: command.perform,
  }
}

function usePapers(words: string): Option[] {
  const navigate = useNavigate()
  const asked = useDeferredValue(words)
  const { data } = useQuery({ ...quickSearchQuery(begun(asked)), enabled: asked.length >= 2 })
  if (words === '') return []
  const fullText: Option = {
    id: 'full-text',
    heading: texts.palettePapers,
    icon: <IconFileSearch size={16} stroke={1.6} />,
    label: texts.paletteFullText(words),
    shortcut: 'Mod+Enter',
    perform: () => void navigate({ to: '/search', search: { q: words } }),
  }
  const hits = asked.length >= 2 ? (data?.hits ?? []) : []
  return [
    ...hits.map((hit) => ({
      id: `paper ${hit.library}/${hit.key}`,
      heading: texts.palettePapers,
      icon: <IconFileText size={16} stroke={1.6} />,
      label: hit.title,
      isPaper: true,
      aside: byline(hit),
      perform: () =>
        void navigate({
          to: '/libraries/$library/items/$key',
          params: { library: hit.library, key: hit.key },
          search: { page: hit.passages[0]?.page, q: hit.passages.length > 0 ? words : undefined },
        }),
    })),
    fullText,
  ]
}

/** The last word may be half typed, so it is asked for as a beginning. */
function begun(words: string): string {
  return /[\p{L}\p{N}]$/u.test(words) ? `${words}*` : words
}

function byline(hit: SearchHit): string {
  const [first] = hit.creators
  return [first === undefined ? undefined : shortName(first), hit.year].filter((part) => part !== undefined).join(' ')
}
