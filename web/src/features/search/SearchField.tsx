import { IconSearch, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useCommands } from '../../actions/commands'
import { searchTexts } from '../../texts/search'
import { IconButton } from '../../ui/IconButton'
import { Fill } from '../../ui/Slots'
import classes from './SearchPage.module.css'

interface SearchFieldProps {
  value: string
  onChange: (value: string) => void
  onStep: (by: 1 | -1) => void
  onOpen: () => void
}

/** Letters typed faster than this make one question. */
const PAUSE_MS = 160

/** The field of the search page; stands in the top bar in place of the general one. */
export function SearchField({ value, onChange, onStep, onOpen }: SearchFieldProps) {
  const [typed, setTyped] = useState(value)
  const field = useRef<HTMLInputElement>(null)
  const told = useRef(value)
  const latest = useRef(onChange)
  latest.current = onChange

  // The address has changed by other means, such as Back.
  useEffect(() => {
    if (value !== told.current) setTyped(value)
    told.current = value
  }, [value])
  useEffect(() => {
    if (typed === told.current) return
    const timer = setTimeout(() => tell(typed), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed])
  useEffect(() => {
    const timer = setTimeout(() => field.current?.focus(), 0)
    return () => clearTimeout(timer)
  }, [])
  useCommands([
    {
      id: 'search.field',
      group: 'everywhere',
      label: searchTexts.field,
      shortcut: ['Mod+F', '/'],
      perform: () => field.current?.select(),
    },
  ])

  function tell(next: string): void {
    told.current = next
    latest.current(next)
  }
  return (
    <Fill slot="top-field">
      <label className={classes.field}>
        <IconSearch size={16} stroke={1.6} aria-hidden="true" />
        <input
          ref={field}
          type="search"
          aria-label={searchTexts.field}
          placeholder={searchTexts.field}
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="search"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && typed === told.current) onOpen()
            else if (event.key === 'Enter') tell(typed)
            else if (event.key === 'ArrowDown') onStep(1)
            else if (event.key === 'ArrowUp') onStep(-1)
            else if (event.key === 'Escape') field.current?.blur()
            else return
            event.preventDefault()
          }}
        />
        {typed !== '' && (
          <IconButton
            size="sm"
            label={searchTexts.clear}
            icon={<IconX size={16} stroke={1.6} />}
            onClick={() => {
              setTyped('')
              tell('')
              field.current?.focus()
            }}
          />
        )}
      </label>
    </Fill>
  )
}
