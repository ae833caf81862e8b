import { useQuery } from '@tanstack/react-query'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { collectionsQuery } from '../../api/queries'
import { addableFields, ITEM_TYPES, shownFields } from '../../lib/item-fields'
import { libraryTexts as t } from '../../texts/library'
import { AddTag, Tag } from '../../ui/Chip'
import { DoubtValue } from '../../ui/DoubtValue'
import { SelectField } from '../../ui/Field'
import { Menu } from '../../ui/Menu'
import classes from './Details.module.css'
import { FieldRow, InlineEditor } from './FieldRow'
import type { Paper } from './model'
import { confirm, Settled } from './settle'
import { TagsEditor } from './TagsEditor'
import type { ItemEditor } from './use-item-editor'

interface FieldsProps {
  library: number
  paper: Paper
  canEdit: boolean
  editor: ItemEditor
  tagSignal: number
}

/** The fields of a paper, by its kind; any of them can be opened and written. */
export function Fields({ library, paper, canEdit, editor, tagSignal }: FieldsProps) {
  const [added, setAdded] = useState<string[]>([])
  const filled = Object.keys(paper.fields)
  const shown = [...new Set([...shownFields(paper.item_type, filled), ...added])]
  const more = addableFields(paper.item_type, shown)
  return (
    <dl className={classes.fields}>
      <dt className={classes.label}>{t.fieldName('item_type')}</dt>
      <dd className={classes.value}>
        <Kind paper={paper} canEdit={canEdit} editor={editor} />
      </dd>
      {shown.map((field) => {
        const clash = editor.clashes.find((each) => each.field === field)
        if (clash !== undefined) {
          return [
            <dt key={`${field} name`} className={classes.label}>
              {t.fieldName(field)}
            </dt>,
            <dd key={field} className={classes.value}>
              <Settled clash={clash} editor={editor} />
            </dd>,
          ]
        }
        return (
          <FieldRow
            key={field}
            field={field}
            value={paper.fields[field] ?? ''}
            doubt={paper.doubts?.[field]}
            canEdit={canEdit}
            onSave={(value) => editor.save({ fields: { [field]: value === '' ? null : value } }, t.fieldName(field))}
          />
        )
      })}
      {typeof paper.cite_key === 'string' && paper.cite_key !== '' && (
        <>
          <dt className={classes.label}>{t.citeKey}</dt>
          <dd className={`${classes.value} ${classes.mono} ${classes.still}`}>{paper.cite_key}</dd>
        </>
      )}
      <dt className={classes.label}>{t.tags}</dt>
      <dd className={classes.value}>
        <TagsEditor
          library={library}
          tags={paper.tags}
          canEdit={canEdit}
          openSignal={tagSignal}
          onSave={(tags) => editor.save({ tags }, t.tags)}
        />
      </dd>
      <dt className={classes.label}>{t.fieldName('collections')}</dt>
      <dd className={classes.value}>
        <Places library={library} paper={paper} canEdit={canEdit} editor={editor} />
      </dd>
      {canEdit && more.length > 0 && (
        <>
          <dt />
          <dd className={classes.value}>
            <Menu
              align="start"
              entries={more.map((field) => ({
                label: t.fieldName(field),
                onSelect: () => setAdded([...added, field]),
              }))}
            >
              <button type="button" className={classes.addField}>
                <IconPlus size={12} stroke={1.6} aria-hidden="true" />
                {t.addField}
              </button>
            </Menu>
          </dd>
        </>
      )}
    </dl>
  )
}

