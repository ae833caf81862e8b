// Selecting words with the mouse, by place: text layers alone jump to the end of the page wherever no word lies under the
// pointer. Touch selects as the system does.
import { useEffect, useState, type RefObject } from 'react'
import type { PageLayout, Turn } from './host'
import type { LayoutStore } from './layout-store'
import { copyText, type SelectedPages } from './quote'
import { caretAt, offsetAt, selectBetween, type Caret } from './text-layer'

interface Point {
  readonly page: number
  readonly layer: HTMLElement
  readonly caret: Caret
}

/**
 * What is selected, or null. It is drawn from the boxes of the words, because the browser paints a stroke too many behind
 * each word; its pages must stay drawn, or the browser drops the selection.
 */
export function useSelection(
  desk: RefObject<HTMLElement | null>,
  store: LayoutStore,
  rotation: Turn,
): SelectedPages | null {
  const [selected, setSelected] = useState<SelectedPages | null>(null)

  useEffect(() => {
    const element = desk.current
    if (element === null) return
    let start: Point | null = null
    let pull = 0
    let timer = 0

    const onDown = (event: PointerEvent) => {
      if (event.pointerType !== 'mouse' || event.button !== 0 || !(event.target instanceof Element)) return
      if (event.target.closest('button, a, input') !== null) return
      if (event.detail > 1) return
      const point = pointAt(event, store, rotation)
      if (point === null) return
      if (event.shiftKey) return
      start = point
      element.setPointerCapture(event.pointerId)
    }
    const onMove = (event: PointerEvent) => {
      if (start === null) return
      const point = pointAt(event, store, rotation)
      if (point !== null) selectBetween(start.layer, start.caret, point.layer, point.caret)
      pull = pullOf(element, event.clientY)
      if (pull !== 0 && timer === 0) timer = window.setInterval(() => element.scrollBy(0, pull), 16)
      if (pull === 0) stopPulling()
    }
    const stopPulling = () => {
      clearInterval(timer)
      timer = 0
    }
    const onUp = () => {
      start = null
      stopPulling()
    }
    // The browser's own dragging would fight with ours; its double and triple clicks stay.
    const onMouseDown = (event: MouseEvent) => {
      if (start === null || event.detail > 1) return
      event.preventDefault()
      document.getSelection()?.removeAllRanges()
      element.focus({ preventScroll: true })
    }
    element.addEventListener('pointerdown', onDown)
    element.addEventListener('mousedown', onMouseDown)
    element.addEventListener('pointermove', onMove)
    element.addEventListener('pointerup', onUp)
    element.addEventListener('pointercancel', onUp)
    return () => {
      stopPulling()
      element.removeEventListener('pointerdown', onDown)
      element.removeEventListener('mousedown', onMouseDown)
      element.removeEventListener('pointermove', onMove)
      element.removeEventListener('pointerup', onUp)
      element.removeEventListener('pointercancel', onUp)
    }
  }, [desk, store, rotation])

  useEffect(() => {
    const onChange = () => {
      const next = selectedPages(desk.current, store)
      setSelected((old) => (sameSelection(old, next) ? old : next))
    }
    const onCopy = (event: ClipboardEvent) => {
      const now = selectedPages(desk.current, store)
      if (now === null || event.clipboardData === null) return
      const text = copyText(now, (page) => store.get(page))
      if (text === '') return
      event.clipboardData.setData('text/plain', text)
      event.preventDefault()
    }
    document.addEventListener('selectionchange', onChange)
    document.addEventListener('copy', onCopy)
    return () => {
      document.removeEventListener('selectionchange', onChange)
      document.removeEventListener('copy', onCopy)
    }
  }, [desk, store])

  return selected
}

/** Pixels a frame by which the pages scroll while the selection is drawn over an edge. */
function pullOf(element: HTMLElement, y: number): number {
  const box = element.getBoundingClientRect()
  if (y < box.top + EDGE) return -Math.min(24, Math.ceil((box.top + EDGE - y) / 3))
  if (y > box.bottom - EDGE) return Math.min(24, Math.ceil((y - box.bottom + EDGE) / 3))
  return 0
}

const EDGE = 28

function pointAt(event: PointerEvent, store: LayoutStore, rotation: Turn): Point | null {
  const under = document
    .elementsFromPoint(event.clientX, event.clientY)
    .find((element) => element.hasAttribute('data-page'))
  const page = Number(under?.getAttribute('data-page') ?? 0)
  const layout: PageLayout | undefined = store.get(page)
  const layer = under?.querySelector<HTMLElement>('[data-words]')
  if (under === undefined || layout === undefined || layer === null || layer === undefined) return null
  const box = under.getBoundingClientRect()
  const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height]
  const caret = caretAt(layout, x, y, rotation)
  return caret === null ? null : { page, layer, caret }
}

function selectedPages(desk: HTMLElement | null, store: LayoutStore): SelectedPages | null {
  const selection = document.getSelection()
  if (desk === null || selection === null || selection.isCollapsed || selection.rangeCount === 0) return null
  const range = selection.getRangeAt(0)
  const [first, last] = [pageOf(desk, range.startContainer), pageOf(desk, range.endContainer)]
  if (first === null || last === null) return null
  const [firstLayout, lastLayout] = [store.get(first), store.get(last)]
  if (firstLayout === undefined || lastLayout === undefined) return null
  return {
    first,
    last,
    start: offsetAt(firstLayout, range.startContainer, range.startOffset) ?? 0,
    end: offsetAt(lastLayout, range.endContainer, range.endOffset) ?? Infinity,
  }
}

function pageOf(desk: HTMLElement, node: Node): number | null {
  const element = node instanceof Element ? node : node.parentElement
  const page = element?.closest('[data-page]')
  if (page === null || page === undefined || !desk.contains(page)) return null
  return Number(page.getAttribute('data-page'))
}

function sameSelection(a: SelectedPages | null, b: SelectedPages | null): boolean {
  if (a === null || b === null) return a === b
  return a.first === b.first && a.last === b.last && a.start === b.start && a.end === b.end
}
