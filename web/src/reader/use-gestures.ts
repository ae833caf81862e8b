// Zooming with Ctrl and the wheel, and with two fingers.
import { useEffect, useRef } from 'react'
import { clamp } from './geometry'
import type { Desk } from './use-desk'
import { LEAST_ZOOM, MOST_ZOOM } from './zoom'

export function useZoomGestures(desk: Desk, zoomTo: (factor: number) => void): void {
  const latest = useRef({ desk, zoomTo })
  latest.current = { desk, zoomTo }
  const { ref } = desk

  useEffect(() => {
    const element = ref.current
    if (element === null) return
    let pinch: { distance: number; factor: number } | null = null
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
      pinch =
        event.touches.length === 2 ? { distance: spread(event), factor: latest.current.desk.factor } : null
    }
    const onTouchMove = (event: TouchEvent) => {
      const [a, b] = [event.touches[0], event.touches[1]]
      if (pinch === null || a === undefined || b === undefined) return
      event.preventDefault()
      const factor = (pinch.factor * spread(event)) / pinch.distance
      zoom(factor, (a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2)
    }
    const onTouchEnd = () => {
      pinch = null
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    element.addEventListener('touchstart', onTouchStart, { passive: true })
    element.addEventListener('touchmove', onTouchMove, { passive: false })
    element.addEventListener('touchend', onTouchEnd)
    element.addEventListener('touchcancel', onTouchEnd)
    return () => {
      cancelAnimationFrame(frame)
      element.removeEventListener('wheel', onWheel)
      element.removeEventListener('touchstart', onTouchStart)
      element.removeEventListener('touchmove', onTouchMove)
      element.removeEventListener('touchend', onTouchEnd)
      element.removeEventListener('touchcancel', onTouchEnd)
    }
  }, [ref])
}

function spread(event: TouchEvent): number {
  const [a, b] = [event.touches[0], event.touches[1]]
  return a === undefined || b === undefined
    ? 1
    : Math.max(1, Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY))
}
