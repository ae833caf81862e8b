import { useEffect, useState } from 'react'
import { openPdf, type PdfFile } from './pdf-file'

/** The opened file once pdf.js is there; `isBroken` if it cannot be opened. */
export function usePdf(url: string): { pdf: PdfFile | null; isBroken: boolean } {
  const [state, setState] = useState<{ pdf: PdfFile | null; isBroken: boolean }>({
    pdf: null,
    isBroken: false,
  })
  useEffect(() => {
    let isGone = false
    let opened: PdfFile | null = null
    openPdf(url).then(
      (pdf) => {
        opened = pdf
        if (isGone) pdf.close()
        else setState({ pdf, isBroken: false })
      },
      () => {
        if (!isGone) setState({ pdf: null, isBroken: true })
      },
    )
    return () => {
      isGone = true
      opened?.close()
      setState({ pdf: null, isBroken: false })
    }
  }, [url])
  return state
}
