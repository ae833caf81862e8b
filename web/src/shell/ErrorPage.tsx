import { useQuery } from '@tanstack/react-query'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { Link, useRouter } from '@tanstack/react-router'
import { IconAlertTriangle, IconCloudOff, IconCompassOff, IconLock, IconRefresh, IconSeedling } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { api } from '../api/client'
import { ApiProblem, ConnectionLost } from '../api/problem'
import { sessionQuery } from '../api/queries'
import { backoffMs } from '../lib/backoff'
import { errorTexts as texts } from '../texts/admin'
import { uiTexts } from '../texts/ui'
import { Button, buttonClass } from '../ui/Button'
import { Notice } from '../ui/Notice'

/** What stands in place of a page that could not be shown. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  if (error instanceof ConnectionLost) return <NoAnswer reset={reset} />
  if (error instanceof ApiProblem) {
    if (error.code === 'setup_needed') return <SetupNeeded />
    if (error.status === 404 || error.status === 410) return <NotFoundPage requestId={error.requestId} />
    if (error.status === 403) return <NotOpen requestId={error.requestId} />
    if (isNotNow(error.status)) return <NoAnswer reset={reset} />
  }
  const fault = error instanceof Error ? error : new Error(String(error))
  return isStaleCode(fault) ? <NewerVersion /> : <Broken error={fault} />
}

/** A chunk that is gone from the server: it was updated under this page. */
function isStaleCode(error: Error): boolean {
  return /dynamically imported module|Importing a module script failed|Unable to preload CSS/.test(error.message)
}

const big = { size: 32, stroke: 1.6, 'aria-hidden': true } as const

/** How often in a row the server was asked in vain; outlives the page, which may be drawn anew between two tries. */
let triesInVain = 0
let lastTryAt = 0
/** After so long without a try it is another outage. */
const apartMs = 60_000

/** Asks quietly, longer and longer apart; the page itself is only built again once the server answers. */
function NoAnswer({ reset }: { reset: () => void }) {
  const router = useRouter()
  const [left, setLeft] = useState(0)
  const [tryAt, setTryAt] = useState(nextTryAt)
  const [isAsking, setAsking] = useState(false)
  const ask = async () => {
    if (isAsking) return
    setAsking(true)
    triesInVain += 1
    lastTryAt = Date.now()
    if (await doesAnswer()) {
      reset()
      await router.invalidate()
    }
    setAsking(false)
    setTryAt(nextTryAt())
  }
  const latest = useRef(ask)
  latest.current = ask
  useEffect(() => {
    const secondsLeft = () => Math.max(0, Math.ceil((tryAt - Date.now()) / 1000))
    setLeft(secondsLeft())
    const ticking = window.setInterval(() => setLeft(secondsLeft()), 1000)
    const trying = window.setTimeout(() => void latest.current(), tryAt - Date.now())
    return () => {
      window.clearInterval(ticking)
      window.clearTimeout(trying)
    }
  }, [tryAt])
  return (
    <Notice
      sign={<IconCloudOff {...big} />}
      title={texts.restarting}
      actions={
        <Button variant="filled" size="lg" onClick={() => void ask()}>
          {texts.tryNow}
        </Button>
      }
      foot={texts.nextTry(left)}
    >
      {texts.restartingBody}
    </Notice>
  )
}

function nextTryAt(): number {
  if (Date.now() - lastTryAt > apartMs) triesInVain = 0
  return Date.now() + Math.max(1000, backoffMs(triesInVain + 1, Math.random()))
}

/** Any answer but "not now" will do: the page says itself what is wrong then. */
async function doesAnswer(): Promise<boolean> {
  try {
    await api.GET('/session')
  } catch (error) {
    return error instanceof ApiProblem && !isNotNow(error.status)
  }
  return true
}

function isNotNow(status: number): boolean {
  return status === 502 || status === 503 || status === 504
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
