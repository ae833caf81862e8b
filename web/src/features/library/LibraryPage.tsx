import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { DragEvent, MouseEvent } from 'react'
import { collectionsQuery, librariesQuery } from '../../api/queries'
import {
  chooseOne,
  countChosen,
  extendTo,
  follow,
  isChosen,
  NOTHING,
  type Selection,
  toggle,
} from '../../lib/selection'
import { libraryTexts as t } from '../../texts/library'
import { Button } from '../../ui/Button'
import { KeyHint } from '../../ui/KeyHint'
import { Message } from '../../ui/Message'
import { Fill } from '../../ui/Slots'
import { useWidth } from '../../ui/useWidth'
import { Details, type DetailSignals } from './Details'
import { startDrag } from './drag'
import { EmptyList } from './EmptyList'
import classes from './LibraryPage.module.css'
import { ListHead } from './ListHead'
import { listParams, mayEdit, type Paper } from './model'
import { PaperTable, type TableHandle } from './PaperTable'
import { type LibrarySearch, UNFILED } from './search-state'
import { SelectionActions } from './SelectionActions'
import { useDetailsPane } from './use-details-pane'
import { type ListKeys, useListKeys } from './use-list-keys'
import { useRows } from './use-rows'
import { useSelectionActs } from './use-selection-acts'

const addressMs = 150

/** The papers of a library, collection, tag or the Trash, with the details of the chosen one. */
export function LibraryPage() {
  const { library } = useParams({ from: '/signed-in/framed/libraries/$library' })
  const search: LibrarySearch = useSearch({ from: '/signed-in/framed/libraries/$library' })
  const place = JSON.stringify([library, search.collection, search.trash])
  return <List key={place} library={library} search={search} />
}

