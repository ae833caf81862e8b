// What can be done to the chosen papers.
import { useQueryClient } from '@tanstack/react-query'
import type { ItemListParams } from '../../api/queries'
import type { Collection } from '../../api/types'
import { libraryTexts as t } from '../../texts/library'
import { showToast } from '../../ui/toasts'
import { changeInCache, refreshLibrary, removeFromLists } from './item-cache'
import { allKeys, type BatchChange, changeMany, type Paper, patchItem, type ReadName, setRead } from './model'
import { didSomething } from './undo'
import type { Selection } from '../../lib/selection'

export interface SelectionActs {
  trash: (selection: Selection) => Promise<void>
  restore: (selection: Selection) => Promise<void>
  tag: (selection: Selection, tag: string) => Promise<void>
  file: (selection: Selection, collection: Collection) => Promise<void>
  takeOut: (selection: Selection, collection: Collection) => Promise<void>
  trashOne: (paper: Paper) => void
  restoreOne: (paper: Paper) => void
  toggleRead: (paper: Paper) => void
}

export function useSelectionActs(library: number, params: ItemListParams): SelectionActs {
  const queries = useQueryClient()
  const refresh = () => refreshLibrary(queries, library)

  const keysOf = async (selection: Selection): Promise<string[]> => {
    if (!selection.all) return [...selection.keys]
    const keys = await allKeys(
      library,
      params,
      (have, total) => total > 2000 && showToast({ message: t.gathering(have, total) }),
    )
    return keys.filter((key) => !selection.except.has(key))
  }
  const attempt = async (act: () => Promise<void>) => {
    try {
      await act()
    } catch (error) {
      showToast({ message: error instanceof Error ? error.message : String(error) })
    } finally {
      refresh()
    }
  }
  const change = (
    selection: Selection,
    to: BatchChange,
    back: BatchChange | null,
    words: (count: number) => string,
    leaves: boolean,
  ) =>
    attempt(async () => {
      const keys = await keysOf(selection)
      if (leaves) removeFromLists(queries, library, keys)
      await changeMany(library, keys, to)
      if (back === null) showToast({ message: words(keys.length) })
      else didSomething(words(keys.length), () => attempt(() => changeMany(library, keys, back)))
    })
  const one = (paper: Paper, trashed: boolean) =>
    void attempt(async () => {
      removeFromLists(queries, library, [paper.key])
      changeInCache(queries, library, paper.key, (shown) => ({ ...shown, trashed }))
      await patchItem(library, paper.key, { trashed }, '*')
      didSomething(trashed ? t.trashed(1) : t.restored(1), () =>
        attempt(async () => void (await patchItem(library, paper.key, { trashed: !trashed }, '*'))),
      )
    })
  return {
    trash: (selection) => change(selection, { trashed: true }, { trashed: false }, t.trashed, true),
    restore: (selection) => change(selection, { trashed: false }, { trashed: true }, t.restored, true),
    tag: (selection, tag) => change(selection, { add_tags: [tag] }, null, (count) => t.tagged(count, tag), false),
    file: (selection, collection) =>
      change(
        selection,
        { add_collection: collection.key },
        { remove_collection: collection.key },
        (count) => t.filed(count, collection.name),
        params.collection === 'unfiled',
      ),
    takeOut: (selection, collection) =>
      change(
        selection,
        { remove_collection: collection.key },
        { add_collection: collection.key },
        (count) => t.unfiledFrom(count, collection.name),
        params.collection === collection.key,
      ),
    trashOne: (paper) => one(paper, true),
    restoreOne: (paper) => one(paper, false),
    toggleRead: (paper) => {
      const state: ReadName = paper.read?.state === 'read' ? 'unread' : 'read'
      changeInCache(queries, library, paper.key, (shown) => ({ ...shown, read: { state } }))
      setRead(library, paper.key, state).catch((error: unknown) => {
        changeInCache(queries, library, paper.key, (shown) => ({ ...shown, read: paper.read }))
        showToast({ message: error instanceof Error ? error.message : String(error) })
      })
    },
  }
}