function Kind({ paper, canEdit, editor }: { paper: Paper; canEdit: boolean; editor: ItemEditor }) {
  const [editing, setEditing] = useState(false)
  const doubt = paper.doubts?.item_type
  const name = t.fieldName('item_type')
  if (editing) {
    const types = [...new Set<string>([...ITEM_TYPES, paper.item_type])]
    return (
      <SelectField
        label={name}
        labelHidden
        small
        autoFocus
        value={paper.item_type}
        options={types.map((value) => ({ value, label: t.typeName(value) }))}
        onBlur={() => setEditing(false)}
        onChange={(value) => {
          setEditing(false)
          if (value !== paper.item_type) editor.save({ item_type: value }, name)
        }}
      />
    )
  }
  if (doubt !== undefined) {
    return (
      <DoubtValue
        value={t.typeName(paper.item_type)}
        because={t.unsure(doubt.source, doubt.confidence)}
        onConfirm={canEdit ? () => confirm(paper, editor, 'item_type') : undefined}
        onEdit={canEdit ? () => setEditing(true) : undefined}
      />
    )
  }
  if (!canEdit) return <span className={classes.still}>{t.typeName(paper.item_type)}</span>
  return (
    <button
      type="button"
      className={classes.open}
      aria-label={`${t.edit(name)}: ${t.typeName(paper.item_type)}`}
      onClick={() => setEditing(true)}
    >
      {t.typeName(paper.item_type)}
    </button>
  )
}

function Places({ library, paper, canEdit, editor }: Omit<FieldsProps, 'tagSignal'>) {
  const { data: collections = [] } = useQuery(collectionsQuery(library))
  const inside = collections.filter((collection) => paper.collections.includes(collection.key))
  const others = collections.filter((collection) => !paper.collections.includes(collection.key))
  const save = (keys: string[]) => editor.save({ collections: keys }, t.fieldName('collections'))
  return (
    <div className={classes.tags}>
      {inside.map((collection) => (
        <Tag
          key={collection.key}
          name={collection.name}
          onRemove={canEdit ? () => save(paper.collections.filter((key) => key !== collection.key)) : undefined}
        />
      ))}
      {canEdit && others.length > 0 && (
        <Menu
          align="start"
          entries={others.slice(0, 40).map((collection) => ({
            label: collection.name,
            onSelect: () => save([...paper.collections, collection.key]),
          }))}
        >
          <AddTag>{t.addToCollection}</AddTag>
        </Menu>
      )}
      {inside.length === 0 && (!canEdit || others.length === 0) && <span className={classes.none}>{t.none}</span>}
    </div>
  )
}

/** The abstract, four lines of it until all is wanted. */
export function Abstract({
  paper,
  canEdit,
  editor,
  doubtful,
}: {
  paper: Paper
  canEdit: boolean
  editor: ItemEditor
  doubtful: boolean
}) {
  const [editing, setEditing] = useState(false)
  const [whole, setWhole] = useState(false)
  const text = paper.fields.abstractNote ?? ''
  const clash = editor.clashes.find((each) => each.field === 'abstractNote')
  if (text === '' && !canEdit) return null
  return (
    <section>
      <div className={classes.section}>
        <h3>{t.abstract}</h3>
        {text.length > 220 && !editing && (
          <button type="button" className={classes.link} onClick={() => setWhole(!whole)}>
            {whole ? t.showLess : t.showAll}
          </button>
        )}
      </div>
      {clash !== undefined ? (
        <Settled clash={clash} editor={editor} />
      ) : editing ? (
        <InlineEditor
          field="abstractNote"
          label={t.abstract}
          initial={text}
          onDone={(value) => {
            setEditing(false)
            if (value !== null && value !== text)
              editor.save({ fields: { abstractNote: value === '' ? null : value } }, t.abstract)
          }}
        />
      ) : (
        <div
          className={classes.abstract}
          dir="auto"
          data-whole={whole || undefined}
          data-doubtful={doubtful || undefined}
          onDoubleClick={() => canEdit && setEditing(true)}
        >
          {text === '' ? (
            <button type="button" className={classes.open} onClick={() => setEditing(true)}>
              <span className={classes.none}>{t.addAbstract}</span>
            </button>
          ) : canEdit ? (
            <button type="button" className={classes.open} onClick={() => setEditing(true)} title={t.edit(t.abstract)}>
              {text}
            </button>
          ) : (
            text
          )}
        </div>
      )}
    </section>
  )
}