function List({ library, search }: { library: number; search: LibrarySearch }) {
  const navigate = useNavigate()
  const isPhone = useWidth() === 'phone'
  const isWide = useWidth() === 'wide'
  const { data: libraries } = useQuery(librariesQuery())
  const here = libraries?.find((each) => each.id === library)
  const canEdit = mayEdit(here)
  const paramsText = JSON.stringify(listParams(search))
  const params = useMemo(() => listParams(search), [paramsText])
  const [range, setRange] = useState({ first: 0, last: 30 })
  const rows = useRows(library, params, range)
  const [selection, setSelection] = useState<Selection>(() =>
    search.selected === undefined ? NOTHING : { ...NOTHING, keys: new Set([search.selected]) },
  )
  const [signals, setSignals] = useState<DetailSignals>({ edit: 0, tag: 0, confirm: 0 })
  const pane = useDetailsPane()
  const table = useRef<TableHandle>(null)
  const filter = useRef<HTMLInputElement>(null)
  const acts = useSelectionActs(library, params)
  const total = rows.total ?? 0
  const only = selection.all || selection.keys.size !== 1 ? undefined : [...selection.keys][0]

  const onSearch = useCallback(
    (change: Partial<LibrarySearch>) =>
      void navigate({ to: '.', search: (before: LibrarySearch) => ({ ...before, ...change }), replace: true }),
    [navigate],
  )
  useSelectedInAddress(only, search.selected, isPhone, onSearch, setSelection)
  useCursorFollows(selection, setSelection, rows.rowOf, rows.keyAt, rows.total)

  const open = (row: number) => {
    const key = rows.keyAt(row)
    if (key !== undefined) void navigate({ to: '/libraries/$library/items/$key', params: { library, key } })
  }
  const onPress = (row: number, event: MouseEvent) => {
    if (isPhone) {
      const key = rows.keyAt(row)
      if (key !== undefined)
        void navigate({ to: '.', search: (before: LibrarySearch) => ({ ...before, selected: key }) })
      return
    }
    setSelection((before) => {
      if (event.shiftKey) return extendTo(before, row, total, rows.keyAt)
      if (event.ctrlKey || event.metaKey) return toggle(before, row, rows.keyAt)
      return chooseOne(row, rows.keyAt)
    })
    pane.show()
    table.current?.focus()
  }
  const onDrag = (row: number, event: DragEvent) => {
    const key = rows.keyAt(row)
    if (key === undefined) return
    const isPart = isChosen(selection, key)
    if (!isPart) setSelection(chooseOne(row, rows.keyAt))
    const keys = !isPart
      ? [key]
      : selection.all
        ? [...rows.rowOf.keys()].filter((each) => isChosen(selection, each))
        : [...selection.keys]
    startDrag(event.dataTransfer, { library, keys }, t.dragCount(keys.length))
  }
  const keys: ListKeys = {
    rows,
    selection,
    canEdit,
    isTrash: search.trash === true,
    focused: only === undefined ? undefined : paperOf(rows, only),
    setSelection,
    table,
    open,
    peek: pane.toggle,
    showDetails: pane.show,
    hideDetails: pane.toggle,
    focusFilter: () => {
      document.querySelector<HTMLElement>('[data-filter-chip]')?.click()
      filter.current?.focus()
    },
    signal: (name) => {
      pane.show()
      setSignals((before) => ({ ...before, [name]: before[name] + 1 }))
    },
    acts,
  }
  const onKey = useListKeys(keys)
  const title = useTitle(library, search)
  useEffect(() => {
    document.title = `${title} · ScrollKeeper`
  }, [title])

  const onRange = useCallback(
    (first: number, last: number) =>
      setRange((before) => (before.first === first && before.last === last ? before : { first, last })),
    [],
  )
  const chosen = countChosen(selection, total)
  const showPane = pane.isShown && (isWide ? chosen > 0 : only !== undefined)
  const details = only !== undefined && (
    <Details
      library={library}
      itemKey={only}
      canEdit={canEdit}
      isPhone={isPhone}
      signals={signals}
      acts={{
        onClose: () => (isPhone ? onSearch({ selected: undefined }) : isWide ? pane.hide() : setSelection(NOTHING)),
        onTrash: acts.trashOne,
        onRestore: acts.restoreOne,
        onToggleRead: acts.toggleRead,
      }}
    />
  )
  if (isPhone && search.selected !== undefined && details !== false)
    return <article className={classes.phonePage}>{details}</article>

  return (
    <div className={classes.split}>
      <section className={classes.papers} aria-label={title}>
        <Fill slot="phone-title">
          <b className={classes.phoneTitle}>{title}</b>
          <span className={classes.phoneCount}>{rows.total === undefined ? '' : t.papers(rows.total)}</span>
        </Fill>
        {isPhone && <h1 className={classes.unseen}>{title}</h1>}
        {(total > 0 ||
          rows.total === undefined ||
          search.q !== undefined ||
          search.tag !== undefined ||
          search.item_type !== undefined ||
          search.collection !== undefined ||
          search.trash === true) && (
          <ListHead
            title={title}
            total={rows.total}
            search={search}
            isPhone={isPhone}
            onSearch={(change) => {
              setSelection(NOTHING)
              onSearch({ ...change, selected: undefined })
            }}
            onLeaveFilter={() => table.current?.focus()}
            filterRef={filter}
          />
        )}
        {rows.error !== null && (
          <div className={classes.error}>
            <Message tone="err" title={t.loadFailed} action={<Button onClick={rows.retry}>{t.tryAgain}</Button>}>
              {rows.error.message}
            </Message>
          </div>
        )}
        {rows.total === 0 ? (
          <EmptyList
            search={search}
            canAdd={canEdit}
            group={here?.kind === 'group' ? here.name : undefined}
            onClearFilters={() => onSearch({ q: undefined, tag: undefined, item_type: undefined })}
          />
        ) : (
          <PaperTable
            ref={table}
            library={library}
            rows={rows}
            params={params}
            selection={selection}
            isPhone={isPhone}
            isGroup={here?.kind === 'group'}
            mayEdit={canEdit}
            onRange={onRange}
            onPress={onPress}
            onOpen={open}
            onDrag={onDrag}
            onKey={onKey}
            onSort={(sort) => {
              const down = params.sort === sort ? params.direction === 'asc' : sort === 'added'
              onSearch({ sort, direction: down ? 'desc' : 'asc' })
            }}
          />
        )}
        {chosen >= 2 && (
          <SelectionActions
            library={library}
            selection={selection}
            count={chosen}
            search={search}
            canEdit={canEdit}
            acts={acts}
            onClear={() => setSelection(NOTHING)}
            onDone={() => setSelection(NOTHING)}
          />
        )}
        <Fill slot="status-end">
          {total > 0 && <span>{t.selectedOf(chosen, total)}</span>}
          {total > 0 && (
            <>
              <span>
                <KeyHint keys="J" /> <KeyHint keys="K" /> {t.move}
              </span>
              <span>
                <KeyHint keys="Enter" /> {t.read}
              </span>
            </>
          )}
          <span>
            <KeyHint keys="?" /> {t.keys}
          </span>
        </Fill>
      </section>
      {showPane && total > 0 && (
        <aside
          className={isWide ? classes.pane : classes.slide}
          style={{ width: isWide ? pane.width : 380 }}
          aria-label={t.details}
        >
          {isWide && (
            <div
              className={classes.handle}
              role="separator"
              aria-orientation="vertical"
              aria-label={t.details}
              tabIndex={0}
              {...pane.handle}
            />
          )}
          {details || (
            <p className={classes.choose}>
              {chosen >= 2 ? `${t.manySelected(chosen)}. ${t.manySelectedHint}` : t.nothingSelected}
            </p>
          )}
        </aside>
      )}
    </div>
  )
}

