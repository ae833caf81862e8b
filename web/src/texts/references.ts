// Words about cited works, in the details of a paper and in the reader.
import { plural } from '../lib/format'

export const referenceTexts = {
  tab: 'References',
  counts: (works: number, known: number) =>
    known === 0 ? `${plural(works, 'work')} cited` : `${plural(works, 'work')} cited, ${known} in your libraries`,
  list: (number: number, count: number) => `List ${number} of ${count}`,
  none: 'No list of references was found in this PDF.',
  notYet: 'The references are known when the PDF has been read.',
  failed: 'The references could not be loaded.',
  retry: 'Try again',
  inLibrary: 'In your library',
  asPrinted: 'As printed',
  hidePrinted: 'Hide',
  showPrinted: (call: string) => `Reference ${call} as printed`,
  unsure: 'The title is not sure; compare it with what is printed.',
  newTab: 'opens in a new tab',

  // The card over a citation.
  card: (call: string) => `Reference ${call}`,
  spot: (calls: readonly string[]) => `${calls.length === 1 ? 'Reference' : 'References'} ${calls.join(', ')}`,
  citedOn: (pages: readonly string[]) => {
    const last = pages.at(-1)
    if (last === undefined) return ''
    if (pages.length === 1) return `Cited on page ${last}`
    return `Cited on pages ${pages.slice(0, -1).join(', ')} and ${last}`
  },
  open: 'Open',
  toList: 'Show in references',
  figure: (kind: 'figure' | 'table', number: string) => `${kind === 'figure' ? 'Figure' : 'Table'} ${number}`,
  onPage: (label: string) => `p. ${label}`,
  toFigure: 'Go there',
}
