import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { IconDatabaseExclamation } from '@tabler/icons-react'
import { type LiveState, useLive } from '../api/live-store'
import { diskQuery, sessionQuery } from '../api/queries'
import { shellTexts as texts } from '../texts/shell'
import { OfflineLine } from '../ui/OfflineLine'

/** Tells an administrator that the server's disk is nearly full, or that work waits because it is, and what is missing. */
export function DiskLine() {
  const { data: session } = useQuery(sessionQuery())
  const isAdmin = session?.user.role === 'admin'
  const waiting = useLive(fullDisk)
  const { data: disk } = useQuery({ ...diskQuery(), enabled: isAdmin })
  const said = waiting === null ? disk?.message : undefined
  if (!isAdmin || (waiting === null && said === undefined)) return null
  return (
    <OfflineLine
      bar
      icon={<IconDatabaseExclamation size={16} stroke={1.6} aria-hidden="true" />}
      action={<Link to="/admin/jobs">{texts.goJobs}</Link>}
    >
      {waiting === null ? (
        said
      ) : (
        <>
          <b>{waiting}</b> {texts.diskFullMore}
        </>
      )}
    </OfflineLine>
  )
}

/** What a waiting job says of the disk; null where none waits for room. */
export function fullDisk(live: Pick<LiveState, 'jobs'>): string | null {
  for (const job of live.jobs.values()) {
    const [said] = /^The disk of the server is full[^.]*\./u.exec(job.message ?? '') ?? []
    if (job.state === 'queued' && said !== undefined) return said
  }
  return null
}
