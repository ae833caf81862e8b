// One attempt to send one file by tus 1.0. What follows a failed attempt is decided elsewhere.
import { Upload, type DetailedError, type HttpResponse } from 'tus-js-client'
import { apiBase } from '../../api/client'
import { readAnswer, type UploadAnswer } from '../../lib/upload-answer'

export interface TransferOptions {
  file: File
  /** Address of the upload to go on with, or `null` for a new one. */
  url: string | null
  metadata: Record<string, string>
  /** Makes the creation safe to repeat when its answer was lost. */
  idempotencyKey: string
  signal: AbortSignal
  onUrl: (url: string) => void
  onProgress: (sentBytes: number) => void
}

/** How an attempt ended. */
export type TransferEnd =
  | { end: 'completed'; item: string; attachment: string; duplicateOf: string | null; restored: boolean }
  | { end: 'failed'; answer: UploadAnswer; known: boolean }
  | { end: 'stopped' }

/** Every request should last about so long: small enough that other requests get a turn on the same connections. */
const pieceMs = 1000
const smallestPiece = 256 * 1024
const largestPiece = 64 * 1024 * 1024
/** A request without any progress for so long is a dead connection, as after sleep or a changed network. */
const silenceMs = 30_000

let pieceBytes = 4 * 1024 * 1024

/** Sends a file from wherever the server has got to. Ends, never throws. */
export function transfer(options: TransferOptions): Promise<TransferEnd> {
  return new Promise((resolve) => {
    let settled = false
    let silence: ReturnType<typeof setTimeout> | undefined
    let pieceStart = performance.now()
    const settle = (end: TransferEnd) => {
      if (settled) return
      settled = true
      clearTimeout(silence)
      options.signal.removeEventListener('abort', stop)
      resolve(end)
    }
    const listen = () => {
      clearTimeout(silence)
      silence = setTimeout(() => {
        void upload.abort()
        settle({ end: 'failed', answer: noAnswer, known: upload.url !== null })
      }, silenceMs)
    }
    const stop = () => {
      void upload.abort()
      settle({ end: 'stopped' })
    }
    const upload = new Upload(options.file, {
      // With an endpoint the client would begin anew after any refusal of the old address.
      endpoint: options.url === null ? new URL(`${apiBase}/uploads`, location.origin).href : null,
      uploadUrl: options.url,
      metadata: options.metadata,
      headers: options.url === null ? { 'Idempotency-Key': options.idempotencyKey } : {},
      chunkSize: pieceBytes,
      retryDelays: null,
      storeFingerprintForResuming: false,
      uploadDataDuringCreation: true,
      onBeforeRequest: () => {
        pieceStart = performance.now()
        listen()
      },
      onUploadUrlAvailable: () => {
        if (upload.url !== null) options.onUrl(upload.url)
      },
      onProgress: (sent) => {
        listen()
        options.onProgress(sent)
      },
      onChunkComplete: (size) => {
        pieceBytes = nextPiece(size, performance.now() - pieceStart)
        upload.options.chunkSize = pieceBytes
      },
      onSuccess: ({ lastResponse }) => settle(completed(lastResponse)),
      onError: (error) =>
        settle({ end: 'failed', answer: answerOf(error), known: upload.url !== null || options.url !== null }),
    })
    options.signal.addEventListener('abort', stop, { once: true })
    if (options.signal.aborted) stop()
    else {
      listen()
      upload.start()
    }
  })
}

const noAnswer: UploadAnswer = { status: 0, code: '', detail: '', retryAfter: null }

/** The size of the next piece after one of `size` bytes took `ms`: towards one second, at most four times more or less. */
export function nextPiece(size: number, ms: number): number {
  const wanted = (size * pieceMs) / Math.max(1, ms)
  const bounded = Math.max(size / 4, Math.min(size * 4, wanted))
  return Math.round(Math.max(smallestPiece, Math.min(largestPiece, Math.max(bounded, Math.min(wanted, pieceBytes)))))
}

function completed(response: HttpResponse): TransferEnd {
  const item = response.getHeader('Scrollkeeper-Item')
  const attachment = response.getHeader('Scrollkeeper-Attachment')
  if (item === undefined || item === null || attachment === undefined || attachment === null) {
    // All bytes are there, but the answer does not say what became of them: ask again.
    return { end: 'failed', answer: { ...noAnswer, status: 503 }, known: true }
  }
  return {
    end: 'completed',
    item,
    attachment,
    duplicateOf: response.getHeader('Scrollkeeper-Duplicate-Of') ?? null,
    restored: response.getHeader('Scrollkeeper-Restored') === 'true',
  }
}

function answerOf(error: Error | DetailedError): UploadAnswer {
  if (!('originalResponse' in error) || error.originalResponse === null) return noAnswer
  const response = error.originalResponse
  return readAnswer(response.getStatus(), response.getBody(), response.getHeader('Retry-After') ?? null)
}
