import { useEffect, useRef, useState } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { type Doubt, faultOf, linkOf, tidyValue } from '../../lib/item-fields'
import { libraryTexts as t } from '../../texts/library'
import { DoubtValue } from '../../ui/DoubtValue'
import { cx } from '../../ui/classes'
import classes from './Details.module.css'

interface FieldRowProps {
  field: string
  value: string
  doubt: Doubt | undefined
  canEdit: boolean
  onSave: (value: string) => void
  /** Opens for writing when this number grows. */
  openSignal?: number
}

const identifiers = new Set(['DOI', 'archiveID', 'ISBN', 'ISSN'])

/** A label and its value; a click or Enter opens it, leaving saves. */
export function FieldRow({ field, value, doubt, canEdit, onSave, openSignal = 0 }: FieldRowProps) {
  const [editing, setEditing] = useState(false)
  useOpenSignal(openSignal, () => canEdit && setEditing(true))
  const name = t.fieldName(field)
  return (
    <>
      <dt className={classes.label}>{name}</dt>
      <dd className={classes.value} data-field={field}>
        {editing ? (
          <InlineEditor
            field={field}
            label={name}
            initial={value}
            onDone={(next) => {
              setEditing(false)
              if (next !== null && next !== value) onSave(next)
            }}
          />
        ) : (
          <Shown
            field={field}
            name={name}
            value={value}
            doubt={doubt}
            canEdit={canEdit}
            onEdit={() => setEditing(true)}
            onConfirm={() => onSave(value)}
          />
        )}
      </dd>
    </>
  )
}

/** Runs when the number grows, not when the row first appears. */
export function useOpenSignal(signal: number, open: () => void): void {
  const seen = useRef(signal)
  useEffect(() => {
    if (signal === seen.current) return
    seen.current = signal
    open()
  })
}

interface ShownProps {
  field: string
  name: string
  value: string
  doubt: Doubt | undefined
  canEdit: boolean
  onEdit: () => void
  onConfirm: () => void
}

function Shown({ field, name, value, doubt, canEdit, onEdit, onConfirm }: ShownProps) {
  if (doubt !== undefined) {
    return (
      <DoubtValue
        value={value === '' ? t.none : value}
        because={doubtWords(doubt, value)}
        onConfirm={canEdit ? onConfirm : undefined}
        onEdit={canEdit ? onEdit : undefined}
      />
    )
  }
  const link = linkOf(field, value)
  const words: ReactNode = value === '' ? <span className={classes.none}>{t.none}</span> : value
  return (
    <span className={classes.shown}>
      {link !== null && (
        <a
          href={link}
          target="_blank"
          rel="noreferrer"
          className={cx(identifiers.has(field) && classes.mono, classes.ellipsis)}
        >
          {value}
        </a>
      )}
      {canEdit ? (
        <button
          type="button"
          className={cx(
            classes.open,
            link !== null && classes.pencil,
            value !== '' && identifiers.has(field) && classes.mono,
          )}
          aria-label={`${t.edit(name)}: ${value === '' ? t.none : value}`}
          onClick={onEdit}
        >
          {link === null ? words : <span className={classes.pencilWord}>{t.edit('').trim()}</span>}
        </button>
      ) : (
        link === null && <span className={cx(classes.still, identifiers.has(field) && classes.mono)}>{words}</span>
      )}
    </span>
  )
}

/** The other reading in words, or how sure the machine was. */
export function doubtWords(doubt: Doubt, value: string): string {
  const other = doubt.value ?? ''
  return other !== '' && other !== value ? t.says(doubt.source, other) : t.unsure(doubt.source, doubt.confidence)
}

interface InlineEditorProps {
  field: string
  label: string
  initial: string
  /** The value to keep, or `null` where it was given up. */
  onDone: (value: string | null) => void
  className?: string
}

/** A field opened for writing: Enter or leaving saves, Escape gives up; what is wrong is said below. */
export function InlineEditor({ field, label, initial, onDone, className }: InlineEditorProps) {
  const [text, setText] = useState(initial)
  const [fault, setFault] = useState<string | null>(null)
  const box = useRef<HTMLTextAreaElement>(null)
  const done = useRef(false)
  const isLong = field === 'abstractNote' || field === 'extra'
  useEffect(() => {
    box.current?.focus()
    box.current?.select()
  }, [])
  useEffect(() => {
    const element = box.current
    if (element === null) return
    element.style.height = 'auto'
    element.style.height = `${element.scrollHeight + 2}px`
  }, [text])
  const finish = (value: string | null) => {
    if (done.current) return
    if (value === null) {
      done.current = true
      onDone(null)
      return
    }
    const tidy = tidyValue(field, value)
    const wrong = faultOf(field, tidy)
    if (wrong !== null) {
      setFault(t.faults[wrong])
      return
    }
    done.current = true
    onDone(tidy)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === 'Escape') finish(null)
    if (event.key === 'Enter' && (!isLong || event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      finish(text)
    }
  }
  return (
    <span className={classes.editor}>
      <textarea
        ref={box}
        rows={1}
        className={cx(classes.input, className)}
        aria-label={label}
        aria-invalid={fault !== null || undefined}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setFault(null)
        }}
        onBlur={() => finish(text)}
        onKeyDown={onKeyDown}
      />
      {fault !== null && (
        <span className={classes.fault} role="alert">
          {fault}
        </span>
      )}
    </span>
  )
}
