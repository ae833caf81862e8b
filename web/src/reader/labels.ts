/** Printed page labels: what a page is called, and which page is meant by what somebody types. */
import type { PageHead } from './host'

/** What the page is called: its printed label, else its number. */
export function labelOf(pages: readonly PageHead[], page: number): string {
  return pages[page - 1]?.label ?? String(page)
}

/** Whether the file names any page otherwise than by its number. */
export function hasLabels(pages: readonly PageHead[]): boolean {
  return pages.some((page, index) => page.label !== null && page.label !== String(index + 1))
}

/** The page meant by `typed`, or null for nonsense. Printed labels rule; a number without label is the sheet's. */
export function pageOfLabel(pages: readonly PageHead[], typed: string): number | null {
  const wanted = typed
    .trim()
    .replace(/^p(?:age|\.)?\s*(?=\S)/iu, (lead) => (isLabel(pages, typed) ? lead : ''))
  if (wanted === '') return null
  const exact = pages.findIndex((page) => page.label === wanted)
  if (exact >= 0) return exact + 1
  const loose = pages.findIndex((page) => page.label !== null && sameLabel(page.label, wanted))
  if (loose >= 0) return loose + 1
  const number = /^\d+$/u.test(wanted) ? Number(wanted) : 0
  return number >= 1 && number <= pages.length && !hasLabels(pages) ? number : null
}

function isLabel(pages: readonly PageHead[], typed: string): boolean {
  return pages.some((page) => page.label !== null && sameLabel(page.label, typed.trim()))
}

function sameLabel(label: string, typed: string): boolean {
  return label.localeCompare(typed, undefined, { sensitivity: 'base' }) === 0
}
