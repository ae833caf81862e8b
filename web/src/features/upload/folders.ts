// Collections made of dropped folders, each once, found again where they exist.
import { api, bodyOf } from '../../api/client'
import type { Collection } from '../../api/types'
import { folderKey } from '../../lib/file-names'

/** Finds or makes the collection of a folder. */
export class FolderCollections {
  private readonly made = new Map<string, Promise<string>>()
  private readonly known = new Map<number, Promise<Collection[]>>()

  /** The key of the collection for `folders` below `base`. Fails as the request for it fails; asked again, it tries again. */
  async keyFor(library: number, base: string | null, folders: readonly string[]): Promise<string | null> {
    let parent = base
    for (let depth = 1; depth <= folders.length; depth += 1) {
      const place = `${library}\0${base ?? ''}\0${folderKey(folders.slice(0, depth))}`
      const name = folders[depth - 1] ?? ''
      const below = parent
      const key = this.made.get(place) ?? this.findOrMake(library, below, name)
      this.made.set(place, key)
      parent = await key.catch((error: unknown) => {
        this.made.delete(place)
        throw error
      })
    }
    return parent
  }

  /** Forgets what is known: collections may have been renamed or removed since. */
  reset(): void {
    this.made.clear()
    this.known.clear()
  }

  private async findOrMake(library: number, parent: string | null, name: string): Promise<string> {
    const list = this.known.get(library) ?? this.load(library)
    this.known.set(library, list)
    const existing = (await list).find(
      (collection) => collection.name === name && (collection.parent ?? null) === parent,
    )
    if (existing !== undefined) return existing.key
    const made = await bodyOf(
      api.POST('/libraries/{library}/collections', {
        params: { path: { library } },
        body: { name: name.slice(0, 255), parent: parent ?? undefined },
      }),
    )
    return made.key
  }

  private async load(library: number): Promise<Collection[]> {
    try {
      const answer = await bodyOf(api.GET('/libraries/{library}/collections', { params: { path: { library } } }))
      return answer.items
    } catch (error) {
      this.known.delete(library)
      throw error
    }
  }
}
