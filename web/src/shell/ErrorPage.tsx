import { useQuery } from '@tanstack/react-query'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { Link, useRouter } from '@tanstack/react-router'
import { IconAlertTriangle, IconCloudOff, IconCompassOff, IconLock, IconRefresh, IconSeedling } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { ApiProblem, ConnectionLost } from '../api/problem'
import { sessionQuery } from '../api/queries'
import { backoffMs } from '../lib/backoff'
import { errorTexts as texts } from '../texts/admin'
import { uiTexts } from '../texts/ui'
import { Button, buttonClass } from '../ui/Button'
import { Notice } from '../ui/Notice'

/** What stands in place of a page that could not be shown. */
export function ErrorPage({ error }: ErrorComponentProps) {
  if (error instanceof ConnectionLost) return <NoAnswer />
  if (error instanceof ApiProblem) {
    if (error.code === 'setup_needed') return <SetupNeeded />
    if (error.status === 404 || error.status === 410) return <NotFoundPage requestId={error.requestId} />
    if (error.status === 403) return <NotOpen requestId={error.requestId} />
    if (error.status === 502 || error.status === 503 || error.status === 504) return <NoAnswer />
  }
  const fault = error instanceof Error ? error : new Error(String(error))
  return isStaleCode(fault) ? <NewerVersion /> : <Broken error={fault} />
}

/** A chunk that is gone from the server: it was updated under this page. */
function isStaleCode(error: Error): boolean {
  return /dynamically imported module|Importing a module script failed|Unable to preload CSS/.test(error.message)
}

const big = { size: 32, stroke: 1.6, 'aria-hidden': true } as const

function NoAnswer() {
  const router = useRouter()
  const [attempt, setAttempt] = useState(0)
  const [left, setLeft] = useState(0)
  useEffect(() => {
    const wait = Math.max(1000, backoffMs(attempt + 1, 1))
    const until = Date.now() + wait
    setLeft(Math.ceil(wait / 1000))
    const ticking = window.setInterval(() => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1000))), 500)
    const trying = window.setTimeout(() => {
      setAttempt(attempt + 1)
      void router.invalidate()
    }, wait)
    return () => {
      window.clearInterval(ticking)
      window.clearTimeout(trying)
    }
  }, [attempt, router])
  return (
    <Notice
      sign={<IconCloudOff {...big} />}
      title={texts.restarting}
      actions={
        <Button variant="filled" size="lg" onClick={() => void router.invalidate()}>
          {texts.tryNow}
        </Button>
      }
      foot={texts.nextTry(left)}
    >
      {texts.restartingBody}
    </Notice>
  )
}

function SetupNeeded() {
  return (
    <Notice sign={<IconSeedling {...big} />} title={texts.setup}>
      {texts.setupBody}
    </Notice>
  )
}

export function NotFoundPage({ requestId }: { requestId?: string }) {
  return (
    <Notice
      sign={<IconCompassOff {...big} />}
      title={texts.notFound}
      actions={
        <>
          <Link to="/" className={buttonClass('filled', 'lg')}>
            {texts.toLibrary}
          </Link>
          <Link to="/search" className={buttonClass('default', 'lg')}>
            {texts.search}
          </Link>
        </>
      }
      foot={requestId === undefined ? undefined : uiTexts.requestNumber(requestId)}
    >
      {texts.notFoundBody} <code>{window.location.pathname}</code>
    </Notice>
  )
}

function NotOpen({ requestId }: { requestId?: string }) {
  const { data: session } = useQuery(sessionQuery())
  return (
    <Notice
      sign={<IconLock {...big} />}
      title={texts.forbidden}
      actions={
        <>
          <Link to="/" className={buttonClass('filled', 'lg')}>
            {texts.toLibrary}
          </Link>
          <Link to="/sign-in" className={buttonClass('subtle', 'lg')}>
            {texts.another}
          </Link>
        </>
      }
      foot={requestId === undefined ? undefined : uiTexts.requestNumber(requestId)}
    >
      {session && (
        <p>
          {texts.signedInAs} <b>{session.user.display_name}</b>.
        </p>
      )}
      <p>{texts.forbiddenBody}</p>
    </Notice>
  )
}

function NewerVersion() {
  return (
    <Notice sign={<IconRefresh {...big} />} title={texts.newer} actions={<Reload />}>
      {texts.newerBody}
    </Notice>
  )
}

function Broken({ error }: { error: Error }) {
  const requestId = error instanceof ApiProblem ? error.requestId : undefined
  return (
    <Notice
      sign={<IconAlertTriangle {...big} />}
      title={texts.broken}
      actions={<Reload />}
      foot={requestId === undefined ? error.message : uiTexts.requestNumber(requestId)}
    >
      {texts.brokenBody}
    </Notice>
  )
}

function Reload() {
  return (
    <Button variant="filled" size="lg" onClick={() => window.location.reload()}>
      {texts.reload}
    </Button>
  )
}
