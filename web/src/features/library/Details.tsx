import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import {
  IconArrowLeft,
  IconBook2,
  IconCheck,
  IconCircle,
  IconDots,
  IconLink,
  IconTrash,
  IconTrashOff,
  IconX,
} from '@tabler/icons-react'
import { useState } from 'react'
import { isProblem } from '../../api/problem'
import { itemQuery, referencesQuery } from '../../api/queries'
import { libraryTexts as t } from '../../texts/library'
import { referenceTexts } from '../../texts/references'
import { Button, buttonClass } from '../../ui/Button'
import { IconButton } from '../../ui/IconButton'
import { Menu, type MenuEntry } from '../../ui/Menu'
import { Tabs } from '../../ui/Segmented'
import { ReadMark } from '../../ui/StatusMark'
import { showToast } from '../../ui/toasts'
import { ClashNotice } from './Clash'
import { CreatorsEditor, CreatorsLine } from './CreatorsEditor'
import classes from './Details.module.css'
import { DetailsLoading } from './DetailsLoading'
import { Abstract, Fields } from './Fields'
import { doubtWords, InlineEditor, useOpenSignal } from './FieldRow'
import { Files } from './Files'
import { Institutions } from './Institutions'
import { fromCache } from './item-cache'
import type { Paper } from './model'
import { titleOf, When } from './PaperRow'
import { readLook } from './read-state'
import { References } from './References'
import { Relatives } from './Relatives'
import { confirm, Settled } from './settle'
import { Unlike } from './Unlike'
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
  const { data, error } = useQuery({
    ...itemQuery(library, itemKey),
    placeholderData: () => fromCache(queries, library, itemKey),
  })
  const paper: Paper | undefined = data
  const [tab, setTab] = useState<DetailTab>('details')
  if (paper !== undefined)
    return (
      <Loaded
        key={`${library}/${itemKey}`}
        library={library}
        paper={paper}
        canEdit={canEdit && !paper.trashed}
        mayRestore={canEdit}
        isPhone={isPhone}
        signals={signals}
        acts={acts}
        tab={tab}
        onTab={setTab}
      />
    )
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

type DetailTab = 'details' | 'references'

interface LoadedProps {
  library: number
  paper: Paper
  canEdit: boolean
  mayRestore: boolean
  isPhone: boolean
  signals: DetailSignals
  acts: DetailsActs
  /** Stays as chosen from paper to paper. */
  tab: DetailTab
  onTab: (tab: DetailTab) => void
}

function Loaded({ library, paper, canEdit, mayRestore, isPhone, signals, acts, tab, onTab }: LoadedProps) {
  const editor = useItemEditor(library, paper)
  const doubts = paper.doubts ?? {}
  const cites = hasBeenRead(paper)
  const shown = cites ? tab : 'details'
  useOpenSignal(signals.confirm, () => canEdit && confirmFirst(paper, editor))
  return (
    <>
      <Top library={library} paper={paper} isPhone={isPhone} mayRestore={mayRestore} acts={acts} />
      <div className={classes.body}>
        <Title paper={paper} canEdit={canEdit} editor={editor} openSignal={signals.edit} />
        <People paper={paper} canEdit={canEdit} editor={editor} />
        {cites && <Institutions library={library} paper={paper} />}
        {!isPhone && <MainActs library={library} paper={paper} mayRestore={mayRestore} acts={acts} />}
        {cites ? <DetailTabs library={library} paper={paper} tab={tab} onTab={onTab} /> : <div className={classes.rule} />}
        {editor.clashes.length > 0 && <ClashNotice clashes={editor.clashes.length} rival={editor.rival} tried={editor.tried} />}
        {editor.unsaved !== null && (
          <div className={classes.unsaved} role="alert">
            <span>{t.notSaved(editor.unsaved.message)}</span>
            <Button size="xs" onClick={editor.retry}>
              {t.retry}
            </Button>
          </div>
        )}
        {shown === 'references' ? (
          <div role="tabpanel" id="paper-references" aria-labelledby="paper-references-tab">
            <References library={library} paper={paper} />
          </div>
        ) : (
          <div role={cites ? 'tabpanel' : undefined} id="paper-details" aria-labelledby={cites ? 'paper-details-tab' : undefined}>
            <Fields library={library} paper={paper} canEdit={canEdit} editor={editor} tagSignal={signals.tag} />
            {cites && canEdit && <Unlike library={library} paper={paper} editor={editor} />}
            <Abstract paper={paper} canEdit={canEdit} editor={editor} doubtful={doubts.abstractNote !== undefined} />
            <Relatives library={library} paper={paper} canEdit={mayRestore} />
            <Files library={library} paper={paper} canEdit={canEdit} />
            <p className={classes.times}>
              {t.added('')}
              <When time={paper.date_added} />, {t.changed('')}
              <When time={paper.date_modified} />
            </p>
          </div>
        )}
      </div>
      {isPhone && (
        <div className={classes.phoneActs}>
          <MainActs library={library} paper={paper} mayRestore={mayRestore} acts={acts} />
        </div>
      )}
    </>
  )
}