function paperOf(
  rows: { rowOf: ReadonlyMap<string, number>; itemAt: (row: number) => Paper | undefined },
  key: string,
): Paper | undefined {
  const row = rows.rowOf.get(key)
  return row === undefined ? undefined : rows.itemAt(row)
}

/** What the list shows, as its heading. */
function useTitle(library: number, search: LibrarySearch): string {
  const { data: libraries } = useQuery(librariesQuery())
  const { data: collections } = useQuery(collectionsQuery(library))
  const here = libraries?.find((each) => each.id === library)
  if (search.trash === true) return t.trash
  if (search.collection === UNFILED) return t.unfiled
  if (search.collection !== undefined) return collections?.find((each) => each.key === search.collection)?.name ?? ''
  return here === undefined ? '' : here.kind === 'user' ? t.myLibrary : here.name
}

/** Keeps the chosen paper in the address, and takes it from there when somebody else puts it in. */
function useSelectedInAddress(
  only: string | undefined,
  selected: string | undefined,
  isPhone: boolean,
  onSearch: (change: Partial<LibrarySearch>) => void,
  setSelection: (selection: Selection) => void,
): void {
  const told = useRef(selected)
  useEffect(() => {
    if (selected === told.current) return
    told.current = selected
    if (selected !== only) setSelection(selected === undefined ? NOTHING : { ...NOTHING, keys: new Set([selected]) })
  }, [selected])
  useEffect(() => {
    if (isPhone || only === told.current) return
    const timer = setTimeout(() => {
      told.current = only
      onSearch({ selected: only })
    }, addressMs)
    return () => clearTimeout(timer)
  }, [only, isPhone])
}

/** The keyboard's row stays on its paper when rows move. */
function useCursorFollows(
  selection: Selection,
  setSelection: (change: (before: Selection) => Selection) => void,
  rowOf: ReadonlyMap<string, number>,
  keyAt: (row: number) => string | undefined,
  total: number | undefined,
): void {
  const cursorKey = useRef<string | undefined>(undefined)
  useEffect(() => {
    if (total === undefined) return
    const [first] = selection.keys
    const key = selection.keys.size === 1 ? first : cursorKey.current
    setSelection((before) => follow(before, key, rowOf, total))
  }, [rowOf, total])
  useEffect(() => {
    cursorKey.current = keyAt(selection.cursor)
  }, [selection.cursor, rowOf])
}
