// Where files go that are added now: the library and collection on the screen, else one's own library.
import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { collectionsQuery, librariesQuery } from '../../api/queries'
import type { Library } from '../../api/types'
import { uploadTexts as t } from '../../texts/upload'
import type { Target } from './engine'

export interface UploadTarget {
  target: Target | null
  name: string
  /** Why nothing can be added here. */
  refusal: string | null
}

export function mayAdd(library: Library): boolean {
  return library.role === 'editor' || library.role === 'admin' || library.role === 'owner'
}

export function useUploadTarget(): UploadTarget {
  const { data: libraries = [] } = useQuery(librariesQuery())
  const params: { library?: number } = useParams({ strict: false })
  const search: { collection?: string } = useSearch({ strict: false })
  const own = libraries.find((library) => library.kind === 'user')
  const library = libraries.find((each) => each.id === params.library) ?? own
  const collection = search.collection === undefined || search.collection === 'unfiled' ? null : search.collection
  const { data: collections } = useQuery({
    ...collectionsQuery(library?.id ?? 0),
    enabled: library !== undefined && collection !== null,
  })
  if (library === undefined) return { target: null, name: '', refusal: null }
  const named = collections?.find((each) => each.key === collection)?.name
  return {
    target: { library: library.id, collection, parent: null },
    name: named ?? (library.kind === 'user' ? t.myLibrary : library.name),
    refusal: mayAdd(library) ? null : t.readOnly,
  }
}
