// Making, renaming, moving and deleting collections; filling them.
import { useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/client'
import { collectionsQuery } from '../../api/queries'
import type { Collection } from '../../api/types'
import { libraryTexts as t } from '../../texts/library'
import { showToast } from '../../ui/toasts'
import { refreshLibrary } from './item-cache'
import { changeMany } from './model'
import { didSomething } from './undo'

export interface CollectionActs {
  make: (name: string, parent: string | null) => Promise<Collection | null>
  rename: (collection: Collection, name: string) => void
  move: (collection: Collection, parent: string | null, parentName: string | null) => void
  remove: (collection: Collection) => void
  fill: (collection: Collection, keys: readonly string[]) => void
}

export function useCollectionActs(library: number): CollectionActs {
  const queries = useQueryClient()
  const path = `/libraries/${library}/collections`
  const refresh = () => refreshLibrary(queries, library)
  const attempt = async <T>(act: () => Promise<T>): Promise<T | null> => {
    try {
      return await act()
    } catch (error) {
      showToast({ message: error instanceof Error ? error.message : String(error) })
      return null
    } finally {
      refresh()
    }
  }
  const show = (change: (collections: Collection[]) => Collection[]) =>
    queries.setQueryData<Collection[]>(collectionsQuery(library).queryKey, (before) =>
      before === undefined ? undefined : change(before),
    )
  const patch = (collection: Collection, body: { name?: string; parent?: string | null }) => {
    show((all) => all.map((each) => (each.key === collection.key ? { ...each, ...body } : each)))
    return attempt(() => call<Collection>(`${path}/${collection.key}`, { method: 'PATCH', body, version: '*' }))
  }
  const make = (name: string, parent: string | null) =>
    attempt(() => call<Collection>(path, { method: 'POST', body: { name, parent } }))
  return {
    make,
    rename: (collection, name) => {
      void patch(collection, { name })
      didSomething(t.saved(collection.name), () => patch(collection, { name: collection.name }))
    },
    move: (collection, parent, parentName) => {
      void patch(collection, { parent })
      didSomething(t.collectionMoved(collection.name, parentName), () =>
        patch(collection, { parent: collection.parent }),
      )
    },
    remove: (collection) => {
      void attempt(async () => {
        await call(`${path}/${collection.key}`, { method: 'DELETE', version: '*' })
        show((all) => all.filter((each) => each.key !== collection.key))
        showToast({ message: t.collectionDeleted(collection.name) })
      })
    },
    fill: (collection, keys) => {
      void attempt(async () => {
        await changeMany(library, keys, { add_collection: collection.key })
        didSomething(t.filed(keys.length, collection.name), async () => {
          await changeMany(library, keys, { remove_collection: collection.key })
          refresh()
        })
      })
    },
  }
}
