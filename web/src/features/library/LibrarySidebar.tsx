import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { IconInbox, IconPlus, IconTrash, IconUser, IconUsersGroup } from '@tabler/icons-react'
import { useState } from 'react'
import { api, bodyOf } from '../../api/client'
import { facetsQuery, librariesQuery } from '../../api/queries'
import type { Library } from '../../api/types'
import { formatCount } from '../../lib/format'
import { personColor } from '../../lib/people'
import { libraryTexts as t } from '../../texts/library'
import { type DotColor, Dot } from '../../ui/Chip'
import { IconButton } from '../../ui/IconButton'
import { Menu, type MenuEntry } from '../../ui/Menu'
import { navClass, NavSection, NavWords } from '../../ui/Nav'
import { showToast } from '../../ui/toasts'
import { CollectionTree, NameField } from './CollectionTree'
import { mayEdit } from './model'
import classes from './Sidebar.module.css'
import { type LibrarySearch, UNFILED } from './search-state'
import { useCollectionActs } from './use-collections'

const tagsShown = 8
const dotColors: readonly DotColor[] = ['pink', 'green', 'blue', 'orange', 'purple', 'yellow']

/** The colour of a tag; the same name always has the same. */
export function tagColor(name: string): DotColor {
  return dotColors[personColor(name) - 1] ?? 'blue'
}

/** Libraries with their collections, tags and Trash. */
export function LibrarySidebar() {
  const { data: libraries = [] } = useQuery(librariesQuery())
  const params: { library?: number } = useParams({ strict: false })
  const search: LibrarySearch = useSearch({ strict: false })
  const [naming, setNaming] = useState<'collection' | 'group' | null>(null)
  const here = libraries.find((library) => library.id === params.library)
  const makeGroup = useMakeGroup()
  const acts = useCollectionActs(here?.id ?? 0)
  const entries: MenuEntry[] = [
    {
      label: t.newCollection,
      disabledReason: here === undefined ? t.onlyWithSelection : mayEdit(here) ? undefined : t.readOnly,
      onSelect: () => setNaming('collection'),
    },
    { label: t.newGroup, onSelect: () => setNaming('group') },
  ]
  const ordered = [...libraries].sort(
    (a, b) => Number(b.kind === 'user') - Number(a.kind === 'user') || a.name.localeCompare(b.name),
  )
  return (
    <>
      <NavSection
        title={t.libraries}
        action={
          <Menu entries={entries}>
            <IconButton size="sm" label={t.add} icon={<IconPlus size={14} stroke={1.6} />} />
          </Menu>
        }
      />
      {naming === 'group' && (
        <NameField
          label={t.groupName}
          level={0}
          onDone={(name) => {
            setNaming(null)
            if (name !== null) makeGroup(name)
          }}
        />
      )}
      {ordered.map((library) => (
        <LibraryBranch key={library.id} library={library} isHere={library.id === here?.id} search={search}>
          {library.id === here?.id && naming === 'collection' && (
            <NameField
              label={t.collectionName}
              level={1}
              onDone={(name) => {
                setNaming(null)
                if (name !== null) void acts.make(name, null)
              }}
            />
          )}
        </LibraryBranch>
      ))}
      {here !== undefined && <Tags library={here.id} search={search} />}
      {here !== undefined && <TrashLink library={here.id} search={search} />}
    </>
  )
}

interface BranchProps {
  library: Library
  isHere: boolean
  search: LibrarySearch
  children: React.ReactNode
}

