import { useQueries } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { api, bodyOf } from '../../api/client'
import type { LibraryId, Passage, SearchHit } from '../../api/types'
import { paperId } from './hits'

export interface MorePlaces {
  readonly isLoading: boolean
  readonly load: () => void
}

export interface AllPlaces {
  /** The hit with all its places, once they were asked for. */
  readonly complete: (hit: SearchHit) => SearchHit
  readonly stateOf: (hit: SearchHit) => MorePlaces
}

/** All places of the papers whose "more places" was pressed. */
export function useAllPlaces(query: string, library: LibraryId | undefined): AllPlaces {
  const [asked, setAsked] = useState<{ query: string; papers: readonly SearchHit[] }>({ query, papers: [] })
  const papers = asked.query === query ? asked.papers : []
  const answers = useQueries({
    queries: papers.map((hit) => ({
      queryKey: ['search', query, library ?? null, 'all', paperId(hit)],
      staleTime: 60_000,
      queryFn: ({ signal }: { signal: AbortSignal }) => placesOf(query, hit, signal),
    })),
  })
  const found = useMemo(
    () => new Map(papers.map((hit, index) => [paperId(hit), answers[index]?.data])),
    [papers, answers],
  )
  const complete = useCallback((hit: SearchHit) => found.get(paperId(hit)) ?? hit, [found])
  const stateOf = (hit: SearchHit): MorePlaces => {
    const index = papers.findIndex((paper) => paperId(paper) === paperId(hit))
    return {
      isLoading: answers[index]?.isLoading ?? false,
      load: () => {
        if (index >= 0) void answers[index]?.refetch()
        else setAsked({ query, papers: [...papers, hit] })
      },
    }
  }
  return { complete, stateOf }
}

/** All places of a paper, asked for part by part. */
async function placesOf(query: string, hit: SearchHit, signal: AbortSignal): Promise<SearchHit> {
  const passages: Passage[] = []
  let cursor: string | undefined
  do {
    const answer = await bodyOf(
      api.GET('/libraries/{library}/items/{key}/places', {
        signal,
        params: { path: { library: hit.library, key: hit.key }, query: { q: query, limit: 100, cursor } },
      }),
    )
    passages.push(...answer.passages)
    cursor = answer.next_cursor
  } while (cursor !== undefined && passages.length < MOST_PLACES)
  return { ...hit, passages, more_places: 0 }
}

/** Beyond this the reader's own list is the better one. */
const MOST_PLACES = 300
