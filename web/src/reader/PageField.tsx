import { useEffect, useState, type FormEvent, type RefObject } from 'react'
import { readerTexts } from '../texts/reader'
import type { PageHead } from './host'
import { hasLabels, labelOf, pageOfLabel } from './labels'
import classes from './Reader.module.css'

interface PageFieldProps {
  pages: readonly PageHead[]
  page: number
  fieldRef: RefObject<HTMLInputElement | null>
  onGo: (page: number) => void
}

/** The printed label of the page in view; typing another goes there. Nonsense stays and is told. */
export function PageField({ pages, page, fieldRef, onGo }: PageFieldProps) {
  const label = labelOf(pages, page)
  const [typed, setTyped] = useState<string | null>(null)
  const [isWrong, setWrong] = useState(false)
  useEffect(() => setWrong(false), [typed])

  const go = (event: FormEvent) => {
    event.preventDefault()
    if (typed === null) return
    const target = pageOfLabel(pages, typed)
    if (target === null) {
      setWrong(true)
      fieldRef.current?.select()
      return
    }
    setTyped(null)
    fieldRef.current?.blur()
    onGo(target)
  }
  const width = Math.max(2, (typed ?? label).length)
  return (
    <form className={classes.pageField} onSubmit={go}>
      <input
        ref={fieldRef}
        className={classes.pageInput}
        style={{ width: `${width + 2}ch` }}
        aria-label={readerTexts.goToPage}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? 'reader-no-page' : undefined}
        autoComplete="off"
        enterKeyHint="go"
        value={typed ?? label}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          setTyped(null)
          event.currentTarget.blur()
        }}
        onBlur={() => {
          setTyped(null)
          setWrong(false)
        }}
      />
      <span className={classes.pageCount}>
        {hasLabels(pages) ? readerTexts.sheetOf(page, pages.length) : readerTexts.ofPages(pages.length)}
      </span>
      {isWrong && (
        <div id="reader-no-page" role="alert" className={classes.noPage}>
          <b>{readerTexts.noSuchPage(typed ?? '')}</b>{' '}
          {readerTexts.noSuchPageHint(labelOf(pages, 1), labelOf(pages, pages.length))}
        </div>
      )}
    </form>
  )
}
