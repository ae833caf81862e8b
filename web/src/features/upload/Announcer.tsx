import { useEffect, useRef, useState } from 'react'
import { type BatchSums, groupOf, sumParts, tenth } from '../../lib/upload-batch'
import type { UploadTask } from '../../lib/upload-task'
import { stateLine, uploadTexts as t } from '../../texts/upload'
import { VisuallyHidden } from '@mantine/core'

interface AnnouncerProps {
  tasks: readonly UploadTask[]
  sums: BatchSums
}

const problems = new Set(['failed', 'refused', 'you', 'look'])

/** Says politely what a screen reader should hear: each tenth, each problem, the end. */
export function Announcer({ tasks, sums }: AnnouncerProps) {
  const [words, setWords] = useState('')
  const said = useRef({ tenth: 0, total: 0, problems: new Set<string>() })
  useEffect(() => {
    const before = said.current
    if (sums.total === 0) {
      said.current = { tenth: 0, total: 0, problems: new Set() }
      return
    }
    const fresh = tasks.filter((task) => problems.has(groupOf(task.state)) && !before.problems.has(task.id))
    for (const task of fresh) before.problems.add(task.id)
    const reached = tenth(sums)
    const grew = reached > before.tenth || sums.total !== before.total
    before.tenth = reached
    before.total = sums.total
    if (grew && reached === 10) setWords(t.sayEnd(t.sumLine(sums.total, sumParts(sums))))
    else if (fresh[0] !== undefined) setWords(t.sayProblem(fresh[0].name, stateLine(fresh[0], null, Date.now())))
    else if (grew && reached > 0) setWords(t.sayTenth(reached * 10, sums.total))
  }, [tasks, sums])
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {words}
    </VisuallyHidden>
  )
}
