import type { KeyboardEvent, PointerEvent } from 'react'
import { shellTexts as texts } from '../texts/shell'
import { narrowest, setSidebarWidth, useSidebar, widest } from './sidebar-state'

const stepPx = 16

/** The edge by which the sidebar is made wider, by mouse or by arrow keys. */
export function SidebarHandle({ className }: { className: string }) {
  const { width } = useSidebar()
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => event.currentTarget.setPointerCapture(event.pointerId)
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) setSidebarWidth(event.clientX)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -stepPx, ArrowRight: stepPx }[event.key]
    if (step === undefined) return
    event.preventDefault()
    setSidebarWidth(width + step)
  }
  return (
    <div
      className={className}
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={texts.resizeSidebar}
      aria-valuemin={narrowest}
      aria-valuemax={widest}
      aria-valuenow={width}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onKeyDown={onKeyDown}
    />
  )
}
