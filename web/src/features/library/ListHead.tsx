import { IconArrowsSort, IconCategory, IconFilter, IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { KeyboardEvent, Ref } from 'react'
import { ITEM_TYPES } from '../../lib/item-fields'
import { libraryTexts as t } from '../../texts/library'
import { Chip, FilterChip } from '../../ui/Chip'
import { IconButton } from '../../ui/IconButton'
import { Menu, type MenuEntry } from '../../ui/Menu'
import { COLUMNS } from './columns'
import classes from './LibraryPage.module.css'
import type { LibrarySearch } from './search-state'

const typingMs = 150

interface ListHeadProps {
  title: string
  total: number | undefined
  search: LibrarySearch
  isPhone: boolean
  onSearch: (change: Partial<LibrarySearch>) => void
  onLeaveFilter: () => void
  filterRef: Ref<HTMLInputElement>
}

/** What is shown, how much of it, and what narrows it. */
export function ListHead({ title, total, search, isPhone, onSearch, onLeaveFilter, filterRef }: ListHeadProps) {
  const [open, setOpen] = useState(search.q !== undefined)
  useEffect(() => {
    if (search.q !== undefined) setOpen(true)
  }, [search.q])
  return (
    <div className={isPhone ? classes.headPhone : classes.head}>
      {!isPhone && <h1 className={classes.heading}>{title}</h1>}
      {!isPhone && total !== undefined && <span className={classes.count}>{t.papers(total)}</span>}
      {!isPhone && <span className={classes.grow} />}
      {search.tag !== undefined && (
        <FilterChip
          label={t.selectionTag}
          value={search.tag}
          onEdit={() => undefined}
          onRemove={() => onSearch({ tag: undefined })}
        />
      )}
      {search.item_type !== undefined && (
        <FilterChip
          label={t.typeFilter}
          value={t.typeName(search.item_type)}
          onEdit={() => undefined}
          onRemove={() => onSearch({ item_type: undefined })}
        />
      )}
      <FilterField
        value={search.q}
        isOpen={open}
        onOpen={setOpen}
        onChange={(q) => onSearch({ q })}
        onLeave={onLeaveFilter}
        ref={filterRef}
      />
      <Menu entries={typeEntries(onSearch)} align="end">
        {isPhone ? (
          <Chip>{t.typeFilter}</Chip>
        ) : (
          <IconButton label={t.typeFilter} icon={<IconCategory size={16} stroke={1.6} />} />
        )}
      </Menu>
      <Menu entries={sortEntries(search, onSearch)} align="end">
        {isPhone ? (
          <Chip icon={<IconArrowsSort size={14} stroke={1.6} />}>{t.sort}</Chip>
        ) : (
          <IconButton label={t.sort} icon={<IconArrowsSort size={16} stroke={1.6} />} />
        )}
      </Menu>
    </div>
  )
}

function typeEntries(onSearch: ListHeadProps['onSearch']): MenuEntry[] {
  return [
    { label: t.anyType, onSelect: () => onSearch({ item_type: undefined }) },
    'rule',
    ...ITEM_TYPES.slice(0, 9).map((type) => ({
      label: t.typeName(type),
      onSelect: () => onSearch({ item_type: type }),
    })),
  ]
}

function sortEntries(search: LibrarySearch, onSearch: ListHeadProps['onSearch']): MenuEntry[] {
  const columns = [
    ...COLUMNS.filter((column) => column.sort !== null).map((column) => ({
      sort: column.sort ?? '',
      label: column.label,
    })),
    { sort: 'modified', label: t.columns.modified },
  ]
  return [
    ...columns.map(({ sort, label }) => ({
      label,
      onSelect: () => onSearch({ sort, direction: sort === 'added' || sort === 'modified' ? 'desc' : 'asc' }),
    })),
    'rule',
    { label: t.ascending, onSelect: () => onSearch({ sort: search.sort ?? 'added', direction: 'asc' }) },
    { label: t.descending, onSelect: () => onSearch({ sort: search.sort ?? 'added', direction: 'desc' }) },
  ]
}

interface FilterFieldProps {
  value: string | undefined
  isOpen: boolean
  onOpen: (open: boolean) => void
  onChange: (value: string | undefined) => void
  onLeave: () => void
  ref: Ref<HTMLInputElement>
}

/** A chip that opens to a field; the list follows while somebody types. */
function FilterField({ value, isOpen, onOpen, onChange, onLeave, ref }: FilterFieldProps) {
  const [text, setText] = useState(value ?? '')
  useEffect(() => setText(value ?? ''), [value])
  useEffect(() => {
    const wanted = text.trim() === '' ? undefined : text
    if (wanted === value) return
    const timer = setTimeout(() => onChange(wanted), typingMs)
    return () => clearTimeout(timer)
  }, [text])
  if (!isOpen) {
    return (
      <Chip
        icon={<IconFilter size={14} stroke={1.6} aria-hidden="true" />}
        title={`${t.filterLabel} (F)`}
        data-filter-chip
        onClick={() => onOpen(true)}
      >
        {t.filter}
      </Chip>
    )
  }
  const clear = () => {
    setText('')
    onChange(undefined)
    onOpen(false)
    onLeave()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') clear()
    if (event.key === 'Enter' || event.key === 'ArrowDown') onLeave()
    if (event.key === 'Escape' || event.key === 'Enter' || event.key === 'ArrowDown') {
      event.preventDefault()
      event.stopPropagation()
    }
  }
  return (
    <span className={classes.filter}>
      <IconFilter size={14} stroke={1.6} aria-hidden="true" />
      <input
        ref={ref}
        autoFocus={value === undefined}
        type="text"
        aria-label={t.filterLabel}
        placeholder={t.filterLabel}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={() => text === '' && onOpen(false)}
      />
      <IconButton size="sm" label={t.clearFilter} icon={<IconX size={14} stroke={1.6} />} onClick={clear} />
    </span>
  )
}
