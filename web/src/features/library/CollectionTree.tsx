import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { IconChevronDown, IconChevronRight, IconDots, IconFolder } from '@tabler/icons-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { DragEvent, KeyboardEvent } from 'react'
import { collectionsQuery } from '../../api/queries'
import type { Collection, Library } from '../../api/types'
import { mayMove, pathOf, type TreeLine, visibleLines } from '../../lib/collection-tree'
import { formatCount } from '../../lib/format'
import { libraryTexts as t } from '../../texts/library'
import { cx } from '../../ui/classes'
import { IconButton } from '../../ui/IconButton'
import { Menu, type MenuEntry } from '../../ui/Menu'
import { navClass, NavWords } from '../../ui/Nav'
import { carries, COLLECTION_TYPE, draggedPapers, PAPERS_TYPE } from './drag'
import { keptOrder } from './LibrarySidebar'
import { mayEdit } from './model'
import classes from './Sidebar.module.css'
import type { LibrarySearch } from './search-state'
import { type CollectionActs, useCollectionActs } from './use-collections'
import { useOpenNodes } from './use-open-nodes'

interface CollectionTreeProps {
  library: Library
  counts: Readonly<Record<string, number>>
  search: LibrarySearch
}

type Naming = { inside: string } | { rename: string } | null

/** The collections of a library, by the tree pattern: arrows move, open and close, F2 renames, Delete deletes. */
export function CollectionTree({ library, counts, search }: CollectionTreeProps) {
  const { data: collections = [] } = useQuery(collectionsQuery(library.id))
  const [open, setOpen] = useOpenNodes(library.id)
  const [naming, setNaming] = useState<Naming>(null)
  const [focused, setFocused] = useState<string | null>(null)
  const acts = useCollectionActs(library.id)
  const tree = useRef<HTMLUListElement>(null)
  const path =
    search.collection === undefined
      ? ''
      : pathOf(collections, search.collection)
          .slice(0, -1)
          .map((node) => node.key)
          .join(' ')
  useEffect(() => {
    for (const key of path.split(' ')) if (key !== '') setOpen(key, true)
  }, [path, setOpen])
  const lines = useMemo(() => visibleLines(collections, open), [collections, open])
  const tabStop = lines.some((line) => line.collection.key === focused)
    ? focused
    : (lines.find((line) => line.collection.key === search.collection)?.collection.key ?? lines[0]?.collection.key)
  const canEdit = mayEdit(library)

  const goTo = (key: string | undefined) => {
    if (key === undefined) return
    setFocused(key)
    tree.current?.querySelector<HTMLElement>(`[data-node="${key}"]`)?.focus()
  }
  const onKeyDown = (event: KeyboardEvent, line: TreeLine<Collection>, index: number) => {
    const { key } = line.collection
    const handled: Record<string, () => void> = {
      ArrowDown: () => goTo(lines[index + 1]?.collection.key),
      ArrowUp: () => goTo(lines[index - 1]?.collection.key),
      Home: () => goTo(lines[0]?.collection.key),
      End: () => goTo(lines.at(-1)?.collection.key),
      ArrowRight: () =>
        line.hasChildren && !line.isOpen ? setOpen(key, true) : goTo(lines[index + 1]?.collection.key),
      ArrowLeft: () => (line.isOpen ? setOpen(key, false) : goTo(line.collection.parent ?? undefined)),
      F2: () => canEdit && setNaming({ rename: key }),
      Delete: () => canEdit && acts.remove(line.collection),
    }
    const act = handled[event.key]
    if (act === undefined || event.target instanceof HTMLInputElement) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }

  if (lines.length === 0) return null
  return (
    <ul ref={tree} role="tree" aria-label={`${t.libraries}: ${library.name}`} className={classes.tree}>
      {lines.map((line, index) => {
        const { collection } = line
        if (naming !== null && 'rename' in naming && naming.rename === collection.key) {
          return (
            <li key={collection.key} role="none">
              <NameField
                label={t.collectionName}
                level={line.level}
                initial={collection.name}
                onDone={(name) => {
                  setNaming(null)
                  if (name !== null && name !== collection.name) acts.rename(collection, name)
                }}
              />
            </li>
          )
        }
        return (
          <li key={collection.key} role="none">
            <Node
              library={library}
              line={line}
              collections={collections}
              count={counts[collection.key]}
              isHere={search.collection === collection.key}
              tabStop={collection.key === tabStop}
              search={search}
              acts={acts}
              canEdit={canEdit}
              onFocus={() => setFocused(collection.key)}
              onKeyDown={(event) => onKeyDown(event, line, index)}
              onToggle={() => setOpen(collection.key, !line.isOpen)}
              onName={setNaming}
            />
            {naming !== null && 'inside' in naming && naming.inside === collection.key && (
              <NameField
                label={t.collectionName}
                level={line.level + 1}
                onDone={(name) => {
                  setNaming(null)
                  if (name === null) return
                  setOpen(collection.key, true)
                  void acts.make(name, collection.key)
                }}
              />
            )}
          </li>
        )
      })}
    </ul>
  )
}

interface NodeProps {
  library: Library
  line: TreeLine<Collection>
  collections: readonly Collection[]
  count: number | undefined
  isHere: boolean
  tabStop: boolean
  search: LibrarySearch
  acts: CollectionActs
  canEdit: boolean
  onFocus: () => void
  onKeyDown: (event: KeyboardEvent) => void
  onToggle: () => void
  onName: (naming: Naming) => void
}

