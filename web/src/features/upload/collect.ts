// Takes files out of a drop, a paste or a file dialogue, folders included, one after the other.
import { foldersOf } from '../../lib/file-names'

/** A file as it was found; `handle` where the browser can find it again after the tab was closed. */
export interface Found {
  file: File
  folders: string[]
  handle: FileSystemFileHandle | null
}

/** Told about files in portions, so that rows stand before a large folder is wholly read. */
type Take = (found: Found[]) => void

const portion = 250

/** Whether a drag carries files at all (text and links are left to the page). */
export function carriesFiles(transfer: DataTransfer | null): boolean {
  return transfer !== null && [...transfer.types].includes('Files')
}

/**
 * Reads a drop or a paste. The list of a transfer is only readable until the event ends, so everything
 * is asked for before the first wait.
 */
export async function collectTransfer(transfer: DataTransfer, take: Take): Promise<void> {
  const portions = new Portions(take)
  const asked = [...transfer.items]
    .filter((item) => item.kind === 'file')
    .map((item) => ({
      handle: item.getAsFileSystemHandle?.().catch(() => null) ?? null,
      entry: item.webkitGetAsEntry?.() ?? null,
      file: item.getAsFile(),
    }))
  for (const { handle, entry, file } of asked) {
    const kept = await handle
    if (kept !== null && kept !== undefined) await walkHandle(kept, [], portions)
    else if (entry !== null && entry !== undefined) await walkEntry(entry, [], portions)
    else if (file !== null) portions.add({ file, folders: [], handle: null })
  }
  portions.finish()
}

/** Lets the person choose files; where handles exist they are kept. Resolves without a call when nothing was chosen. */
export async function chooseFiles(take: Take): Promise<void> {
  if (window.showOpenFilePicker !== undefined) {
    const handles = await window.showOpenFilePicker({ multiple: true, id: 'papers' }).catch(cancelled)
    const portions = new Portions(take)
    for (const handle of handles ?? []) await walkHandle(handle, [], portions)
    portions.finish()
    return
  }
  take(await fromInput(false))
}

/** Lets the person choose a folder with everything in it. */
export async function chooseFolder(take: Take): Promise<void> {
  if (window.showDirectoryPicker !== undefined) {
    const handle = await window.showDirectoryPicker({ id: 'papers', mode: 'read' }).catch(cancelled)
    const portions = new Portions(take)
    if (handle !== null && handle !== undefined) await walkHandle(handle, [], portions)
    portions.finish()
    return
  }
  take(await fromInput(true))
}

function cancelled(error: unknown): null {
  if (error instanceof DOMException && error.name === 'AbortError') return null
  throw error
}

class Portions {
  private waiting: Found[] = []

  constructor(private readonly take: Take) {}

  add(found: Found): void {
    this.waiting.push(found)
    if (this.waiting.length >= portion) this.finish()
  }

  finish(): void {
    if (this.waiting.length > 0) this.take(this.waiting)
    this.waiting = []
  }
}

async function walkHandle(
  handle: FileSystemFileHandle | FileSystemDirectoryHandle,
  folders: string[],
  portions: Portions,
): Promise<void> {
  if (handle.kind === 'file') {
    const file = await handle.getFile().catch(() => unreadable(handle.name))
    portions.add({ file, folders, handle })
    return
  }
  for await (const child of handle.values()) await walkHandle(child, [...folders, handle.name], portions)
}

async function walkEntry(entry: FileSystemEntry, folders: string[], portions: Portions): Promise<void> {
  if (isFileEntry(entry)) {
    const file = await new Promise<File>((resolve) => entry.file(resolve, () => resolve(unreadable(entry.name))))
    portions.add({ file, folders, handle: null })
    return
  }
  if (!isDirectoryEntry(entry)) return
  const reader = entry.createReader()
  // A reader gives at most 100 entries at a time and an empty list at the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve) => reader.readEntries(resolve, () => resolve([])))
    if (some.length === 0) return
    for (const child of some) await walkEntry(child, [...folders, entry.name], portions)
  }
}

const isFileEntry = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isDirectoryEntry = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory

const unreadableFiles = new WeakSet<File>()

/** Stands for a file that is there and cannot be opened, so that it has a row, too. */
function unreadable(name: string): File {
  const file = new File([], name)
  unreadableFiles.add(file)
  return file
}

/** Whether the browser could not even open this file. */
export function isUnreadable(file: File): boolean {
  return unreadableFiles.has(file)
}

function fromInput(folder: boolean): Promise<Found[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.multiple = true
    input.webkitdirectory = folder
    input.hidden = true
    document.body.append(input)
    const done = () => {
      input.remove()
      resolve(
        [...(input.files ?? [])].map((file) => ({ file, folders: foldersOf(file.webkitRelativePath), handle: null })),
      )
    }
    input.addEventListener('change', done, { once: true })
    input.addEventListener('cancel', done, { once: true })
    input.click()
  })
}
