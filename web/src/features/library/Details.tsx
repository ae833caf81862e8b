import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { IconArrowLeft, IconBook2, IconCheck, IconCircle, IconDots, IconLink, IconPlus, IconTrash, IconTrashOff, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { isProblem } from '../../api/problem'
import { collectionsQuery, itemQuery } from '../../api/queries'
import type { Clash } from '../../lib/item-merge'
import { addableFields, ITEM_TYPES, shownFields } from '../../lib/item-fields'
import { namesFromText } from '../../lib/creators'
import { libraryTexts as t } from '../../texts/library'
import { Button, buttonClass } from '../../ui/Button'
import { AddTag, Tag } from '../../ui/Chip'
import { SelectField } from '../../ui/Field'
import { IconButton } from '../../ui/IconButton'
import { Menu, type MenuEntry } from '../../ui/Menu'
import { ReadMark } from '../../ui/StatusMark'
import { showToast } from '../../ui/toasts'
import { ClashField, ClashNotice } from './Clash'
import { CreatorsEditor, CreatorsLine } from './CreatorsEditor'
import classes from './Details.module.css'
import { DetailsLoading } from './DetailsLoading'
import { doubtWords, FieldRow, InlineEditor, useOpenSignal } from './FieldRow'
import { Files } from './Files'
import { fromCache } from './item-cache'
import type { Paper } from './model'
import { titleOf, When } from './PaperRow'
import { readLook } from './read-state'
import { TagsEditor } from './TagsEditor'
import { type ItemEditor, useItemEditor } from './use-item-editor'
import { useQueryClient } from '@tanstack/react-query'
import { DoubtValue } from '../../ui/DoubtValue'

/** Numbers that grow when a key asks for something in the details. */
export interface DetailSignals {
  edit: number
  tag: number
  confirm: number
}

export interface DetailsActs {
  onClose: () => void
  onTrash: (paper: Paper) => void
  onRestore: (paper: Paper) => void
  onToggleRead: (paper: Paper) => void
}

interface DetailsProps {
  library: number
  itemKey: string
  canEdit: boolean
  isPhone: boolean
  signals: DetailSignals
  acts: DetailsActs
}

/** Everything known about one paper, each value editable where it stands. */
export function Details({ library, itemKey, canEdit, isPhone, signals, acts }: DetailsProps) {
  const queries = useQueryClient()
  const { data, error } = useQuery({ ...itemQuery(library, itemKey), placeholderData: () => fromCache(queries, library, itemKey) })
  const paper: Paper | undefined = data
  if (paper !== undefined) return <Loaded key={`${library}/${itemKey}`} library={library} paper={paper} canEdit={canEdit && !paper.trashed} mayRestore={canEdit} isPhone={isPhone} signals={signals} acts={acts} />
  if (isProblem(error, 404)) {
    return (
      <div className={classes.nothing}>
        <b>{t.goneTitle}</b>
        <p>{t.goneHint}</p>
        <Button size="sm" onClick={acts.onClose}>
          {t.closeDetails}
        </Button>
      </div>
    )
  }
  return <DetailsLoading onClose={acts.onClose} isPhone={isPhone} />
}

interface LoadedProps {
  library: number
  paper: Paper
  canEdit: boolean
  mayRestore: boolean
  isPhone: boolean
  signals: DetailSignals
  acts: DetailsActs
}

function Loaded({ library, paper, canEdit, mayRestore, isPhone, signals, acts }: LoadedProps) {
  const editor = useItemEditor(library, paper)
  const doubts = paper.doubts ?? {}
  useOpenSignal(signals.confirm, () => canEdit && confirmFirst(paper, editor))
  return (
    <>
      <Top library={library} paper={paper} isPhone={isPhone} mayRestore={mayRestore} acts={acts} />
      <div className={classes.body}>
        <Title paper={paper} canEdit={canEdit} editor={editor} openSignal={signals.edit} />
        <People paper={paper} canEdit={canEdit} editor={editor} />
        {!isPhone && <MainActs library={library} paper={paper} mayRestore={mayRestore} acts={acts} />}
        <div className={classes.rule} />
        {editor.clashes.length > 0 && <ClashNotice clashes={editor.clashes.length} tried={editor.tried} />}
        {editor.unsaved !== null && (
          <div className={classes.unsaved} role="alert">
            <span>{t.notSaved(editor.unsaved.message)}</span>
            <Button size="xs" onClick={editor.retry}>
              {t.retry}
            </Button>
          </div>
        )}
        <Fields library={library} paper={paper} canEdit={canEdit} editor={editor} tagSignal={signals.tag} />
        <Abstract paper={paper} canEdit={canEdit} editor={editor} doubtful={doubts.abstractNote !== undefined} />
        <Files library={library} paper={paper} canEdit={canEdit} />
        <p className={classes.times}>
          {t.added('')}
          <When time={paper.date_added} />, {t.changed('')}
          <When time={paper.date_modified} />
        </p>
      </div>
      {isPhone && (
        <div className={classes.phoneActs}>
          <MainActs library={library} paper={paper} mayRestore={mayRestore} acts={acts} />
        </div>
      )}
    </>
  )
}

function confirmFirst(paper: Paper, editor: ItemEditor): void {
  const [field] = Object.keys(paper.doubts ?? {})
  if (field === undefined) showToast({ message: t.nothingDoubtful })
  else confirm(paper, editor, field)
}

/** Saves the present value by hand: a machine never overwrites it again. */
function confirm(paper: Paper, editor: ItemEditor, field: string): void {
  const what = t.fieldName(field)
  if (field === 'creators') editor.save({ creators: paper.creators }, what)
  else if (field === 'item_type') editor.save({ item_type: paper.item_type }, what)
  else editor.save({ fields: { [field]: paper.fields[field] ?? null } }, what)
}

function Top({ library, paper, isPhone, mayRestore, acts }: { library: number; paper: Paper; isPhone: boolean; mayRestore: boolean; acts: DetailsActs }) {
  const look = readLook(paper)
  const entries: MenuEntry[] = [
    { label: t.copyLink, icon: <IconLink size={16} stroke={1.6} />, onSelect: () => copyLink(library, paper.key) },
    { label: look.name === 'read' ? t.markUnread : t.markRead, icon: <IconCheck size={16} stroke={1.6} />, shortcut: 'M', onSelect: () => acts.onToggleRead(paper) },
    ...(mayRestore
      ? paper.trashed
        ? [{ label: t.restore, icon: <IconTrashOff size={16} stroke={1.6} />, onSelect: () => acts.onRestore(paper) }]
        : [{ label: t.moveToTrash, icon: <IconTrash size={16} stroke={1.6} />, shortcut: 'Delete', danger: true, onSelect: () => acts.onTrash(paper) }]
      : []),
  ]
  return (
    <div className={classes.top}>
      {isPhone && <IconButton label={t.back} icon={<IconArrowLeft size={20} stroke={1.6} />} onClick={acts.onClose} />}
      <span className={classes.state}>
        {paper.trashed ? (
          <>
            <IconTrash size={14} stroke={1.6} aria-hidden="true" />
            {t.inTrash}
          </>
        ) : (
          <>
            <ReadMark part={look.part} label="" />
            {look.label}
          </>
        )}
      </span>
      <span className={classes.grow} />
      <Menu entries={entries}>
        <IconButton label={t.moreActs} icon={<IconDots size={16} stroke={1.6} />} />
      </Menu>
      {!isPhone && <IconButton label={t.closeDetails} shortcut="]" icon={<IconX size={16} stroke={1.6} />} onClick={acts.onClose} />}
    </div>
  )
}

function copyLink(library: number, key: string): void {
  const address = new URL(`/libraries/${library}/items/${key}`, location.origin).href
  void navigator.clipboard?.writeText(address).then(() => showToast({ message: t.linkCopied }))
}

function Title({ paper, canEdit, editor, openSignal }: { paper: Paper; canEdit: boolean; editor: ItemEditor; openSignal: number }) {
  const [editing, setEditing] = useState(false)
  useOpenSignal(openSignal, () => canEdit && setEditing(true))
  const title = titleOf(paper)
  const doubt = paper.doubts?.title
  const clash = editor.clashes.find((each) => each.field === 'title')
  if (clash !== undefined) return <Settled clash={clash} editor={editor} />
  if (editing) {
    return (
      <InlineEditor
        field="title"
        label={t.fieldName('title')}
        initial={paper.fields.title ?? ''}
        className={classes.titleInput}
        onDone={(value) => {
          setEditing(false)
          if (value !== null && value !== paper.fields.title) editor.save({ fields: { title: value } }, t.fieldName('title'))
        }}
      />
    )
  }
  return (
    <>
      <h2 className={classes.title} lang={paper.fields.language}>
        {canEdit ? (
          <button type="button" className={classes.open} onClick={() => setEditing(true)} title={t.edit(t.fieldName('title'))}>
            {title}
          </button>
        ) : (
          title
        )}
      </h2>
      {doubt !== undefined && (
        <DoubtValue
          value={t.fieldName('title')}
          because={doubtWords(doubt, title)}
          onConfirm={canEdit ? () => confirm(paper, editor, 'title') : undefined}
          onEdit={canEdit ? () => setEditing(true) : undefined}
        />
      )}
    </>
  )
}

function People({ paper, canEdit, editor }: { paper: Paper; canEdit: boolean; editor: ItemEditor }) {
  const [editing, setEditing] = useState(false)
  const doubt = paper.doubts?.creators
  const clash = editor.clashes.find((each) => each.field === 'creators')
  if (clash !== undefined) return <Settled clash={clash} editor={editor} />
  if (editing) {
    return (
      <CreatorsEditor
        creators={paper.creators}
        onDone={(creators) => {
          setEditing(false)
          if (creators !== null && JSON.stringify(creators) !== JSON.stringify(paper.creators)) editor.save({ creators }, t.fieldName('creators'))
        }}
      />
    )
  }
  return (
    <>
      <CreatorsLine creators={paper.creators} canEdit={canEdit} onEdit={() => setEditing(true)} />
      {doubt !== undefined && (
        <DoubtValue
          value={t.authors}
          because={doubtWords(doubt, '')}
          onConfirm={canEdit ? () => confirm(paper, editor, 'creators') : undefined}
          onEdit={canEdit ? () => setEditing(true) : undefined}
        />
      )}
    </>
  )
}

/** The place of a clash; what is chosen is saved on top of the other's change. */
function Settled({ clash, editor }: { clash: Clash; editor: ItemEditor }) {
  const patchOf = (value: string | null) => {
    if (value === null) return {}
    if (clash.field === 'creators') return { creators: namesFromText(value.replaceAll(', ', ';'), 'author') }
    if (clash.field === 'item_type') return { item_type: value }
    return { fields: { [clash.field]: value === '' ? null : value } }
  }
  return <ClashField clash={clash} onSettle={(value) => editor.settle(clash, patchOf(value))} />
}

function MainActs({ library, paper, mayRestore, acts }: { library: number; paper: Paper; mayRestore: boolean; acts: DetailsActs }) {
  const look = readLook(paper)
  const page = paper.read?.state === 'reading' ? (paper.read.page ?? null) : null
  const isRead = look.name === 'read'
  return (
    <div className={classes.acts}>
      {paper.trashed ? (
        mayRestore && (
          <Button block icon={<IconTrashOff size={16} stroke={1.6} />} onClick={() => acts.onRestore(paper)}>
            {t.restore}
          </Button>
        )
      ) : paper.file ? (
        <Link to="/libraries/$library/items/$key" params={{ library, key: paper.key }} className={`${buttonClass('filled', 'md', true)} ${classes.grow}`}>
          <IconBook2 size={16} stroke={1.6} aria-hidden="true" />
          {t.readAct}
          {page !== null && <span className={classes.readPage}>{t.readAtPage(page)}</span>}
        </Link>
      ) : (
        <Button block disabledReason={t.noFileYet}>
          {t.readAct}
        </Button>
      )}
      <IconButton
        className={classes.boxed}
        label={isRead ? t.markUnread : t.markRead}
        shortcut="M"
        icon={isRead ? <IconCircle size={16} stroke={1.6} /> : <IconCheck size={16} stroke={1.6} />}
        onClick={() => acts.onToggleRead(paper)}
      />
    </div>
  )
}

interface FieldsProps {
  library: number
  paper: Paper
  canEdit: boolean
  editor: ItemEditor
  tagSignal: number
}

function Fields({ library, paper, canEdit, editor, tagSignal }: FieldsProps) {
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
        <TagsEditor library={library} tags={paper.tags} canEdit={canEdit} openSignal={tagSignal} onSave={(tags) => editor.save({ tags }, t.tags)} />
      </dd>
      <dt className={classes.label}>{t.fieldName('collections')}</dt>
      <dd className={classes.value}>
        <Places library={library} paper={paper} canEdit={canEdit} editor={editor} />
      </dd>
      {canEdit && more.length > 0 && (
        <>
          <dt />
          <dd className={classes.value}>
            <Menu align="start" entries={more.map((field) => ({ label: t.fieldName(field), onSelect: () => setAdded([...added, field]) }))}>
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
    <button type="button" className={classes.open} aria-label={`${t.edit(name)}: ${t.typeName(paper.item_type)}`} onClick={() => setEditing(true)}>
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
        <Tag key={collection.key} name={collection.name} onRemove={canEdit ? () => save(paper.collections.filter((key) => key !== collection.key)) : undefined} />
      ))}
      {canEdit && others.length > 0 && (
        <Menu align="start" entries={others.slice(0, 40).map((collection) => ({ label: collection.name, onSelect: () => save([...paper.collections, collection.key]) }))}>
          <AddTag>{t.addToCollection}</AddTag>
        </Menu>
      )}
      {inside.length === 0 && (!canEdit || others.length === 0) && <span className={classes.none}>{t.none}</span>}
    </div>
  )
}

function Abstract({ paper, canEdit, editor, doubtful }: { paper: Paper; canEdit: boolean; editor: ItemEditor; doubtful: boolean }) {
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
            if (value !== null && value !== text) editor.save({ fields: { abstractNote: value === '' ? null : value } }, t.abstract)
          }}
        />
      ) : (
        <div className={classes.abstract} data-whole={whole || undefined} data-doubtful={doubtful || undefined} onDoubleClick={() => canEdit && setEditing(true)}>
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
