/** What a file is, told by its first bytes and never by its name. */

/** How many bytes from the start are needed for {@link contentOf}. */
export const HEAD_BYTES = 1024

/** What the first bytes say. */
export type Content = 'empty' | 'pdf' | 'web_page' | 'other'

const WEB_PAGE =
  /^(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|script|\?xml[^>]*>\s*<(?:!doctype\s+html|html))/i

/**
 * Looks at the first {@link HEAD_BYTES} bytes. A PDF may have up to 1,024 bytes before its mark
 * (ISO 32000-1, Annex H, note 13), which mail gateways and old scanners make use of.
 */
export function contentOf(head: Uint8Array, sizeBytes: number): Content {
  if (sizeBytes === 0 || head.length === 0) return 'empty'
  const text = latin1(head.subarray(0, HEAD_BYTES))
  if (text.includes('%PDF-')) return 'pdf'
  const start = text.replace(/^(?:\u00ef\u00bb\u00bf)?\s+|^\u00ef\u00bb\u00bf/, '')
  return WEB_PAGE.test(start) ? 'web_page' : 'other'
}

function latin1(bytes: Uint8Array): string {
  let out = ''
  for (const byte of bytes) out += String.fromCharCode(byte)
  return out
}
