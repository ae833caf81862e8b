import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useCommands } from '../../actions/commands'
import { librariesQuery, searchQuery } from '../../api/queries'
import type { SearchHit } from '../../api/types'
import { searchTexts } from '../../texts/search'
import { Button } from '../../ui/Button'
import { KeyHint } from '../../ui/KeyHint'
import { Message } from '../../ui/Message'
import { Fill } from '../../ui/Slots'
import { useWidth } from '../../ui/useWidth'
import { Empty, Start } from './Empty'
import { FilterBar } from './FilterBar'
import { queryOf, type SearchState } from './filters'
import { HitGroup } from './HitGroup'
import { paperId, placeCount, placeOf, stopsOf, type Stop } from './hits'
import { SearchField } from './SearchField'
import classes from './SearchPage.module.css'
import { useAllPlaces } from './use-all-places'

/** Search over everything this person may read: papers with the places in them. */
export function SearchPage() {
  const state: SearchState = useSearch({ from: '/signed-in/framed/search' })
  const navigate = useNavigate({ from: '/search' })
  const isPhone = useWidth() === 'phone'
  const query = queryOf(state)
  const isAsked = query !== ''
  const libraries = useQuery(librariesQuery())
  const answer = useInfiniteQuery({
    ...searchQuery(query, state.library),
    enabled: isAsked,
    placeholderData: keepPreviousData,
  })
  const took = useDuration(query, answer.isFetching)
  const more = useAllPlaces(query, state.library)
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const hits = useMemo(
    () => (isAsked ? (answer.data?.pages ?? []).flatMap((page) => page.hits).map(more.complete) : []),
    [isAsked, answer.data, more.complete],
  )
  const stops = useMemo(() => stopsOf(hits, (id) => folded.has(id)), [hits, folded])
  const [chosen, setChosen] = useState<string | null>(null)
  const at = Math.max(
    0,
    stops.findIndex((stop) => stop.id === chosen),
  )
  const list = useRef<HTMLDivElement>(null)

  const change = (next: Partial<SearchState>) => {
    void navigate({ search: (old) => ({ ...old, ...next }), replace: true, resetScroll: false })
  }
  const open = ({ hit, passage }: Pick<Stop, 'hit' | 'passage'>) => {
    const place = passage === null ? {} : placeOf(passage)
    void navigate({
      to: '/libraries/$library/items/$key',
      params: { library: hit.library, key: hit.key },
      search: { ...place, q: passage === null ? undefined : (state.q ?? '').trim() || undefined },
    })
  }
  const step = (by: 1 | -1) => {
    const next = stops[Math.min(Math.max(at + by, 0), stops.length - 1)]
    if (next === undefined) return
    setChosen(next.id)
    list.current?.querySelector(`[data-stop="${CSS.escape(next.id)}"]`)?.scrollIntoView({ block: 'nearest' })
  }
  const current = stops[at]
  useEffect(() => setChosen(null), [query, state.library])
  useCommands([
    {
      id: 'search.next',
      group: 'everywhere',
      label: searchTexts.next,
      shortcut: 'J',
      perform: () => step(1),
    },
    {
      id: 'search.previous',
      group: 'everywhere',
      label: searchTexts.next,
      shortcut: 'K',
      perform: () => step(-1),
    },
    {
      id: 'search.open',
      group: 'everywhere',
      label: searchTexts.open,
      shortcut: 'Enter',
      perform: () => current !== undefined && open(current),
    },
  ])

  const last = answer.data?.pages.at(-1)
  const fold = (id: string) =>
    setFolded((old) => {
      const next = new Set(old)
      if (!next.delete(id)) next.add(id)
      return next
    })
  return (
    <div className={classes.page}>
      <h1 className={classes.hidden}>{searchTexts.title}</h1>
      <SearchField
        value={state.q ?? ''}
        onChange={(q) => change({ q: q === '' ? undefined : q })}
        onStep={step}
        onOpen={() => current !== undefined && open(current)}
      />
      <FilterBar state={state} libraries={libraries.data ?? []} onChange={change} />
      <div ref={list} className={classes.list} aria-busy={answer.isFetching}>
        {!isAsked && <Start />}
        {isAsked && answer.error !== null && (
          <div className={classes.column}>
            <Message
              tone="err"
              title={searchTexts.failedTitle}
              action={<Button onClick={() => void answer.refetch()}>{searchTexts.retry}</Button>}
            >
              {answer.error.message}
            </Message>
          </div>
        )}
        {isAsked &&
          answer.data?.pages[0]?.hints.map((hint) => (
            <p key={`${hint.code} ${hint.field}`} className={`${classes.column} ${classes.hint}`} role="note">
              {hint.message}
            </p>
          ))}
        {isAsked && last !== undefined && hits.length === 0 && !answer.isPlaceholderData && (
          <Empty state={state} onChange={change} />
        )}
        {hits.length > 0 && (
          <div className={classes.column}>
            <p className={classes.count} role="status">
              <Count hits={hits} total={last?.total ?? 0} isWhole={!answer.hasNextPage} took={took} />
            </p>
            {hits.map((hit) => (
              <HitGroup
                key={paperId(hit)}
                hit={hit}
                isFolded={folded.has(paperId(hit))}
                currentId={current?.id ?? null}
                more={more.stateOf(hit)}
                isPhone={isPhone}
                onFold={() => fold(paperId(hit))}
                onOpen={(passage) => open({ hit, passage })}
                onChoose={setChosen}
              />
            ))}
            {answer.hasNextPage && (
              <MoreHits isBusy={answer.isFetchingNextPage} onMore={() => void answer.fetchNextPage()} />
            )}
          </div>
        )}
      </div>
      {hits.length > 0 && !isPhone && (
        <Fill slot="status">
          <span className={classes.keys}>
            <KeyHint keys="J / K" /> {searchTexts.next}
          </span>
          <span className={classes.keys}>
            <KeyHint keys="Enter" /> {searchTexts.open}
          </span>
        </Fill>
      )}
    </div>
  )
}

