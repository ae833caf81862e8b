import type { RefObject } from 'react'
import type { Appearance } from './appearance'
import type { ReaderActs } from './commands'
import type { PageHead, Zoom } from './host'

/** What the bars of the reader show and do, on a desk and on a phone. */
export interface Tools {
  acts: ReaderActs
  title: string
  pages: readonly PageHead[]
  page: number
  zoom: Zoom
  factor: number
  appearance: Appearance
  isPanelOpen: boolean
  isFinding: boolean
  close: () => void
  goTo: (page: number) => void
  pageField: RefObject<HTMLInputElement | null>
}
