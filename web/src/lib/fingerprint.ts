/**
 * Telling files apart without reading them, and finding the file again that an earlier upload waits for.
 */

/** What a browser says about a file before anything is read. */
export interface FileMark {
  readonly name: string
  readonly sizeBytes: number
  /** Milliseconds since 1970, or 0 when the browser does not say. */
  readonly lastModified: number
}

/** An upload that was begun and is not finished; its bytes are no longer at hand. */
export interface EarlierUpload extends FileMark {
  readonly id: string
  readonly library: number
}

/** Equal marks mean the same file: same name, size and time of its last change. */
export function fingerprint(mark: FileMark): string {
  return `${mark.name.normalize('NFC')}\n${mark.sizeBytes}\n${mark.lastModified}`
}

/** A file together with the earlier upload that it continues. */
export interface Match<F extends FileMark, E extends EarlierUpload> {
  readonly file: F
  readonly earlier: E | null
}

/**
 * Pairs files that were taken again with uploads that wait for them. Name and size must agree; the time
 * of the last change decides between several and must not contradict where both sides know it. Each
 * earlier upload is given once.
 */
export function matchFiles<F extends FileMark, E extends EarlierUpload>(
  files: readonly F[],
  earlier: readonly E[],
): Match<F, E>[] {
  const byNameAndSize = new Map<string, E[]>()
  for (const upload of earlier) {
    const list = byNameAndSize.get(nameAndSize(upload))
    if (list) list.push(upload)
    else byNameAndSize.set(nameAndSize(upload), [upload])
  }
  return files.map((file) => {
    const candidates = byNameAndSize.get(nameAndSize(file)) ?? []
    const exact = candidates.findIndex((upload) => upload.lastModified === file.lastModified)
    const index =
      exact >= 0 ? exact : candidates.findIndex((upload) => upload.lastModified === 0 || file.lastModified === 0)
    return { file, earlier: index < 0 ? null : (candidates.splice(index, 1)[0] ?? null) }
  })
}

function nameAndSize(mark: FileMark): string {
  return `${mark.name.normalize('NFC')}\n${mark.sizeBytes}`
}
