// Words about pages that are pictures, wherever a file is spoken of.
import type { ScanState } from '../lib/scan-state'
import { formatCount, plural } from '../lib/format'

/** Where a file stands in a list, and in its reader. */
export const scanTexts = {
  mark: (scan: ScanState): string => {
    switch (scan.kind) {
      case 'recognising':
        return scan.pages > 0
          ? `Recognising page ${formatCount(scan.page)} of ${formatCount(scan.pages)}`
          : 'Recognising the text'
      case 'queued':
        return 'A scan; its text is recognised when nothing else waits'
      case 'recognised':
        return scan.isWhole
          ? 'Text recognised from the scan; it may contain errors'
          : `Text of ${plural(scan.pages, 'page')} recognised from the scan; it may contain errors`
      case 'nothing':
        return 'No text: a scan or drawings'
      case 'off':
        return `No text: a scan or drawings. ${switchOn(scan.mayChange)}`
    }
  },
  notice: (scan: ScanState, isPoor: boolean): string => {
    const lack = isPoor
      ? 'Some of the text has no sure meaning, so words may be missed when finding or copying.'
      : 'The pages are pictures without text. Words cannot be found or selected.'
    switch (scan.kind) {
      case 'recognising':
        return scan.pages > 0
          ? `${lack} Recognising page ${formatCount(scan.page)} of ${formatCount(scan.pages)}.`
          : `${lack} Their text is being recognised.`
      case 'queued':
        return `${lack} Their text is recognised when nothing else waits.`
      case 'recognised':
        return `${scanTexts.mark(scan)}.`
      case 'nothing':
        return lack
      case 'off':
        return `${lack} ${switchOn(scan.mayChange)}`
    }
  },
} as const

function switchOn(mayChange: boolean): string {
  return mayChange
    ? 'Switch on text recognition (ocr.enabled) to make such papers searchable.'
    : 'To make it searchable, ask the administrator to switch on text recognition.'
}
