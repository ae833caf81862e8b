import { IconFileUpload } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { uploadTexts as t } from '../../texts/upload'
import { carriesFiles, collectTransfer, type Found } from './collect'
import classes from './DropSurface.module.css'

/** What lies under the pointer while files are dragged, told by `data-drop-…` of the element. */
export interface DropPlace {
  /** A paper, to attach to. */
  item: string | null
  itemTitle: string
  library: number | null
  collection: string | null
  name: string
}

interface DropSurfaceProps {
  /** Where files go that are dropped beside every marked place. */
  placeName: string
  /** Why nothing can be added here. */
  refusal: string | null
  onFiles: (found: Found[], place: DropPlace) => void
  onRefused: () => void
  /** Files may be coming: time to load what takes them. */
  onIntent: () => void
}

const nowhere: DropPlace = { item: null, itemTitle: '', library: null, collection: null, name: '' }

/** Makes the whole window a place to drop files, and to paste them. Draws a frame while files hang over it. */
export function DropSurface({ placeName, refusal, onFiles, onRefused, onIntent }: DropSurfaceProps) {
  const [over, setOver] = useState<DropPlace | null>(null)
  const latest = useRef({ refusal, onFiles, onRefused, onIntent })
  latest.current = { refusal, onFiles, onRefused, onIntent }

  useEffect(() => {
    let depth = 0
    let marked: Element | null = null
    const mark = (element: Element | null) => {
      if (element === marked) return
      marked?.removeAttribute('data-drop-over')
      element?.setAttribute('data-drop-over', '')
      marked = element
    }
    const leave = () => {
      depth = 0
      mark(null)
      setOver(null)
    }
    const onEnter = (event: DragEvent) => {
      if (!carriesFiles(event.dataTransfer)) return
      event.preventDefault()
      depth += 1
      latest.current.onIntent()
    }
    const onOver = (event: DragEvent) => {
      if (!carriesFiles(event.dataTransfer) || event.dataTransfer === null) return
      event.preventDefault()
      event.dataTransfer.dropEffect = latest.current.refusal === null ? 'copy' : 'none'
      const element = placeElement(event.target)
      mark(element)
      const place = placeOf(element)
      setOver((before) => (before !== null && samePlace(before, place) ? before : place))
    }
    const onLeave = () => {
      depth -= 1
      if (depth <= 0) leave()
    }
    const onDrop = (event: DragEvent) => {
      if (!carriesFiles(event.dataTransfer) || event.dataTransfer === null) return
      event.preventDefault()
      const place = placeOf(placeElement(event.target))
      leave()
      take(event.dataTransfer, place)
    }
    const onPaste = (event: ClipboardEvent) => {
      if (event.clipboardData === null || event.clipboardData.files.length === 0) return
      event.preventDefault()
      take(event.clipboardData, nowhere)
    }
    const take = (transfer: DataTransfer, place: DropPlace) => {
      if (latest.current.refusal !== null && place.library === null) latest.current.onRefused()
      else void collectTransfer(transfer, (found) => latest.current.onFiles(found, place))
    }
    const listeners = [
      ['dragenter', onEnter],
      ['dragover', onOver],
      ['dragleave', onLeave],
      ['drop', onDrop],
    ] as const
    for (const [name, listener] of listeners) window.addEventListener(name, listener)
    window.addEventListener('paste', onPaste)
    return () => {
      for (const [name, listener] of listeners) window.removeEventListener(name, listener)
      window.removeEventListener('paste', onPaste)
    }
  }, [])

  if (over === null) return null
  const words = wordsFor(over, placeName, refusal)
  return (
    <div className={classes.surface} data-refused={refusal !== null || undefined} aria-hidden="true">
      <div className={classes.words}>
        <IconFileUpload size={20} stroke={1.6} />
        <div>
          <b>{words.title}</b>
          <span>{words.hint}</span>
        </div>
      </div>
    </div>
  )
}

function wordsFor(over: DropPlace, placeName: string, refusal: string | null): { title: string; hint: string } {
  if (refusal !== null && over.library === null) return { title: refusal, hint: t.readOnlyHint }
  if (over.item !== null) return { title: t.dropOn, hint: t.dropOnHint(over.itemTitle) }
  return { title: t.dropHere, hint: t.dropTo(over.library === null ? placeName : over.name) }
}

function placeElement(target: EventTarget | null): Element | null {
  return target instanceof Element ? target.closest('[data-drop-item], [data-drop-library]') : null
}

function placeOf(element: Element | null): DropPlace {
  if (!(element instanceof HTMLElement)) return nowhere
  const { dropItem, dropTitle, dropLibrary, dropCollection, dropName } = element.dataset
  return {
    item: dropItem ?? null,
    itemTitle: dropTitle ?? '',
    library: dropLibrary === undefined ? null : Number(dropLibrary),
    collection: dropCollection ?? null,
    name: dropName ?? '',
  }
}

function samePlace(a: DropPlace, b: DropPlace): boolean {
  return a.item === b.item && a.library === b.library && a.collection === b.collection
}
