import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { asReadQuery } from '../../api/queries'
import { differences } from '../../lib/as-read'
import { libraryTexts as t } from '../../texts/library'
import { Button } from '../../ui/Button'
import classes from './Details.module.css'
import type { Paper } from './model'
import type { ItemEditor } from './use-item-editor'

const CompareDialog = lazy(() => import('./Compare'))

interface UnlikeProps {
  library: number
  paper: Paper
  editor: ItemEditor
}

/** Says where the PDF reads otherwise than the paper says here, and offers the choice. */
export function Unlike({ library, paper, editor }: UnlikeProps) {
  const [opened, setOpened] = useState(false)
  const { data: read } = useQuery(asReadQuery(library, paper.key, paper.file?.state ?? 'other'))
  const count = read === undefined || read === null ? 0 : differences(paper, read).length
  if (read === undefined || read === null || count === 0) return null
  return (
    <div className={classes.unlike}>
      <span>{t.unlike(count)}</span>
      <Button size="xs" onClick={() => setOpened(true)}>
        {t.compare}
      </Button>
      {opened && (
        <Suspense fallback={null}>
          <CompareDialog
            paper={paper}
            read={read}
            onTake={(patch) => editor.save(patch, t.details)}
            onClose={() => setOpened(false)}
          />
        </Suspense>
      )}
    </div>
  )
}
