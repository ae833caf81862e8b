import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { itemQuery } from '../../api/queries'
import type { Job, JobState } from '../../api/types'
import { jobsTexts as texts } from '../../texts/admin'
import { Button } from '../../ui/Button'
import { ListRow } from '../../ui/ListRows'
import { ProgressBar } from '../../ui/ProgressBar'
import type { Status } from '../../ui/StatusMark'
import { StatusMark } from '../../ui/StatusMark'
import { Time, TimeUntil } from '../../ui/Time'
import classes from './Admin.module.css'
import type { JobAct } from './JobsPage'

const marks: Record<JobState, Status> = {
  queued: 'waiting',
  running: 'working',
  done: 'ok',
  failed: 'failed',
  cancelled: 'warn',
}

const kinds: Record<string, string> = texts.kinds

export function JobRow({ job, act }: { job: Job; act: JobAct }) {
  return (
    <ListRow
      mark={<StatusMark status={marks[job.state]} label={texts.states[job.state]} iconOnly size={18} />}
      name={
        <>
          {kinds[job.kind] ?? job.kind}
          <FileName job={job} />
        </>
      }
      childrenTone={job.state === 'failed' ? 'err' : undefined}
      aside={<Progress job={job} />}
      acts={<Acts job={job} act={act} />}
    >
      {job.message ?? (job.attempt > 1 ? texts.tried(job.attempt) : undefined)}
      {job.message !== undefined && job.attempt > 1 && ` · ${texts.tried(job.attempt)}`}
    </ListRow>
  )
}

/** The name of the file that the job is about, with the way to its paper. */
function FileName({ job }: { job: Job }) {
  const { library, key } = job
  const { data: item } = useQuery({
    ...itemQuery(library ?? 0, key ?? ''),
    enabled: library !== undefined && key !== undefined,
    retry: false,
    staleTime: Infinity,
  })
  if (library === undefined || key === undefined) return null
  const name = item?.file?.name ?? texts.file(key)
  const paper = item?.parent ?? key
  return (
    <>
      {', '}
      <Link to="/libraries/$library" params={{ library }} search={{ selected: paper }}>
        {name}
      </Link>
    </>
  )
}

function Progress({ job }: { job: Job }) {
  if (job.state === 'running' && job.page !== undefined && job.pages !== undefined && job.pages > 0) {
    return (
      <span className={classes.progress}>
        <ProgressBar label={texts.page(job.page, job.pages, job.kind === 'recognise')} value={job.page / job.pages} />
        {texts.pageShort(job.page, job.pages)}
      </span>
    )
  }
  if (job.state === 'queued' && job.attempt > 0 && job.run_at !== undefined) {
    return (
      <>
        {texts.retryAt} <TimeUntil at={job.run_at} />
      </>
    )
  }
  if (job.state === 'queued') return texts.next
  return job.run_at === undefined ? null : <Time at={job.run_at} />
}

function Acts({ job, act }: { job: Job; act: JobAct }) {
  switch (job.state) {
    case 'failed':
    case 'cancelled':
      return (
        <Button size="xs" onClick={() => act([job], 'retry')}>
          {texts.retry}
        </Button>
      )
    case 'queued':
    case 'running':
      return (
        <Button size="xs" variant="subtle" onClick={() => act([job], 'cancel')}>
          {texts.stop}
        </Button>
      )
    case 'done':
      return null
  }
}