/** Whether the PDF has been read, so that what it cites is known. */
function hasBeenRead(paper: Paper): boolean {
  return ['read', 'poor_text', 'no_text'].includes(paper.file?.state ?? '')
}

function DetailTabs({ library, paper, tab, onTab }: Pick<LoadedProps, 'library' | 'paper' | 'tab' | 'onTab'>) {
  const { data: works } = useQuery(referencesQuery(library, paper.key, paper.file?.state ?? 'other'))
  return (
    <div className={classes.tabs}>
      <Tabs
        panel="paper"
        label={t.detailTabs}
        value={tab}
        onChange={onTab}
        choices={[
          { value: 'details', label: t.details },
          { value: 'references', label: referenceTexts.tab, count: works?.length },
        ]}
      />
    </div>
  )
}

function confirmFirst(paper: Paper, editor: ItemEditor): void {
  const [field] = Object.keys(paper.doubts ?? {})
  if (field === undefined) showToast({ message: t.nothingDoubtful })
  else confirm(paper, editor, field)
}

function Top({
  library,
  paper,
  isPhone,
  mayRestore,
  acts,
}: {
  library: number
  paper: Paper
  isPhone: boolean
  mayRestore: boolean
  acts: DetailsActs
}) {
  const look = readLook(paper)
  const entries: MenuEntry[] = [
    { label: t.copyLink, icon: <IconLink size={16} stroke={1.6} />, onSelect: () => copyLink(library, paper.key) },
    {
      label: look.name === 'read' ? t.markUnread : t.markRead,
      icon: <IconCheck size={16} stroke={1.6} />,
      shortcut: 'M',
      onSelect: () => acts.onToggleRead(paper),
    },
    ...(mayRestore
      ? paper.trashed
        ? [{ label: t.restore, icon: <IconTrashOff size={16} stroke={1.6} />, onSelect: () => acts.onRestore(paper) }]
        : [
            {
              label: t.moveToTrash,
              icon: <IconTrash size={16} stroke={1.6} />,
              shortcut: 'Delete',
              danger: true,
              onSelect: () => acts.onTrash(paper),
            },
          ]
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
      {!isPhone && (
        <IconButton
          label={t.closeDetails}
          shortcut="]"
          icon={<IconX size={16} stroke={1.6} />}
          onClick={acts.onClose}
        />
      )}
    </div>
  )
}

function copyLink(library: number, key: string): void {
  const address = new URL(`/libraries/${library}/items/${key}`, location.origin).href
  void navigator.clipboard?.writeText(address).then(() => showToast({ message: t.linkCopied }))
}

function Title({
  paper,
  canEdit,
  editor,
  openSignal,
}: {
  paper: Paper
  canEdit: boolean
  editor: ItemEditor
  openSignal: number
}) {
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
          if (value !== null && value !== paper.fields.title)
            editor.save({ fields: { title: value } }, t.fieldName('title'))
        }}
      />
    )
  }
  return (
    <>
      <h2 className={classes.title} dir="auto" lang={paper.fields.language}>
        {canEdit ? (
          <button
            type="button"
            className={classes.open}
            onClick={() => setEditing(true)}
            title={t.edit(t.fieldName('title'))}
          >
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
          if (creators !== null && JSON.stringify(creators) !== JSON.stringify(paper.creators))
            editor.save({ creators }, t.fieldName('creators'))
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

function MainActs({
  library,
  paper,
  mayRestore,
  acts,
}: {
  library: number
  paper: Paper
  mayRestore: boolean
  acts: DetailsActs
}) {
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
        <Link
          to="/libraries/$library/items/$key"
          params={{ library, key: paper.key }}
          className={`${buttonClass('filled', 'md', true)} ${classes.grow}`}
        >
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
