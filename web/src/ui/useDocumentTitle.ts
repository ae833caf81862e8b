import { useEffect } from 'react'
import { uiTexts } from '../texts/ui'

/** Names the browser's tab while a page is shown. */
export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? uiTexts.product : `${title} · ${uiTexts.product}`
  }, [title])
}