function LibraryBranch({ library, isHere, search, children }: BranchProps) {
  const { data: facets } = useQuery({ ...facetsQuery(library.id), enabled: isHere })
  const isWhole = isHere && search.collection === undefined && search.trash !== true
  const count = facets?.total
  const name = library.kind === 'user' ? t.myLibrary : library.name
  const drop = mayEdit(library) ? { 'data-drop-library': library.id, 'data-drop-name': name } : {}
  const Icon = library.kind === 'user' ? IconUser : IconUsersGroup
  return (
    <>
      <Link
        to="/libraries/$library"
        params={{ library: library.id }}
        search={keptOrder(search)}
        className={navClass(isWhole)}
        aria-current={isWhole ? 'page' : undefined}
        {...drop}
      >
        <NavWords
          icon={<Icon size={16} stroke={1.6} aria-hidden="true" />}
          count={count === undefined ? undefined : formatCount(count)}
        >
          {name}
        </NavWords>
      </Link>
      {isHere && (
        <>
          {children}
          <CollectionTree library={library} counts={facets?.collections ?? {}} search={search} />
          {(facets?.unfiled ?? 0) > 0 || search.collection === UNFILED ? (
            <Link
              to="/libraries/$library"
              params={{ library: library.id }}
              search={{ ...keptOrder(search), collection: UNFILED }}
              className={`${navClass(search.collection === UNFILED)} ${classes.inner}`}
              aria-current={search.collection === UNFILED ? 'page' : undefined}
            >
              <NavWords
                icon={<IconInbox size={16} stroke={1.6} aria-hidden="true" />}
                count={formatCount(facets?.unfiled ?? 0)}
              >
                {t.unfiled}
              </NavWords>
            </Link>
          ) : null}
        </>
      )}
    </>
  )
}

/** Another place keeps the order that the person chose, and nothing else. */
export function keptOrder(search: LibrarySearch): LibrarySearch {
  return { sort: search.sort, direction: search.direction }
}

function Tags({ library, search }: { library: number; search: LibrarySearch }) {
  const { data: facets } = useQuery(facetsQuery(library))
  const [all, setAll] = useState(false)
  const tags = facets?.tags ?? []
  const shown = all ? tags : tags.filter((entry, index) => index < tagsShown || entry.tag === search.tag)
  return (
    <>
      <NavSection title={t.tags} />
      {facets !== undefined && tags.length === 0 && <p className={classes.hint}>{t.noTags}</p>}
      {shown.map(({ tag, count }) => {
        const on = search.tag === tag
        return (
          <Link
            key={tag}
            to="/libraries/$library"
            params={{ library }}
            search={{ ...search, selected: undefined, tag: on ? undefined : tag }}
            className={navClass(on)}
            aria-current={on ? 'true' : undefined}
          >
            <NavWords
              icon={
                <span className={classes.dot}>
                  <Dot color={tagColor(tag)} />
                </span>
              }
              count={formatCount(count)}
            >
              {tag}
            </NavWords>
          </Link>
        )
      })}
      {tags.length > tagsShown && (
        <button type="button" className={navClass()} onClick={() => setAll(!all)}>
          <NavWords icon={<span className={classes.dot} />}>
            {all ? t.fewerTags : t.moreTags(tags.length - shown.length)}
          </NavWords>
        </button>
      )}
    </>
  )
}

function TrashLink({ library, search }: { library: number; search: LibrarySearch }) {
  const { data: facets } = useQuery(facetsQuery(library))
  const on = search.trash === true
  return (
    <Link
      to="/libraries/$library"
      params={{ library }}
      search={{ ...keptOrder(search), trash: true }}
      className={`${navClass(on)} ${classes.trash}`}
      aria-current={on ? 'page' : undefined}
    >
      <NavWords
        icon={<IconTrash size={16} stroke={1.6} aria-hidden="true" />}
        count={facets === undefined ? undefined : formatCount(facets.trash)}
      >
        {t.trash}
      </NavWords>
    </Link>
  )
}

function useMakeGroup(): (name: string) => void {
  const queries = useQueryClient()
  const navigate = useNavigate()
  return (name) => {
    bodyOf(api.POST('/libraries', { body: { name, kind: 'group' } }))
      .then(async (library) => {
        await queries.invalidateQueries({ queryKey: librariesQuery().queryKey })
        await navigate({ to: '/libraries/$library', params: { library: library.id } })
      })
      .catch((error: unknown) => showToast({ message: error instanceof Error ? error.message : String(error) }))
  }
}
