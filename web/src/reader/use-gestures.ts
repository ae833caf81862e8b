// Zooming with Ctrl and the wheel, and with two fingers.
import { useEffect, useRef } from 'react'
import { clamp } from './geometry'
import type { Desk } from './use-desk'
import { LEAST_ZOOM, MOST_ZOOM } from './zoom'

/** Two taps within this time and distance (pixels) are one double tap. */
const DOUBLE_TAP_MS = 300
const DOUBLE_TAP_REACH = 24

/** `onDoubleTap` is given the point of the window. */
export function useZoomGestures(
  desk: Desk,
  zoomTo: (factor: number) => void,
  onDoubleTap: (x: number, y: number) => void,
): void {
  const latest = useRef({ desk, zoomTo, onDoubleTap })
  latest.current = { desk, zoomTo, onDoubleTap }
  const { ref } = desk

  useEffect(() => {
    const element = ref.current
    if (element === null) return
    let pinch: { distance: number; factor: number } | null = null
    let tap: { x: number; y: number; at: number } | null = null
    let isStill = false
    let frame = 0

    const zoom = (factor: number, clientX: number, clientY: number) => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => {
        const box = element.getBoundingClientRect()
        latest.current.desk.holdAt(clientX - box.left, clientY - box.top)
        latest.current.zoomTo(clamp(factor, LEAST_ZOOM, MOST_ZOOM))
      })
    }
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1
      const step = clamp(event.deltaY * lines, -60, 60)
      zoom(latest.current.desk.factor * Math.exp(-step / 240), event.clientX, event.clientY)
    }
    const onTouchStart = (event: TouchEvent) => {
      isStill = event.touches.length === 1
      pinch =
        event.touches.length === 2 ? { distance: spread(event), factor: latest.current.desk.factor } : null
    }
    const onTouchMove = (event: TouchEvent) => {
      isStill = false
      const [a, b] = [event.touches[0], event.touches[1]]
      if (pinch === null || a === undefined || b === undefined) return
      event.preventDefault()
      const factor = (pinch.factor * spread(event)) / pinch.distance
      zoom(factor, (a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2)
    }
    const onTouchEnd = (event: TouchEvent) => {
      pinch = null
      const touch = event.changedTouches[0]
      if (!isStill || touch === undefined) return void (tap = null)
      const [x, y, at] = [touch.clientX, touch.clientY, event.timeStamp]
      const isSecond =
        tap !== null && at - tap.at < DOUBLE_TAP_MS && Math.hypot(x - tap.x, y - tap.y) < DOUBLE_TAP_REACH
      tap = isSecond ? null : { x, y, at }
      if (!isSecond) return
      event.preventDefault()
      const box = element.getBoundingClientRect()
      latest.current.onDoubleTap(x - box.left, y - box.top)
    }
    const onTouchCancel = () => {
      pinch = null
      tap = null
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    element.addEventListener('touchstart', onTouchStart, { passive: true })
    element.addEventListener('touchmove', onTouchMove, { passive: false })
    element.addEventListener('touchend', onTouchEnd)
    element.addEventListener('touchcancel', onTouchCancel)
    return () => {
      cancelAnimationFrame(frame)
      element.removeEventListener('wheel', onWheel)
      element.removeEventListener('touchstart', onTouchStart)
      element.removeEventListener('touchmove', onTouchMove)
      element.removeEventListener('touchend', onTouchEnd)
      element.removeEventListener('touchcancel', onTouchCancel)
    }
  }, [ref])
}

function spread(event: TouchEvent): number {
  const [a, b] = [event.touches[0], event.touches[1]]
  return a === undefined || b === undefined
    ? 1
    : Math.max(1, Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY))
}
