import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { ImageWidth, ReaderHost, Turn } from './host'
import { imageWidthFor } from './image-width'
import { releaseCanvas, type PdfFile } from './pdf-file'
import classes from './Page.module.css'
import { turnTransform, unturnedSize } from './turn'

interface PagePictureProps {
  host: ReaderHost
  pdf: PdfFile | null
  page: number
  width: number
  height: number
  rotation: Turn
  /** Distance from the page in view; nearer pages are drawn first. */
  rank: number
}

/** While the size still changes, as in pinching, the old drawing is stretched. */
const SETTLE_MS = 140

/** A page's picture: at once the server's, then drawn by pdf.js exactly over it. */
export function PagePicture(props: PagePictureProps) {
  const { host, page, width, height, rotation } = props
  const place = useRef<HTMLDivElement>(null)
  const isDrawn = useCanvas(place, props)
  const size = unturnedSize(rotation, width, height)
  const imageWidth = useLargest(imageWidthFor(size.width))
  const [isLost, setLost] = useState(false)
  return (
    <div className={classes.picture}>
      {!isDrawn && !isLost && (
        <img
          className={classes.image}
          src={host.pageImage(page, imageWidth)}
          alt=""
          draggable={false}
          decoding="async"
          style={{ ...size, transform: turnTransform(rotation, size.width, size.height) }}
          onError={() => setLost(true)}
        />
      )}
      <div ref={place} />
    </div>
  )
}

/** Draws the page into `place` whenever its size settles; says whether a drawing of the present turn stands. */
function useCanvas(place: React.RefObject<HTMLDivElement | null>, props: PagePictureProps): boolean {
  const { pdf, page, width, rotation } = props
  const rank = useRef(props.rank)
  rank.current = props.rank
  const [drawnTurn, setDrawnTurn] = useState<Turn | null>(null)
  const canvas = useRef<HTMLCanvasElement | null>(null)

  useLayoutEffect(() => {
    // A drawing of another turn would be squeezed into the new frame.
    if (drawnTurn !== null && drawnTurn !== rotation) {
      drop(canvas)
      setDrawnTurn(null)
    }
  }, [rotation, drawnTurn])

  useEffect(() => {
    if (pdf === null) return
    const stop = new AbortController()
    const draw = async () => {
      const pixels = Math.round(width * (window.devicePixelRatio || 1))
      const drawn = await pdf.draw({ page, width: pixels, turn: rotation, rank: rank.current }, stop.signal)
      drop(canvas)
      drawn.className = classes.canvas ?? ''
      place.current?.append(drawn)
      canvas.current = drawn
      setDrawnTurn(rotation)
    }
    const timer = setTimeout(
      () => {
        // What cannot be drawn keeps the server's picture.
        draw().catch(() => undefined)
      },
      canvas.current === null ? 0 : SETTLE_MS,
    )
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [pdf, page, width, rotation, place])

  useEffect(() => () => drop(canvas), [])
  return drawnTurn === rotation
}

/** A picture that is sharp enough is kept when the page becomes smaller. */
function useLargest(width: ImageWidth): ImageWidth {
  const largest = useRef(width)
  if (width > largest.current) largest.current = width
  return largest.current
}

function drop(canvas: React.RefObject<HTMLCanvasElement | null>): void {
  if (canvas.current === null) return
  canvas.current.remove()
  releaseCanvas(canvas.current)
  canvas.current = null
}
