import { lazy, Suspense, useEffect } from 'react'
import { closeOverlay, useOverlay } from './overlays'

const Palette = lazy(() => import('./Palette').then((module) => ({ default: module.Palette })))
const ShortcutSheet = lazy(() => import('./ShortcutSheet').then((module) => ({ default: module.ShortcutSheet })))

/** Fetches the palette's code ahead, when somebody is about to open it. */
export function preloadPalette(): void {
  void import('./Palette')
}

/** The palette and the key sheet, loaded when first opened. */
export function Overlays() {
  const open = useOverlay()
  useEffect(() => {
    // Fetched once the page stands, so that no letter typed after the key is lost.
    const timer = window.setTimeout(preloadPalette, 1500)
    return () => window.clearTimeout(timer)
  }, [])
  return (
    <Suspense fallback={null}>
      {open === 'palette' && <Palette onClose={closeOverlay} />}
      {open === 'shortcuts' && <ShortcutSheet onClose={closeOverlay} />}
    </Suspense>
  )
}
