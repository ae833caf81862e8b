import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { IconFilePlus, IconVersions } from '@tabler/icons-react'
import { api } from '../../api/client'
import { relativesQuery } from '../../api/queries'
import type { Relative } from '../../api/types'
import { authorsLine } from '../../lib/creators'
import { libraryTexts as t } from '../../texts/library'
import { relativeTexts as r } from '../../texts/relatives'
import { Button } from '../../ui/Button'
import { showToast } from '../../ui/toasts'
import { refreshLibrary } from './item-cache'
import type { Paper } from './model'
import classes from './Relatives.module.css'
import { didSomething } from './undo'

interface RelativesProps {
  library: number
  paper: Paper
  canEdit: boolean
}

type Verdict = 'versions' | 'supplement_of' | 'unrelated'

/** Versions and supplements: those that are linked, and those that seem to belong together, for somebody to say. */
export function Relatives({ library, paper, canEdit }: RelativesProps) {
  const queries = useQueryClient()
  const { data: relatives = [] } = useQuery(relativesQuery(library, paper.key))
  const attempt = (act: () => Promise<unknown>) =>
    act()
      .catch((error: unknown) => showToast({ message: error instanceof Error ? error.message : String(error) }))
      .finally(() => refreshLibrary(queries, library))
  const takeBack = (key: string, other: string) =>
    attempt(() => api.DELETE(path, { params: { path: { library, key, other } } }))
  const say = (key: string, other: string, relation: Verdict, done: string) =>
    void attempt(async () => {
      await api.PUT(path, { params: { path: { library, key, other } }, body: { relation } })
      didSomething(done, () => void takeBack(key, other))
    })
  const linked = relatives.filter((relative) => relative.linked)
  const offered = canEdit ? relatives.filter((relative) => !relative.linked) : []
  if (linked.length + offered.length === 0) return null
  return (
    <section aria-label={r.heading}>
      <div className={classes.head}>
        <h3>{r.heading}</h3>
      </div>
      <ul className={classes.list}>
        {linked.map((relative) => (
          <li key={relative.key} className={classes.linked}>
            <Other library={library} relative={relative} />
            {canEdit && (
              <Button size="xs" onClick={() => void takeBack(paper.key, relative.key)}>
                {relative.relation === 'supplement_of' ? r.takeOut : r.unlink}
              </Button>
            )}
          </li>
        ))}
        {offered.map((relative) => (
          <li key={relative.key} className={classes.offer}>
            <p className={classes.why}>{r.why(wordsOf(paper, relative))}</p>
            <Other library={library} relative={relative} />
            <div className={classes.acts}>
              <Act paper={paper} relative={relative} say={say} />
              <Button
                size="xs"
                variant="subtle"
                onClick={() => say(paper.key, relative.key, 'unrelated', r.refused)}
              >
                {r.refuse}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

const path = '/libraries/{library}/items/{key}/relatives/{other}' as const

type Offer = 'published' | 'preprint' | 'version' | 'supplement_of' | 'supplemented_by'

/** How the other paper looks from this one. */
function wordsOf(paper: Paper, relative: Relative): Offer {
  if (relative.relation === 'supplement_of') return 'supplement_of'
  if (relative.relation === 'supplemented_by') return 'supplemented_by'
  if (paper.item_type === 'preprint' && relative.item_type !== 'preprint') return 'published'
  return relative.item_type === 'preprint' && paper.item_type !== 'preprint' ? 'preprint' : 'version'
}

interface ActProps {
  paper: Paper
  relative: Relative
  say: (key: string, other: string, relation: Verdict, done: string) => void
}

function Act({ paper, relative, say }: ActProps) {
  if (relative.relation === 'versions') {
    return (
      <Button
        size="xs"
        icon={<IconVersions size={14} stroke={1.6} />}
        onClick={() => say(paper.key, relative.key, 'versions', r.linked)}
      >
        {r.link}
      </Button>
    )
  }
  const [supplement, main] =
    relative.relation === 'supplement_of' ? [paper.key, relative.key] : [relative.key, paper.key]
  return (
    <Button
      size="xs"
      icon={<IconFilePlus size={14} stroke={1.6} />}
      onClick={() => say(supplement, main, 'supplement_of', r.attached)}
    >
      {r.attach}
    </Button>
  )
}

function Other({ library, relative }: { library: number; relative: Relative }) {
  const details = [authorsLine(relative.creators), String(relative.year ?? ''), t.typeName(relative.item_type)]
  return (
    <Link
      to="/libraries/$library"
      params={{ library }}
      search={{ selected: relative.key }}
      className={classes.other}
    >
      <b>{relative.title === '' ? t.untitled : relative.title}</b>
      <span>{details.filter((part) => part !== '').join(' · ')}</span>
    </Link>
  )
}
