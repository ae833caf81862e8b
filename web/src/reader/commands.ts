import type { Command } from '../actions/commands'
import { readerTexts } from '../texts/reader'
import type { Zoom } from './host'

/** What can be done in the reader, from its bars, by keys and from the palette. */
export interface ReaderActs {
  turnPage: (by: 1 | -1) => void
  goToPage: () => void
  openFind: () => void
  zoomIn: () => void
  zoomOut: () => void
  zoomTo: (zoom: Zoom) => void
  /** From all the text to one column or the whole page, and back. */
  fitText: () => void
  rotate: (by: 90 | 270) => void
  togglePanel: () => void
  print: () => void
  download: () => void
  /** Null where there is nothing to go back to. */
  stepBack: (() => void) | null
  stepForward: (() => void) | null
  /** Closes what is open, else leaves. */
  escape: () => void
}

export function readerCommands(acts: ReaderActs): Command[] {
  const group = 'reader'
  return [
    {
      id: 'reader.next-page',
      group,
      label: readerTexts.nextPage,
      shortcut: 'ArrowRight',
      perform: () => acts.turnPage(1),
    },
    {
      id: 'reader.previous-page',
      group,
      label: readerTexts.previousPage,
      shortcut: 'ArrowLeft',
      perform: () => acts.turnPage(-1),
    },
    { id: 'reader.go-to-page', group, label: readerTexts.goToPage, shortcut: 'P', perform: acts.goToPage },
    { id: 'reader.find', group, label: readerTexts.find, shortcut: 'Mod+F', perform: acts.openFind },
    { id: 'reader.zoom-in', group, label: readerTexts.zoomIn, shortcut: ['Plus', '='], perform: acts.zoomIn },
    { id: 'reader.zoom-out', group, label: readerTexts.zoomOut, shortcut: '-', perform: acts.zoomOut },
    {
      id: 'reader.fit-width',
      group,
      label: readerTexts.fitWidth,
      shortcut: '0',
      perform: () => acts.zoomTo('width'),
    },
    { id: 'reader.fit-page', group, label: readerTexts.fitPage, perform: () => acts.zoomTo('page') },
    { id: 'reader.rotate', group, label: readerTexts.rotateRight, perform: () => acts.rotate(90) },
    { id: 'reader.panel', group, label: readerTexts.panel, shortcut: '[', perform: acts.togglePanel },
    { id: 'reader.print', group, label: readerTexts.print, shortcut: 'Mod+P', perform: acts.print },
    { id: 'reader.download', group, label: readerTexts.download, perform: acts.download },
    { id: 'reader.close', group, label: readerTexts.back, shortcut: 'Escape', perform: acts.escape },
  ]
}
