import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconDeviceLaptop, IconDeviceMobile, IconLogout } from '@tabler/icons-react'
import { useState } from 'react'
import { api } from '../../api/client'
import { sessionsQuery } from '../../api/queries'
import type { Browser } from '../../api/types'
import { browserName, isHandheld } from '../../lib/browsers'
import { accountTexts as texts } from '../../texts/account'
import { Button } from '../../ui/Button'
import { ListRow, ListRows } from '../../ui/ListRows'
import { Message } from '../../ui/Message'
import { PageHead, SectionHead } from '../../ui/PageHead'
import { SkeletonBar } from '../../ui/Skeleton'
import { StatusMark } from '../../ui/StatusMark'
import { Time } from '../../ui/Time'
import { showToast } from '../../ui/toasts'
import { PasswordDialog } from './PasswordDialog'

export function SecurityPage() {
  const { data: browsers, error } = useQuery(sessionsQuery())
  const [changing, setChanging] = useState(false)
  const end = useEndSessions()
  const others = browsers?.filter((browser) => !browser.current) ?? []
  return (
    <>
      <PageHead title={texts.security}>
        <Button
          variant="danger"
          icon={<IconLogout size={16} stroke={1.6} aria-hidden="true" />}
          disabledReason={others.length === 0 ? texts.noOthers : undefined}
          busy={end.isPending ? texts.signOut : undefined}
          onClick={() => end.mutate(others)}
        >
          {texts.signOutOthers}
        </Button>
      </PageHead>
      {(error ?? end.error) && <Message tone="err">{(error ?? end.error)?.message}</Message>}
      <SectionHead title={texts.signedInOn} note={browsers?.length} />
      <ListRows label={texts.signedInOn}>
        {browsers === undefined && !error && <ListRow name={<SkeletonBar width={180} />} />}
        {browsers?.map((browser) => (
          <BrowserRow key={browser.id} browser={browser} onEnd={() => end.mutate([browser])} />
        ))}
      </ListRows>
      <SectionHead title={texts.password} />
      <ListRows label={texts.password}>
        <ListRow
          name={texts.password}
          acts={
            <Button size="xs" onClick={() => setChanging(true)}>
              {texts.change}
            </Button>
          }
        >
          {texts.passwordHint}
        </ListRow>
      </ListRows>
      <PasswordDialog opened={changing} onClose={() => setChanging(false)} />
    </>
  )
}

function useEndSessions() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (browsers: readonly Browser[]) =>
      Promise.all(browsers.map(({ id }) => api.DELETE('/sessions/{id}', { params: { path: { id } } }))),
    onSuccess: (_answers, browsers) => {
      const [only] = browsers
      const message =
        browsers.length === 1 && only !== undefined
          ? texts.signedOut(browserName(only.user_agent))
          : texts.signedOutOthers(browsers.length)
      showToast({ message })
    },
    onSettled: () => queries.invalidateQueries({ queryKey: sessionsQuery().queryKey }),
  })
}

function BrowserRow({ browser, onEnd }: { browser: Browser; onEnd: () => void }) {
  const Icon = isHandheld(browser.user_agent) ? IconDeviceMobile : IconDeviceLaptop
  return (
    <ListRow
      mark={<Icon size={18} stroke={1.6} aria-hidden="true" />}
      name={browserName(browser.user_agent)}
      aside={browser.current ? <StatusMark status="ok" label={texts.thisOne} /> : <Time at={browser.last_used_at} />}
      acts={
        browser.current ? undefined : (
          <Button size="xs" onClick={onEnd}>
            {texts.signOut}
          </Button>
        )
      }
    >
      {browser.address}
    </ListRow>
  )
}
