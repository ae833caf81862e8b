import { useEffect, useRef, useState } from 'react'
import { Button } from '../ui/Button'
import { RadioGroup } from '../ui/Check'
import { Dialog } from '../ui/Dialog'
import { TextField } from '../ui/Field'
import { readerTexts } from '../texts/reader'
import { sizeOf } from './geometry'
import type { PageHead, ReaderHost, Turn } from './host'
import { labelOf, pageOfLabel } from './labels'
import { printPages } from './print'
import classes from './Reader.module.css'

interface PrintDialogProps {
  host: ReaderHost
  pages: readonly PageHead[]
  page: number
  rotation: Turn
  onClose: () => void
}

type Which = 'all' | 'this' | 'range'

/** Asks first which pages: a book of 1,000 pages is seldom meant whole. */
export function PrintDialog({ host, pages, page, rotation, onClose }: PrintDialogProps) {
  const [which, setWhich] = useState<Which>('all')
  const [from, setFrom] = useState(labelOf(pages, 1))
  const [to, setTo] = useState(labelOf(pages, pages.length))
  const [fetched, setFetched] = useState<{ done: number; count: number } | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const stop = useRef<AbortController | null>(null)
  useEffect(() => () => stop.current?.abort(), [])

  const [first, last] = [pageOfLabel(pages, from), pageOfLabel(pages, to)]
  const fromError = which === 'range' && first === null ? readerTexts.noSuchPage(from) : null
  const toError =
    which !== 'range'
      ? null
      : last === null
        ? readerTexts.noSuchPage(to)
        : first !== null && last < first
          ? readerTexts.printBackwards
          : null

  const print = async () => {
    const [begin, end] =
      which === 'all' ? [1, pages.length] : which === 'this' ? [page, page] : [first ?? 1, last ?? 1]
    const head = pages[begin - 1]
    if (head === undefined) return
    setTrouble(null)
    const { signal } = (stop.current = new AbortController())
    const sheets = Array.from({ length: end - begin + 1 }, (_, index) => begin + index)
    try {
      await printPages(
        sheets.map((sheet) => ({ source: host.pageImage(sheet, 1280), name: labelOf(pages, sheet) })),
        sizeOf(head, 0),
        rotation,
        signal,
        (done) => setFetched({ done, count: sheets.length }),
      )
      onClose()
    } catch (error) {
      setFetched(null)
      if (!signal.aborted) setTrouble(readerTexts.printFailed(error instanceof Error ? error.message : ''))
    }
  }

  return (
    <Dialog
      opened
      onClose={onClose}
      title={readerTexts.printTitle}
      width={480}
      note={readerTexts.printNote}
      footer={
        <>
          <Button variant="subtle" onClick={onClose}>
            {readerTexts.printNo}
          </Button>
          <Button
            variant="filled"
            busy={fetched === null ? undefined : readerTexts.printBusy(fetched.done, fetched.count)}
            disabledReason={fromError ?? toError ?? undefined}
            onClick={() => void print()}
          >
            {readerTexts.print}
          </Button>
        </>
      }
    >
      <RadioGroup
        label={readerTexts.printWhich}
        value={which}
        onChange={setWhich}
        column
        options={[
          { value: 'all', label: readerTexts.printAll(pages.length) },
          { value: 'this', label: readerTexts.printThis(labelOf(pages, page)) },
          { value: 'range', label: readerTexts.printRange },
        ]}
      />
      {which === 'range' && (
        <div className={classes.printRange}>
          <TextField
            label={readerTexts.printFrom}
            value={from}
            error={fromError}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <TextField
            label={readerTexts.printTo}
            value={to}
            error={toError}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
        </div>
      )}
      {trouble !== null && (
        <p className={classes.printTrouble} role="alert">
          {trouble}
        </p>
      )}
    </Dialog>
  )
}
