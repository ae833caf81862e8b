import {
  IconChevronDown,
  IconChevronUp,
  IconLetterCase,
  IconSearch,
  IconTextRecognition,
  IconX,
} from '@tabler/icons-react'
import { useEffect, type KeyboardEvent, type Ref } from 'react'
import { IconButton } from '../ui/IconButton'
import { readerTexts } from '../texts/reader'
import { MOST_PLACES } from '../lib/text/find'
import classes from './Reader.module.css'
import type { Find } from './use-find'

interface FindBarProps {
  ref: Ref<HTMLInputElement>
  find: Find
  pageCount: number
  isPhone: boolean
  onClose: () => void
}

/** What is looked for, how often it is there, and stepping through it. */
export function FindBar({ ref, find, pageCount, isPhone, onClose }: FindBarProps) {
  const { wanted } = find
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation()
      onClose()
    } else if (event.key === 'Enter') {
      event.preventDefault()
      find.step(event.shiftKey ? -1 : 1)
    }
  }
  useEffect(() => {
    // Opened by a search, the words stand there already and the keys belong to the pages.
    if (wanted.query === '') document.querySelector<HTMLInputElement>(`.${classes.findInput} input`)?.focus()
  }, [])
  return (
    <div className={classes.findBar} role="search" aria-label={readerTexts.findLabel}>
      <label className={classes.findInput}>
        <IconSearch size={14} stroke={1.6} aria-hidden="true" />
        <input
          ref={ref}
          aria-label={readerTexts.findLabel}
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="search"
          value={wanted.query}
          onChange={(event) => find.change({ query: event.currentTarget.value })}
          onKeyDown={onKeyDown}
        />
      </label>
      <span className={classes.findCount} role="status">
        {countWords(find, pageCount)}
      </span>
      <IconButton
        size="sm"
        label={readerTexts.previousPlace}
        shortcut="Shift+Enter"
        icon={<IconChevronUp size={16} stroke={1.6} />}
        onClick={() => find.step(-1)}
      />
      <IconButton
        size="sm"
        label={readerTexts.nextPlace}
        shortcut="Enter"
        icon={<IconChevronDown size={16} stroke={1.6} />}
        onClick={() => find.step(1)}
      />
      {!isPhone && (
        <>
          <span className={classes.rule} />
          <IconButton
            size="sm"
            label={readerTexts.matchCase}
            pressed={wanted.matchCase}
            icon={<IconLetterCase size={16} stroke={1.6} />}
            onClick={() => find.change({ matchCase: !wanted.matchCase })}
          />
          <IconButton
            size="sm"
            label={readerTexts.wholeWords}
            pressed={wanted.wholeWords}
            icon={<IconTextRecognition size={16} stroke={1.6} />}
            onClick={() => find.change({ wholeWords: !wanted.wholeWords })}
          />
          <span className={classes.rule} />
        </>
      )}
      <IconButton
        size="sm"
        label={readerTexts.closeFind}
        shortcut="Escape"
        icon={<IconX size={16} stroke={1.6} />}
        onClick={onClose}
      />
    </div>
  )
}

function countWords({ wanted, state, current, isSettled }: Find, pageCount: number): string {
  if (wanted.query.trim() === '') return ''
  const count = state.places.length
  if (count === 0)
    return !isSettled ? '' : state.done ? readerTexts.nothing : readerTexts.looking(state.pages, pageCount)
  const total =
    count >= MOST_PLACES ? readerTexts.moreThan(MOST_PLACES - 1) : state.done ? String(count) : `${count}+`
  return current < 0 ? total : readerTexts.countOf(current + 1, total)
}
