import { useMemo, useRef } from 'react'
import { around, textBlock, type Block } from './column'
import { sizeOf } from './geometry'
import type { PageHead, Turn } from './host'
import type { LayoutStore } from './layout-store'
import { useLayout } from './use-layouts'
import { usualPage } from './zoom'

/** Neighbours that are looked at besides the first page shown: they come with it. */
const LOOKED_AT = 8

/**
 * The stretch that holds the text of the first page shown and of its neighbours. Settled once: pages that come in later
 * do not change the size of what is being read.
 */
export function useTextBlock(store: LayoutStore, pages: readonly PageHead[], first: number, rotation: Turn): Block | null {
  const begun = useLayout(store, first, true)
  const settled = useRef<{ rotation: Turn; block: Block | null } | null>(null)
  return useMemo(() => {
    if (begun === undefined) return null
    if (settled.current?.rotation !== rotation) settled.current = { rotation, block: look(store, pages, first, rotation) }
    return settled.current.block
  }, [begun, store, pages, first, rotation])
}

function look(store: LayoutStore, pages: readonly PageHead[], first: number, rotation: Turn): Block | null {
  const usual = usualPage(pages, rotation)
  if (usual === undefined) return null
  const most = 1.05 * sizeOf(usual, rotation).width
  const from = first - ((first - 1) % LOOKED_AT)
  const blocks: Block[] = []
  for (let page = from; page < from + LOOKED_AT; page += 1) {
    const [layout, head] = [store.get(page), pages[page - 1]]
    // A single folded-out table would make all the rest too small to read.
    if (layout === undefined || head === undefined || (page !== first && sizeOf(head, rotation).width > most)) continue
    const block = textBlock(layout, head, rotation)
    if (block !== null) blocks.push(block)
  }
  return around(blocks)
}
