import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect } from 'react'
import { readerTexts } from '../texts/reader'
import type { Found } from '../lib/text/find'
import type { Span } from '../lib/text/stream'
import type { DocumentHead, PageLayout } from './host'
import { labelOf } from './labels'
import type { LayoutStore } from './layout-store'
import classes from './Panel.module.css'
import { depthOfPlace, entryAt } from './sections'
import { snippetOf, type SnippetPart } from './snippet'
import type { Find } from './use-find'
import { furnitureOf } from './words'

interface FoundListProps {
  head: DocumentHead
  store: LayoutStore
  find: Find
  scroller: HTMLDivElement | null
  onSelect: (index: number) => void
}

/** All places with the words around them. */
export function FoundList({ head, store, find, scroller, onSelect }: FoundListProps) {
  const { places, done, pages } = find.state
  const rows = useVirtualizer({
    count: places.length,
    getScrollElement: () => scroller,
    estimateSize: () => 68,
    overscan: 6,
    scrollMargin: 28,
  })
  useEffect(() => {
    if (find.current >= 0) rows.scrollToIndex(find.current, { align: 'auto' })
  }, [find.current, rows])
  if (find.wanted.query.trim() === '' || !find.isSettled) return null
  if (places.length === 0) {
    const words = done
      ? emptyWords(store, head, find.wanted.query)
      : readerTexts.nothingFoundYet(pages, head.pages.length)
    return <p className={classes.empty}>{words}</p>
  }
  return (
    <section aria-label={readerTexts.inText}>
      <div className={classes.sectionHead}>
        <span>{readerTexts.inText}</span>
        <span>{readerTexts.foundOn(places.length, pagesWith(places))}</span>
      </div>
      <div className={classes.found} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((item) => {
          const place = places[item.index]
          return (
            place !== undefined && (
              <button
                key={item.key}
                ref={rows.measureElement}
                data-index={item.index}
                type="button"
                className={classes.hit}
                aria-current={item.index === find.current ? 'true' : undefined}
                style={{ transform: `translateY(${item.start - 28}px)` }}
                onClick={() => onSelect(item.index)}
              >
                <Hit head={head} store={store} place={place} />
              </button>
            )
          )
        })}
      </div>
    </section>
  )
}

interface HitProps {
  head: DocumentHead
  store: LayoutStore
  place: Found
}

function Hit({ head, store, place }: HitProps) {
  const page = place.spans[0]?.page ?? 1
  return (
    <>
      <span className={classes.hitMeta}>
        <span className={classes.hitSection}>{sectionName(head, store, place)}</span>
        <span>{readerTexts.shortPage(labelOf(head.pages, page))}</span>
      </span>
      <span className={classes.hitText}>
        {snippetOfPlace(store, place).map((part, index) =>
          part.marked ? <mark key={index}>{part.text}</mark> : <span key={index}>{part.text}</span>,
        )}
      </span>
    </>
  )
}

/** The words around; over a page end the second half follows the first. */
function snippetOfPlace(store: LayoutStore, place: Found): SnippetPart[] {
  const [first, ...others] = place.spans
  const layout = first === undefined ? undefined : store.get(first.page)
  if (first === undefined || layout === undefined) return []
  const last = others.at(-1)
  const around = (page: PageLayout, span: Span) => snippetOf(page.text, span.start, span.end, furnitureOf(page))
  if (last === undefined) return around(layout, first)
  const begin = around(layout, first).filter(
    (part, index) => part.marked || index === 0,
  )
  const rest = store.get(last.page)
  const end = rest === undefined ? [] : around(rest, last)
  const isDivided = /\p{L}[-\u2010\u2011]\s*$/u.test(begin.at(-1)?.text ?? '')
  const gap = isDivided ? [] : [{ text: ' ', marked: true }]
  return [...begin, ...gap, ...end.slice(end.findIndex((part) => part.marked))]
}

function sectionName(head: DocumentHead, store: LayoutStore, place: Found): string {
  const page = place.spans[0]?.page ?? 1
  const layout = store.get(page)
  const entry = head.outline[entryAt(head, page, layout === undefined ? 0 : depthOfPlace(place, layout))]
  return entry?.title ?? ''
}

function pagesWith(places: readonly Found[]): number {
  return new Set(places.map((place) => place.spans[0]?.page)).size
}

function emptyWords(store: LayoutStore, head: DocumentHead, query: string): string {
  const hasText = head.pages.some((_, index) => /\S/u.test(store.get(index + 1)?.text ?? ''))
  return hasText ? readerTexts.nothingFound(query.trim()) : readerTexts.noTextToFind
}
