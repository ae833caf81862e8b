import { IconCircleCheck } from '@tabler/icons-react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { uiTexts } from '../texts/ui'
import { Button } from './Button'
import { KeyHint } from './KeyHint'
import classes from './Toast.module.css'
import type { Toast } from './toasts'
import { currentToast, hideToast, onToastChange, undoToast } from './toasts'

const shownForMs = 5000

interface ToastViewProps {
  toast: Toast
  onUndo: () => void
}

export function ToastView({ toast, onUndo }: ToastViewProps) {
  return (
    <div className={classes.toast}>
      {toast.icon ?? <IconCircleCheck size={18} stroke={1.6} aria-hidden="true" />}
      <span className={classes.words}>{toast.message}</span>
      {toast.undo !== undefined && (
        <>
          <Button size="xs" onClick={onUndo}>
            {uiTexts.undo}
          </Button>
          <KeyHint keys="Mod+Z" />
        </>
      )}
    </div>
  )
}

/** Place of the toast: bottom centre, five seconds, longer while somebody is at it. Stands once, at the top. */
export function ToastHost() {
  const toast = useSyncExternalStore(onToastChange, currentToast, currentToast)
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (toast === null || held) return
    const timer = window.setTimeout(hideToast, shownForMs)
    return () => window.clearTimeout(timer)
  }, [toast, held])
  return (
    <div
      className={classes.place}
      role="status"
      aria-live="polite"
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {toast !== null && <ToastView key={toast.number} toast={toast} onUndo={undoToast} />}
    </div>
  )
}
