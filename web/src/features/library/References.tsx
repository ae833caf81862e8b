import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { IconBook2 } from '@tabler/icons-react'
import { useId, useState } from 'react'
import type { ReactNode } from 'react'
import { referencesQuery } from '../../api/queries'
import { callOf, type CitedWork, headOf, isDoubtful, type KnownPaper, lineOf, outwardLink } from '../../lib/references'
import { referenceTexts as t } from '../../texts/references'
import { Button } from '../../ui/Button'
import { cx } from '../../ui/classes'
import { OutwardLink } from '../../ui/OutwardLink'
import type { Paper } from './model'
import classes from './References.module.css'

/** The works that a paper cites: what was read of each, what is printed, and the papers that are here already. */
export function References({ library, paper }: { library: number; paper: Paper }) {
  const state = paper.file?.state ?? 'other'
  const { data: works, error, refetch } = useQuery(referencesQuery(library, paper.key, state))
  if (error !== null && works === undefined) {
    return (
      <div className={classes.quiet} role="alert">
        <p>{t.failed}</p>
        <Button size="sm" onClick={() => void refetch()}>
          {t.retry}
        </Button>
      </div>
    )
  }
  if (works === undefined) return <div className={classes.quiet} aria-busy="true" />
  if (works === null) return <p className={classes.quiet}>{t.notYet}</p>
  if (works.length === 0) return <p className={classes.quiet}>{t.none}</p>
  const known = works.filter((work) => work.paper !== undefined).length
  return (
    <>
      <p className={classes.counts}>{t.counts(works.length, known)}</p>
      {listsOf(works).map((list, number, lists) => (
        <section key={number}>
          {lists.length > 1 && <h3 className={classes.listName}>{t.list(number + 1, lists.length)}</h3>}
          <ol className={classes.list}>
            {list.map(({ work, index }) => (
              <Entry key={index} work={work} call={callOf(work, index)} />
            ))}
          </ol>
        </section>
      ))}
    </>
  )
}

interface Numbered {
  work: CitedWork
  index: number
}

/** The lists of a paper one after the other, as printed; numbers begin anew in each. */
function listsOf(works: readonly CitedWork[]): Numbered[][] {
  const lists: Numbered[][] = []
  let list: number | undefined
  for (const work of works) {
    if (work.list !== list) lists.push([])
    list = work.list
    const last = lists.at(-1)
    last?.push({ work, index: last.length })
  }
  return lists
}

function Entry({ work, call }: { work: CitedWork; call: string }) {
  const [printed, setPrinted] = useState(false)
  const id = useId()
  const link = outwardLink(work)
  const line = lineOf(work)
  return (
    <li className={classes.entry}>
      <span className={classes.call}>{call}</span>
      <div className={classes.body}>
        <Title work={work} href={link?.href}>
          {headOf(work)}
        </Title>
        {line !== '' && <p className={classes.line}>{line}</p>}
        <div className={classes.acts}>
          {work.paper !== undefined && <ToPaper paper={work.paper} />}
          {link !== null && (
            <OutwardLink href={link.href} words={link.words} newTab={t.newTab} />
          )}
          {work.title !== undefined && (
            <button
              type="button"
              className={classes.toggle}
              aria-expanded={printed}
              aria-controls={id}
              aria-label={t.showPrinted(call)}
              onClick={() => setPrinted(!printed)}
            >
              {printed ? t.hidePrinted : t.asPrinted}
            </button>
          )}
        </div>
        {printed && (
          <p id={id} className={classes.printed}>
            {work.raw}
          </p>
        )}
      </div>
    </li>
  )
}

/** The title leads to the paper that is here, else out to the work. */
function Title({ work, href, children }: { work: CitedWork; href: string | undefined; children: ReactNode }) {
  const doubtful = isDoubtful(work)
  const look = cx(classes.title, doubtful && classes.doubtful)
  const why = doubtful ? t.unsure : undefined
  if (work.paper !== undefined) {
    return (
      <PaperLink paper={work.paper} className={look} title={why}>
        {children}
      </PaperLink>
    )
  }
  if (href === undefined) {
    return (
      <span className={look} title={why}>
        {children}
      </span>
    )
  }
  return (
    <a className={look} href={href} target="_blank" rel="noopener noreferrer" title={why ?? t.newTab}>
      {children}
    </a>
  )
}

function ToPaper({ paper }: { paper: KnownPaper }) {
  return (
    <PaperLink paper={paper} className={classes.here}>
      <IconBook2 size={12} stroke={1.6} aria-hidden="true" />
      {t.inLibrary}
    </PaperLink>
  )
}

interface PaperLinkProps {
  paper: KnownPaper
  className?: string
  title?: string
  children: ReactNode
}

/** To the pages of a paper; to its row where there is nothing to read. */
function PaperLink({ paper, ...look }: PaperLinkProps) {
  const { library, key } = paper
  return paper.has_pdf ? (
    <Link to="/libraries/$library/items/$key" params={{ library, key }} {...look} />
  ) : (
    <Link to="/libraries/$library" params={{ library }} search={{ selected: key }} {...look} />
  )
}
