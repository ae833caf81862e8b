import { IconCloudOff } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { reconnectNow } from '../api/live'
import { useLive } from '../api/live-store'
import { shellTexts as texts } from '../texts/shell'
import { Button } from '../ui/Button'
import { OfflineLine } from '../ui/OfflineLine'
import classes from './ConnectionLine.module.css'
import { DiskLine } from './DiskLine'

/** A short break is mended before anybody needs to know. */
const saidAfterMs = 3000

/** The grey line under the top bar while the server does not answer, or has no room. */
export function ConnectionLine() {
  const connection = useLive((live) => live.connection)
  const now = useSeconds(connection.state === 'lost')
  if (connection.state !== 'lost' || now - connection.since < saidAfterMs) return <DiskLine />
  const seconds = Math.max(0, Math.ceil((connection.retryAt - now) / 1000))
  return (
    <OfflineLine
      bar
      icon={<IconCloudOff size={16} stroke={1.6} aria-hidden="true" />}
      action={
        <>
          <span className={classes.next} aria-hidden="true">
            {texts.nextTry(seconds)}
          </span>
          <Button size="xs" onClick={reconnectNow}>
            {texts.tryNow}
          </Button>
        </>
      }
    >
      <b>{texts.connectionLost}</b> {texts.connectionLostMore}
    </OfflineLine>
  )
}

/** The time, each second while it is needed. */
function useSeconds(needed: boolean): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!needed) return
    setNow(Date.now())
    const timer = window.setInterval(() => setNow(Date.now()), 1000)
    return () => window.clearInterval(timer)
  }, [needed])
  return now
}
