import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { apiUrl } from '../../api/client'
import { layoutQuery } from '../../api/queries'
import type { ItemKey, Layout, LibraryId, Passage } from '../../api/types'
import { areaOf, styleOf, toTurn, type Area } from '../../reader/geometry'
import classes from './SearchPage.module.css'

interface PagePreviewProps {
  library: LibraryId
  itemKey: ItemKey
  passage: Passage
}

/** A small picture of the page with the place marked; fetched when it comes into sight. */
export function PagePreview({ library, itemKey, passage }: PagePreviewProps) {
  const place = useRef<HTMLSpanElement>(null)
  const isSeen = useSeen(place)
  const layout = useQuery({ ...layoutQuery(library, itemKey, passage.page, passage.page), enabled: isSeen })
  const page = layout.data?.pages[0]
  const source = apiUrl(`/libraries/${library}/items/${itemKey}/pages/${passage.page}/image`, {
    width: window.devicePixelRatio > 1.5 ? 320 : 160,
  })
  return (
    <span ref={place} className={classes.preview}>
      {isSeen && <img src={source} alt="" decoding="async" draggable={false} />}
      {page !== undefined &&
        markAreas(page, passage).map((area, index) => (
          <i key={index} style={styleOf(area)} />
        ))}
    </span>
  )
}

/** Where the words lie on the page, one area a printed line. */
function markAreas(page: Layout['pages'][number], passage: Passage): Area[] {
  const [a = 0, b = 0, c = 0, d = 0] = page.crop
  const isMarked = (start: number, end: number) =>
    passage.marks.some(([from = 0, to = 0]) => start < passage.offset + to && end > passage.offset + from)
  return page.words
    .filter(([start = 0, end = 0]) => isMarked(start, end))
    .map(([, , x0 = 0, y0 = 0, x1 = 0, y1 = 0]) => areaOf([x0, y0, x1, y1], [a, b, c, d], toTurn(page.rotate)))
}

function useSeen(place: React.RefObject<HTMLElement | null>): boolean {
  const [isSeen, setSeen] = useState(false)
  useEffect(() => {
    if (place.current === null || isSeen) return
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && setSeen(true),
      { rootMargin: '300px' },
    )
    observer.observe(place.current)
    return () => observer.disconnect()
  }, [place, isSeen])
  return isSeen
}
