// What is dragged inside the page: papers onto collections, collections into each other.
export const PAPERS_TYPE = 'application/x-scrollkeeper-papers'
export const COLLECTION_TYPE = 'application/x-scrollkeeper-collection'

/** Papers of one library on their way. `null` keys stand for all of the list that is shown. */
export interface DraggedPapers {
  library: number
  keys: string[]
}

export function startDrag(transfer: DataTransfer, dragged: DraggedPapers, words: string): void {
  transfer.effectAllowed = 'copy'
  transfer.setData(PAPERS_TYPE, JSON.stringify(dragged))
  const ghost = document.createElement('div')
  ghost.className = 'sk-drag-ghost'
  ghost.textContent = words
  document.body.append(ghost)
  transfer.setDragImage(ghost, -12, 12)
  setTimeout(() => ghost.remove(), 0)
}

export function draggedPapers(transfer: DataTransfer): DraggedPapers | null {
  const text = transfer.getData(PAPERS_TYPE)
  if (text === '') return null
  const value: unknown = JSON.parse(text)
  return isDragged(value) ? value : null
}

function isDragged(value: unknown): value is DraggedPapers {
  return (
    typeof value === 'object' && value !== null && 'library' in value && 'keys' in value && Array.isArray(value.keys)
  )
}

export function carries(transfer: DataTransfer, type: string): boolean {
  return [...transfer.types].includes(type)
}
