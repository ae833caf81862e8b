// Making, renaming, moving and deleting collections; filling them.
import { useQueryClient } from '@tanstack/react-query'
import { api, bodyOf, ifMatch } from '../../api/client'
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
    const { name = collection.name, parent = collection.parent } = body
    const changed = { ...collection, name, parent: parent ?? undefined }
    show((all) => all.map((each) => (each.key === collection.key ? changed : each)))
    return attempt(() =>
      bodyOf(
        api.PATCH('/libraries/{library}/collections/{key}', {
          params: { path: { library, key: collection.key } },
          headers: ifMatch('*'),
          body,
        }),
      ),
    )
  }
  const make = (name: string, parent: string | null) =>
    attempt(() =>
      bodyOf(
        api.POST('/libraries/{library}/collections', {
          params: { path: { library } },
          body: { name, parent: parent ?? undefined },
        }),
      ),
    )
  return {
    make,
    rename: (collection, name) => {
      void patch(collection, { name })
      didSomething(t.saved(collection.name), () => patch(collection, { name: collection.name }))
    },
    move: (collection, parent, parentName) => {
      void patch(collection, { parent })
      didSomething(t.collectionMoved(collection.name, parentName), () =>
        patch(collection, { parent: collection.parent ?? null }),
      )
    },
    remove: (collection) => {
      void attempt(async () => {
        await api.DELETE('/libraries/{library}/collections/{key}', {
          params: { path: { library, key: collection.key } },
          headers: ifMatch('*'),
        })
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
