// pdf.js, loaded apart and told to fetch only what is looked at. The one place that knows it.
import type { PDFDocumentLoadingTask, PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist'
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url'

/** Bytes a request asks for. */
const RANGE = 128 * 1024
/** More pixels than this a browser may refuse to draw, and a phone cannot keep. */
const MOST_PIXELS = 16_000_000

export interface Drawing {
  /** Counted from 1. */
  readonly page: number
  /** Device pixels. */
  readonly width: number
  /** The reader's rotation on top of the file's. */
  readonly turn: number
  readonly rank: number
}

/** An opened PDF that draws its pages. */
export interface PdfFile {
  /**
   * Draws a page on a new canvas. Of what waits, the least `rank` is drawn first. Rejects when the signal aborts.
   */
  draw(picture: Drawing, signal: AbortSignal): Promise<HTMLCanvasElement>
  close(): void
}

/** Starts loading pdf.js and its worker; called as soon as somebody is about to read. */
export async function loadPdfjs(): Promise<typeof import('pdfjs-dist')> {
  const pdfjs = await import('pdfjs-dist')
  pdfjs.GlobalWorkerOptions.workerSrc = workerUrl
  return pdfjs
}

export async function openPdf(url: string): Promise<PdfFile> {
  const pdfjs = await loadPdfjs()
  const task = pdfjs.getDocument({
    url,
    rangeChunkSize: RANGE,
    disableAutoFetch: true,
    disableStream: true,
    isEvalSupported: false,
    enableXfa: false,
    cMapUrl: `${__PDFJS_BASE__}cmaps/`,
    standardFontDataUrl: `${__PDFJS_BASE__}standard_fonts/`,
    wasmUrl: `${__PDFJS_BASE__}wasm/`,
    iccUrl: `${__PDFJS_BASE__}iccs/`,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
  })
  return new OpenFile(task, await task.promise)
}

interface Waiting {
  readonly rank: number
  readonly start: () => Promise<unknown>
}

class OpenFile implements PdfFile {
  readonly #task: PDFDocumentLoadingTask
  readonly #document: PDFDocumentProxy
  #waiting: Waiting[] = []
  #busy = false

  constructor(task: PDFDocumentLoadingTask, document: PDFDocumentProxy) {
    this.#task = task
    this.#document = document
  }

  draw(picture: Drawing, signal: AbortSignal): Promise<HTMLCanvasElement> {
    return new Promise((resolve, reject) => {
      const start = () => this.#draw(picture, signal).then(resolve, reject)
      this.#waiting.push({ rank: picture.rank, start })
      void this.#work()
    })
  }

  close(): void {
    void this.#task.destroy()
  }

  /** One page at a time: two at once are drawn no sooner and both come late. */
  async #work(): Promise<void> {
    if (this.#busy) return
    this.#busy = true
    // Whatever is asked in the same turn is ranked before the first begins.
    await Promise.resolve()
    for (let next = this.#takeFirst(); next !== undefined; next = this.#takeFirst()) await next.start()
    this.#busy = false
  }

  #takeFirst(): Waiting | undefined {
    this.#waiting.sort((a, b) => a.rank - b.rank)
    return this.#waiting.shift()
  }

  async #draw(picture: Drawing, signal: AbortSignal): Promise<HTMLCanvasElement> {
    signal.throwIfAborted()
    return drawPage(await this.#document.getPage(picture.page), picture.width, picture.turn, signal)
  }
}

async function drawPage(
  page: PDFPageProxy,
  wanted: number,
  turn: number,
  signal: AbortSignal,
): Promise<HTMLCanvasElement> {
  const rotation = (page.rotate + turn) % 360
  const natural = page.getViewport({ scale: 1, rotation })
  const most = Math.sqrt((MOST_PIXELS * natural.width) / natural.height)
  const scale = Math.min(wanted, most) / natural.width
  const viewport = page.getViewport({ scale, rotation })
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(viewport.width))
  canvas.height = Math.max(1, Math.round(viewport.height))
  const rendering = page.render({ canvas, viewport, annotationMode: 1 })
  const stop = () => rendering.cancel()
  signal.addEventListener('abort', stop)
  try {
    await rendering.promise
    signal.throwIfAborted()
    return canvas
  } catch (error) {
    releaseCanvas(canvas)
    throw error
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** Gives the canvas' memory back at once; some browsers keep it until the next collection. */
export function releaseCanvas(canvas: HTMLCanvasElement): void {
  canvas.width = 0
  canvas.height = 0
}
