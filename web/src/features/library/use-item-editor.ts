// Edits of one paper: shown at once, saved one after the other, brought together with what others saved.
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { isProblem } from '../../api/problem'
import { itemQuery } from '../../api/queries'
import { type Clash, inverse, isEmptyPatch, type ItemPatch, mergeEdits, patched } from '../../lib/item-merge'
import { libraryTexts as t } from '../../texts/library'
import { hideToast } from '../../ui/toasts'
import { changeInCache } from './item-cache'
import { type Paper, patchItem } from './model'
import { didSomething } from './undo'

/** A change that the server did not take. */
export interface Unsaved {
  patch: ItemPatch
  message: string
}

export interface ItemEditor {
  save: (patch: ItemPatch, what: string) => void
  /** Places that somebody else changed differently meanwhile. */
  clashes: readonly Clash[]
  /** Who saved first; null where the server does not say. */
  rival: string | null
  /** How many changes were tried when the clash was found. */
  tried: number
  settle: (clash: Clash, patch: ItemPatch) => void
  unsaved: Unsaved | null
  retry: () => void
}

interface Clashes {
  list: readonly Clash[]
  rival: string | null
  tried: number
}

const noClashes: Clashes = { list: [], rival: null, tried: 0 }

export function useItemEditor(library: number, paper: Paper): ItemEditor {
  const queries = useQueryClient()
  const [clashes, setClashes] = useState<Clashes>(noClashes)
  const [unsaved, setUnsaved] = useState<Unsaved | null>(null)
  const queue = useRef<Promise<void>>(Promise.resolve())
  const server = useRef(paper)
  if (server.current.key !== paper.key || paper.version > server.current.version) server.current = paper

  useEffect(() => {
    setClashes(noClashes)
    setUnsaved(null)
  }, [library, paper.key])

  const send = useCallback(
    async (before: Paper, patch: ItemPatch, version: number): Promise<void> => {
      const key = before.key
      try {
        const saved = await patchItem(library, key, patch, version)
        server.current = saved
        changeInCache(queries, library, key, (shown) => ({ ...shown, ...saved }))
      } catch (error) {
        if (isProblem(error, 412)) {
          const theirs = await currentPaper(queries, library, key, error.body.current)
          server.current = theirs
          changeInCache(queries, library, key, () => theirs)
          const merged = mergeEdits(before, theirs, patch)
          if (merged.clashes.length > 0) {
            hideToast()
            setClashes({ list: merged.clashes, rival: theirs.modified_by ?? null, tried: countOf(patch) })
          }
          if (!isEmptyPatch(merged.patch)) {
            changeInCache(queries, library, key, (shown) => patched(shown, merged.patch))
            await send(theirs, merged.patch, theirs.version)
          }
          return
        }
        changeInCache(queries, library, key, () => server.current)
        setUnsaved({ patch, message: error instanceof Error ? error.message : String(error) })
      }
    },
    [library, queries],
  )

  const apply = useCallback(
    (patch: ItemPatch): Paper => {
      const before = queries.getQueryData<Paper>(itemQuery(library, paper.key).queryKey) ?? paper
      setUnsaved(null)
      changeInCache(queries, library, paper.key, (shown) => patched(shown, patch))
      queue.current = queue.current.then(() => send(server.current, patch, server.current.version))
      return before
    },
    [library, paper, queries, send],
  )

  return {
    save: (patch, what) => {
      const before = apply(patch)
      didSomething(t.saved(what), () => void apply(inverse(before, patch)))
    },
    clashes: clashes.list,
    rival: clashes.rival,
    tried: clashes.tried,
    settle: (clash, patch) => {
      setClashes((now) => ({ ...now, list: now.list.filter((each) => each !== clash) }))
      if (!isEmptyPatch(patch)) apply(patch)
    },
    unsaved,
    retry: () => {
      if (unsaved !== null) apply(unsaved.patch)
    },
  }
}

async function currentPaper(
  queries: ReturnType<typeof useQueryClient>,
  library: number,
  key: string,
  told: unknown,
): Promise<Paper> {
  if (isPaper(told)) return told
  return queries.fetchQuery({ ...itemQuery(library, key), staleTime: 0 })
}

function isPaper(value: unknown): value is Paper {
  return typeof value === 'object' && value !== null && 'key' in value && 'version' in value && 'fields' in value
}

function countOf(patch: ItemPatch): number {
  return Object.keys(patch.fields ?? {}).length + Object.keys(patch).filter((name) => name !== 'fields').length
}
