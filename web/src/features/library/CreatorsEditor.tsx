import { IconArrowUp, IconX } from '@tabler/icons-react'
import { useId, useState } from 'react'
import type { ClipboardEvent } from 'react'
import { type Creator, fullName, nameFromText, namesFromText, nameToText } from '../../lib/creators'
import { libraryTexts as t } from '../../texts/library'
import { Button } from '../../ui/Button'
import { IconButton } from '../../ui/IconButton'
import classes from './Details.module.css'

interface Line {
  id: number
  type: string
  text: string
}

interface CreatorsEditorProps {
  creators: readonly Creator[]
  onDone: (creators: Creator[] | null) => void
}

/** Names one below the other, family name first; several can be pasted at once. */
export function CreatorsEditor({ creators, onDone }: CreatorsEditorProps) {
  const form = useId()
  const [lines, setLines] = useState<Line[]>(() =>
    creators.length === 0
      ? [{ id: 0, type: 'author', text: '' }]
      : creators.map((creator, id) => ({ id, type: creator.creator_type, text: nameToText(creator) })),
  )
  const [focus, setFocus] = useState(0)
  const change = (id: number, part: Partial<Line>) =>
    setLines((all) => all.map((line) => (line.id === id ? { ...line, ...part } : line)))
  const nextId = Math.max(-1, ...lines.map((line) => line.id)) + 1
  const add = () => {
    setLines([...lines, { id: nextId, type: lines.at(-1)?.type ?? 'author', text: '' }])
    setFocus(nextId)
  }
  const onPaste = (event: ClipboardEvent, line: Line) => {
    const names = namesFromText(event.clipboardData.getData('text'), line.type)
    if (names.length < 2) return
    event.preventDefault()
    setLines((all) =>
      all.flatMap((each) =>
        each.id === line.id
          ? names.map((name, index) => ({ id: nextId + index, type: name.creator_type, text: nameToText(name) }))
          : [each],
      ),
    )
  }
  const up = (index: number) =>
    setLines((all) => {
      const [line] = all.slice(index, index + 1)
      return line === undefined
        ? all
        : [...all.slice(0, index - 1), line, ...all.slice(index - 1, index), ...all.slice(index + 1)]
    })
  const save = () =>
    onDone(lines.map((line) => nameFromText(line.text, line.type)).filter((creator) => creator !== null))
  return (
    <form
      id={form}
      className={classes.creators}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Escape') onDone(null)
      }}
    >
      {lines.map((line, index) => (
        <div key={line.id} className={classes.creator}>
          <input
            className={classes.input}
            aria-label={t.authorName(index + 1)}
            autoFocus={line.id === focus}
            placeholder={t.authorName(index + 1)}
            value={line.text}
            onChange={(event) => change(line.id, { text: event.currentTarget.value })}
            onPaste={(event) => onPaste(event, line)}
          />
          <select
            className={classes.role}
            aria-label={t.authorRole(index + 1)}
            value={line.type}
            onChange={(event) => change(line.id, { type: event.currentTarget.value })}
          >
            {[...new Set([...Object.keys(t.creatorTypes), line.type])].map((type) => (
              <option key={type} value={type}>
                {t.creatorTypes[type] ?? type}
              </option>
            ))}
          </select>
          <IconButton
            size="sm"
            label={t.moveUp(line.text)}
            icon={<IconArrowUp size={14} stroke={1.6} />}
            onClick={() => index > 0 && up(index)}
          />
          <IconButton
            size="sm"
            label={t.removeAuthor(line.text)}
            icon={<IconX size={14} stroke={1.6} />}
            onClick={() => setLines(lines.filter((each) => each !== line))}
          />
        </div>
      ))}
      <div className={classes.creatorActs}>
        <Button size="sm" variant="subtle" onClick={add}>
          {t.addAuthor}
        </Button>
        <span className={classes.grow} />
        <Button size="sm" variant="subtle" onClick={() => onDone(null)}>
          {t.cancel}
        </Button>
        <Button size="sm" type="submit">
          {t.save}
        </Button>
      </div>
    </form>
  )
}

/** The names in one paragraph; a press opens them for writing. */
export function CreatorsLine({
  creators,
  canEdit,
  onEdit,
}: {
  creators: readonly Creator[]
  canEdit: boolean
  onEdit: () => void
}) {
  const names =
    creators.length === 0
      ? t.noAuthors
      : creators
          .map((creator) =>
            creator.creator_type === 'author'
              ? fullName(creator)
              : `${fullName(creator)} (${(t.creatorTypes[creator.creator_type] ?? creator.creator_type).toLowerCase()})`,
          )
          .join(', ')
  if (!canEdit) return <p className={classes.names}>{names}</p>
  return (
    <p className={classes.names}>
      <button type="button" className={classes.open} aria-label={`${t.editAuthors}: ${names}`} onClick={onEdit}>
        {creators.length === 0 ? <span className={classes.none}>{names}</span> : names}
      </button>
    </p>
  )
}