function Node(props: NodeProps) {
  const {
    library,
    line,
    collections,
    count,
    isHere,
    tabStop,
    search,
    acts,
    canEdit,
    onFocus,
    onKeyDown,
    onToggle,
    onName,
  } = props
  const { collection } = line
  const [over, setOver] = useState(false)
  const entries: MenuEntry[] = [
    { label: t.newInside, onSelect: () => onName({ inside: collection.key }) },
    { label: t.rename, shortcut: 'F2', onSelect: () => onName({ rename: collection.key }) },
    { heading: t.moveTo },
    ...(mayMove(collections, collection.key, null)
      ? [{ label: t.toTop, onSelect: () => acts.move(collection, null, null) }]
      : []),
    ...collections
      .filter((other) => mayMove(collections, collection.key, other.key))
      .slice(0, 12)
      .map((other) => ({
        label: pathOf(collections, other.key)
          .map((step) => step.name)
          .join(' / '),
        onSelect: () => acts.move(collection, other.key, other.name),
      })),
    'rule',
    { label: t.deleteCollection, danger: true, shortcut: 'Delete', onSelect: () => acts.remove(collection) },
  ]
  const onDragOver = (event: DragEvent) => {
    if (!canEdit || (!carries(event.dataTransfer, PAPERS_TYPE) && !carries(event.dataTransfer, COLLECTION_TYPE))) return
    event.preventDefault()
    event.stopPropagation()
    setOver(true)
  }
  const onDrop = (event: DragEvent) => {
    setOver(false)
    if (!canEdit) return
    const papers = carries(event.dataTransfer, PAPERS_TYPE) ? draggedPapers(event.dataTransfer) : null
    const moved = event.dataTransfer.getData(COLLECTION_TYPE)
    if (papers === null && moved === '') return
    event.preventDefault()
    event.stopPropagation()
    if (papers !== null && papers.library === library.id) acts.fill(collection, papers.keys)
    const node = collections.find((each) => each.key === moved)
    if (node !== undefined && mayMove(collections, node.key, collection.key))
      acts.move(node, collection.key, collection.name)
  }
  const drop = canEdit
    ? { 'data-drop-library': library.id, 'data-drop-collection': collection.key, 'data-drop-name': collection.name }
    : {}
  return (
    <div
      role="treeitem"
      aria-label={collection.name}
      aria-level={line.level}
      aria-posinset={line.place}
      aria-setsize={line.siblings}
      aria-expanded={line.hasChildren ? line.isOpen : undefined}
      aria-selected={isHere}
      className={cx(classes.node, over && classes.over)}
      style={{ paddingLeft: line.level * 16 - 4 }}
      onDragOver={onDragOver}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
      {...drop}
    >
      <Link
        to="/libraries/$library"
        params={{ library: library.id }}
        search={{ ...keptOrder(search), collection: collection.key }}
        aria-current={isHere ? 'page' : undefined}
        data-node={collection.key}
        tabIndex={tabStop ? 0 : -1}
        className={cx(navClass(isHere), classes.link)}
        draggable={canEdit}
        onDragStart={(event) => {
          event.dataTransfer.effectAllowed = 'copyMove'
          event.dataTransfer.setData(COLLECTION_TYPE, collection.key)
        }}
        onFocus={onFocus}
        onKeyDown={onKeyDown}
      >
        <NavWords
          icon={<IconFolder size={16} stroke={1.6} aria-hidden="true" />}
          count={count === undefined ? undefined : formatCount(count)}
        >
          {collection.name}
        </NavWords>
      </Link>
      {line.hasChildren && (
        <button
          type="button"
          tabIndex={-1}
          className={classes.twist}
          style={{ left: line.level * 16 - 12 }}
          aria-label={line.isOpen ? t.closeNode(collection.name) : t.openNode(collection.name)}
          onClick={onToggle}
        >
          {line.isOpen ? <IconChevronDown size={12} stroke={1.6} /> : <IconChevronRight size={12} stroke={1.6} />}
        </button>
      )}
      {canEdit && (
        <span className={classes.menu}>
          <Menu entries={entries}>
            <IconButton size="sm" label={t.moreFor(collection.name)} icon={<IconDots size={14} stroke={1.6} />} />
          </Menu>
        </span>
      )}
    </div>
  )
}

interface NameFieldProps {
  label: string
  level: number
  initial?: string
  /** The name, or `null` where it was given up. */
  onDone: (name: string | null) => void
}

/** A name typed in place: Enter or leaving keeps it, Escape gives it up. */
export function NameField({ label, level, initial = '', onDone }: NameFieldProps) {
  const [name, setName] = useState(initial)
  const done = useRef(false)
  const finish = (value: string | null) => {
    if (done.current) return
    done.current = true
    onDone(value === null || value.trim() === '' ? null : value.trim().slice(0, 255))
  }
  return (
    <div className={classes.naming} style={{ paddingLeft: level * 16 + 8 }}>
      <input
        autoFocus
        aria-label={label}
        placeholder={label}
        value={name}
        maxLength={255}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setName(event.currentTarget.value)}
        onBlur={() => finish(name)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') finish(name)
          if (event.key === 'Escape') finish(null)
          event.stopPropagation()
        }}
      />
    </div>
  )
}
