import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { facetsQuery } from '../../api/queries'
import { libraryTexts as t } from '../../texts/library'
import { AddTag, Tag } from '../../ui/Chip'
import classes from './Details.module.css'
import { useOpenSignal } from './FieldRow'
import { tagColor } from './LibrarySidebar'

interface TagsEditorProps {
  library: number
  tags: readonly string[]
  canEdit: boolean
  openSignal: number
  onSave: (tags: string[]) => void
}

/** The tags of a paper; a new one is typed, known ones are offered. */
export function TagsEditor({ library, tags, canEdit, openSignal, onSave }: TagsEditorProps) {
  const [typing, setTyping] = useState(false)
  useOpenSignal(openSignal, () => canEdit && setTyping(true))
  return (
    <div className={classes.tags}>
      {tags.map((tag) => (
        <Tag
          key={tag}
          name={tag}
          color={tagColor(tag)}
          onRemove={canEdit ? () => onSave(tags.filter((each) => each !== tag)) : undefined}
        />
      ))}
      {typing ? (
        <TagField
          library={library}
          known={tags}
          onDone={(tag, again) => {
            if (!again) setTyping(false)
            if (tag !== null && !tags.includes(tag)) onSave([...tags, tag])
          }}
        />
      ) : (
        canEdit && <AddTag onClick={() => setTyping(true)}>{t.addTag}</AddTag>
      )}
      {!canEdit && tags.length === 0 && <span className={classes.none}>{t.none}</span>}
    </div>
  )
}

interface TagFieldProps {
  library: number
  known: readonly string[]
  /** The tag, or `null`; `again` where the next one is typed. */
  onDone: (tag: string | null, again: boolean) => void
}

export function TagField({ library, known, onDone }: TagFieldProps) {
  const [text, setText] = useState('')
  const { data: facets } = useQuery(facetsQuery(library))
  const list = useId()
  const value = () => {
    const tag = text.replace(/\s+/g, ' ').trim()
    return tag === '' ? null : tag
  }
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault()
      onDone(value(), event.key === ',')
      setText('')
    }
    if (event.key === 'Escape') onDone(null, false)
  }
  return (
    <>
      <input
        autoFocus
        className={classes.tagInput}
        list={list}
        aria-label={t.tagName}
        placeholder={t.tagName}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={() => onDone(value(), false)}
        onKeyDown={onKeyDown}
      />
      <datalist id={list}>
        {(facets?.tags ?? [])
          .filter((entry) => !known.includes(entry.tag))
          .map((entry) => (
            <option key={entry.tag} value={entry.tag} />
          ))}
      </datalist>
    </>
  )
}