interface CountProps {
  hits: readonly SearchHit[]
  total: number
  isWhole: boolean
  took: number | null
}

function Count({ hits, total, isWhole, took }: CountProps) {
  const places = hits.reduce((sum, hit) => sum + placeCount(hit), 0)
  const papers = searchTexts.papers(Math.max(total, hits.length))
  const time = took === null ? '' : searchTexts.took(took)
  if (!isWhole || places === 0)
    return (
      <>
        <b>{papers}</b>
        {time}
      </>
    )
  const [strong, rest] = searchTexts.placesIn(searchTexts.places(places), papers)
  return (
    <>
      <b>{strong}</b>
      {rest}
      {time}
    </>
  )
}

/** Fetches on by itself when its place comes near. */
function MoreHits({ isBusy, onMore }: { isBusy: boolean; onMore: () => void }) {
  const place = useRef<HTMLDivElement>(null)
  const latest = useRef(onMore)
  latest.current = onMore
  useEffect(() => {
    if (place.current === null || isBusy) return
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && latest.current(),
      { rootMargin: '600px' },
    )
    observer.observe(place.current)
    return () => observer.disconnect()
  }, [isBusy])
  return (
    <div ref={place} className={classes.moreHits}>
      <Button variant="subtle" busy={isBusy ? searchTexts.loadingMore : undefined} onClick={onMore}>
        {searchTexts.loadMore}
      </Button>
    </div>
  )
}

/** How long the last answer took, in milliseconds; null while it is not there. */
function useDuration(query: string, isFetching: boolean): number | null {
  const begun = useRef(performance.now())
  const [took, setTook] = useState<number | null>(null)
  useEffect(() => {
    if (isFetching) begun.current = performance.now()
    else setTook(Math.max(1, Math.round(performance.now() - begun.current)))
  }, [query, isFetching])
  return took
}
