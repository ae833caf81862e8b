import { Popover } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState, type FormEvent, type ReactElement, type ReactNode } from 'react'
import type { Library } from '../../api/types'
import { searchTexts } from '../../texts/search'
import { Button } from '../../ui/Button'
import { Chip, FilterChip } from '../../ui/Chip'
import { TextField } from '../../ui/Field'
import { Menu } from '../../ui/Menu'
import { hasFilters, yearEnds, yearRange, yearWords, type SearchState } from './filters'
import classes from './SearchPage.module.css'

interface FilterBarProps {
  state: SearchState
  libraries: readonly Library[]
  onChange: (change: Partial<SearchState>) => void
}

/** What narrows the search, as chips. */
export function FilterBar({ state, libraries, onChange }: FilterBarProps) {
  return (
    <div className={classes.filters} role="group" aria-label={searchTexts.filters}>
      <LibraryFilter state={state} libraries={libraries} onChange={onChange} />
      <YearFilter key={`year ${state.year}`} state={state} onChange={onChange} />
      <AuthorFilter key={`author ${state.author}`} state={state} onChange={onChange} />
      {hasFilters(state) && (
        <button
          type="button"
          className={classes.clear}
          onClick={() => onChange({ library: undefined, year: undefined, author: undefined })}
        >
          {searchTexts.clearFilters}
        </button>
      )}
    </div>
  )
}

function LibraryFilter({ state, libraries, onChange }: FilterBarProps) {
  const chosen = libraries.find((library) => library.id === state.library)
  const entries = [
    { label: searchTexts.allLibraries, onSelect: () => onChange({ library: undefined }) },
    'rule' as const,
    ...libraries.map((library) => ({
      label: library.name,
      onSelect: () => onChange({ library: library.id }),
    })),
  ]
  return (
    <Menu entries={entries} align="start">
      <Chip on={chosen !== undefined} value={chosen?.name}>
        {searchTexts.inLibrary}
        {chosen === undefined && <IconChevronDown size={14} stroke={1.6} aria-hidden="true" />}
      </Chip>
    </Menu>
  )
}

type OneFilterProps = Pick<FilterBarProps, 'state' | 'onChange'>

function YearFilter({ state, onChange }: OneFilterProps) {
  const [opened, setOpened] = useState(false)
  const [begin, end] = yearEnds(state.year)
  const [from, setFrom] = useState(begin)
  const [to, setTo] = useState(end)
  const apply = (event: FormEvent) => {
    event.preventDefault()
    setOpened(false)
    onChange({ year: yearRange(from, to) })
  }
  return (
    <Drop
      opened={opened}
      setOpened={setOpened}
      label={searchTexts.year}
      target={
        <FilterTarget
          label={searchTexts.year}
          value={state.year === undefined ? undefined : yearWords(state.year)}
          opened={opened}
          onOpen={() => setOpened(!opened)}
          onRemove={() => onChange({ year: undefined })}
        />
      }
    >
      <form className={classes.dropForm} onSubmit={apply}>
        <div className={classes.years}>
          <TextField
            label={searchTexts.yearFrom}
            inputMode="numeric"
            maxLength={4}
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <TextField
            label={searchTexts.yearTo}
            inputMode="numeric"
            maxLength={4}
            value={to}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
        </div>
        <Button type="submit">{searchTexts.apply}</Button>
      </form>
    </Drop>
  )
}

function AuthorFilter({ state, onChange }: OneFilterProps) {
  const [opened, setOpened] = useState(false)
  const [name, setName] = useState(state.author ?? '')
  const apply = (event: FormEvent) => {
    event.preventDefault()
    setOpened(false)
    onChange({ author: name.trim() === '' ? undefined : name.trim() })
  }
  return (
    <Drop
      opened={opened}
      setOpened={setOpened}
      label={searchTexts.author}
      target={
        <FilterTarget
          label={searchTexts.author}
          value={state.author}
          opened={opened}
          onOpen={() => setOpened(!opened)}
          onRemove={() => onChange({ author: undefined })}
        />
      }
    >
      <form className={classes.dropForm} onSubmit={apply}>
        <TextField
          label={searchTexts.authorName}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit">{searchTexts.apply}</Button>
      </form>
    </Drop>
  )
}

interface FilterTargetProps {
  label: string
  value: string | undefined
  opened: boolean
  onOpen: () => void
  onRemove: () => void
}

function FilterTarget({ label, value, opened, onOpen, onRemove }: FilterTargetProps) {
  if (value !== undefined)
    return <FilterChip label={label} value={value} onEdit={onOpen} onRemove={onRemove} />
  return (
    <Chip onClick={onOpen} aria-haspopup="dialog" aria-expanded={opened}>
      {label}
      <IconChevronDown size={14} stroke={1.6} aria-hidden="true" />
    </Chip>
  )
}

interface DropProps {
  opened: boolean
  setOpened: (opened: boolean) => void
  label: string
  target: ReactElement
  children: ReactNode
}

function Drop({ opened, setOpened, label, target, children }: DropProps) {
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      offset={6}
      trapFocus
      returnFocus
      radius="lg"
      shadow="md"
      // The span is no control; the button in it says what it opens.
      withRoles={false}
    >
      <Popover.Target>
        <span className={classes.target}>{target}</span>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={label}>{children}</Popover.Dropdown>
    </Popover>
  )
}
