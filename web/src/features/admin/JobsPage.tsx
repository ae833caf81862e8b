import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconInfoCircle, IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import { api } from '../../api/client'
import { useLive } from '../../api/live-store'
import { jobsQuery } from '../../api/queries'
import type { Job, JobList, JobState } from '../../api/types'
import { mergeJobs } from '../../lib/merge-jobs'
import { jobsTexts as texts } from '../../texts/admin'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { Figures } from '../../ui/Figures'
import { ListRows } from '../../ui/ListRows'
import { Message } from '../../ui/Message'
import { PageHead, SectionHead } from '../../ui/PageHead'
import { JobRow } from './JobRow'
import classes from './Admin.module.css'

/** So many rows are drawn in one part; the figures count them all. */
const drawn = 100

type Shown = 'open' | 'failed' | 'done'

export function JobsPage() {
  const { data, error } = useQuery({ ...jobsQuery(), refetchInterval: 10_000 })
  const live = useLive((state) => state.jobs)
  const [shown, setShown] = useState<Shown>('open')
  const { act, problem } = useJobActs()
  const jobs = mergeJobs(data?.items ?? [], [...live.values()])
  const failed = jobs.filter((job) => job.state === 'failed')
  const open = jobs.filter((job) => job.state === 'running' || job.state === 'queued')
  const done = jobs.filter((job) => job.state === 'done' || job.state === 'cancelled')
  const firstError = error ?? problem
  return (
    <>
      <PageHead title={texts.title} />
      <JobFigures data={data} jobs={jobs} shown={shown} onShow={setShown} />
      {firstError !== null && <Message tone="err">{firstError.message}</Message>}
      {failed.length > 0 && shown !== 'done' && (
        <Part title={texts.failed} jobs={failed} act={act}>
          {failed.length > 1 && <Button
            size="xs"
            icon={<IconRefresh size={12} stroke={1.6} aria-hidden="true" />}
            onClick={() => act(failed, 'retry')}
          >
            {texts.retryAll(failed.length)}
          </Button>}
        </Part>
      )}
      {shown === 'open' && open.length > 0 && <Part title={texts.queue} note={texts.queueNote} jobs={open} act={act} />}
      {shown === 'done' && <Part title={texts.doneTitle} jobs={done} act={act} />}
      {shown === 'open' && open.length === 0 && data !== undefined && (
        <EmptyState small title={texts.empty}>
          {texts.emptyHint}
        </EmptyState>
      )}
      <p className={classes.note}>
        <IconInfoCircle size={14} stroke={1.6} aria-hidden="true" /> {texts.safe}
      </p>
    </>
  )
}

export type JobAct = (jobs: readonly Job[], verb: 'retry' | 'cancel') => void

function useJobActs(): { act: JobAct; problem: Error | null } {
  const queries = useQueryClient()
  const change = useMutation({
    mutationFn: ({ jobs, verb }: { jobs: readonly Job[]; verb: 'retry' | 'cancel' }) =>
      Promise.all(jobs.map(({ id }) => api.POST(`/jobs/{id}/${verb}`, { params: { path: { id } } }))),
    onSettled: () => queries.invalidateQueries({ queryKey: jobsQuery().queryKey }),
  })
  return { act: (jobs, verb) => change.mutate({ jobs, verb }), problem: change.error }
}

interface JobFiguresProps {
  data: JobList | undefined
  jobs: readonly Job[]
  shown: Shown
  onShow: (shown: Shown) => void
}

function JobFigures({ data, jobs, shown, onShow }: JobFiguresProps) {
  const count = (state: JobState) => {
    const known = data?.items.filter((job) => job.state === state).length ?? 0
    const beyond = Math.max(0, (data?.counts?.[state] ?? known) - known)
    return jobs.filter((job) => job.state === state).length + beyond
  }
  const failed = count('failed')
  const figure = (value: number) => value.toLocaleString('en-GB')
  return (
    <Figures
      figures={[
        { label: texts.working, value: figure(count('running')), meaning: texts.live, ...choice('open', shown, onShow) },
        { label: texts.waiting, value: figure(count('queued')), ...choice('open', shown, onShow) },
        {
          label: texts.failed,
          value: figure(failed),
          tone: failed > 0 ? 'err' : undefined,
          meaning: failed > 0 ? texts.needYou : texts.nothingFailed,
          ...choice('failed', shown, onShow),
        },
        { label: texts.done, value: figure(count('done')), ...choice('done', shown, onShow) },
      ]}
    />
  )
}

function choice(mine: Shown, shown: Shown, onShow: (shown: Shown) => void) {
  return { chosen: mine === shown && mine !== 'open', onChoose: () => onShow(mine === shown ? 'open' : mine) }
}

interface PartProps {
  title: string
  note?: string
  jobs: readonly Job[]
  act: JobAct
  children?: React.ReactNode
}

function Part({ title, note, jobs, act, children }: PartProps) {
  const rest = jobs.length - drawn
  return (
    <section>
      <SectionHead title={title} note={note}>
        {children}
      </SectionHead>
      <ListRows label={title}>
        {jobs.slice(0, drawn).map((job) => (
          <JobRow key={job.id} job={job} act={act} />
        ))}
      </ListRows>
      {rest > 0 && <p className={classes.note}>{texts.andMore(rest)}</p>}
    </section>
  )
}
