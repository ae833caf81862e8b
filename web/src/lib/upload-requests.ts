/** How other parts of the page ask for files to be taken, without knowing who takes them. */

/** A wish to add files. */
export interface UploadRequest {
  readonly choose: 'files' | 'folder'
  /** A paper to attach them to. */
  readonly attachTo?: { readonly library: number; readonly item: string }
}

const listeners = new Set<(request: UploadRequest) => void>()

/** Asks for files; nothing happens where nobody takes them. */
export function requestUpload(request: UploadRequest): void {
  for (const listener of listeners) listener(request)
}

/** Hears about wishes until the returned function is called. */
export function onUploadRequest(listener: (request: UploadRequest) => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
