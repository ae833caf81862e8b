import { useQuery } from '@tanstack/react-query'
import { Link, useRouterState } from '@tanstack/react-router'
import {
  IconArrowLeft,
  IconListCheck,
  IconLock,
  IconMenu2,
  IconPlugConnected,
  IconShieldLock,
  IconUser,
  IconUsers,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { sessionQuery } from '../api/queries'
import { shellTexts as texts } from '../texts/shell'
import { buttonClass } from '../ui/Button'
import { IconButton } from '../ui/IconButton'
import { navClass, NavSection, NavWords } from '../ui/Nav'
import { Sheet } from '../ui/Sheet'
import { useWidth } from '../ui/useWidth'
import { ConnectionLine } from './ConnectionLine'
import frame from './Frame.module.css'
import { closeOverlay, openOverlay, useOverlay } from './overlays'
import { PhoneBar } from './PhoneBar'
import classes from './SettingsFrame.module.css'
import { DrawerSidebar, Sidebar, SidebarFoot } from './Sidebar'
import { StatusBar } from './StatusBar'

/** What stands around the account and server pages. */
export function SettingsFrame({ children }: { children: ReactNode }) {
  const width = useWidth()
  const wide = width === 'wide' || width === 'medium'
  return (
    <div className={frame.frame}>
      {wide ? (
        <Sidebar label={texts.settingsNav} head={<Back />} foot={<SidebarFoot withRole />}>
          <SettingsNav />
        </Sidebar>
      ) : (
        <span hidden />
      )}
      <div className={frame.main}>
        {!wide && (
          <header className={frame.top}>
            <IconButton
              label={texts.menu}
              icon={<IconMenu2 size={20} stroke={1.6} />}
              onClick={() => openOverlay('drawer')}
            />
            <span className={frame.phoneTitle}>{texts.settings}</span>
          </header>
        )}
        <ConnectionLine />
        <main className={classes.content}>
          <div className={classes.column}>{children}</div>
        </main>
        <StatusBar />
        {width === 'phone' && <PhoneBar inLibrary={false} />}
      </div>
      {!wide && <SettingsDrawer />}
    </div>
  )
}

function SettingsDrawer() {
  const open = useOverlay() === 'drawer'
  const path = useRouterState({ select: (state) => state.location.pathname })
  useEffect(closeOverlay, [path])
  return (
    <Sheet side="left" opened={open} onClose={closeOverlay} label={texts.settingsNav}>
      <DrawerSidebar label={texts.settingsNav} head={<Back />} onClose={closeOverlay}>
        <SettingsNav />
      </DrawerSidebar>
    </Sheet>
  )
}

function Back() {
  return (
    <div className={classes.back}>
      <Link to="/" className={buttonClass('subtle', 'sm')}>
        <IconArrowLeft size={16} stroke={1.6} aria-hidden="true" />
        {texts.library}
      </Link>
    </div>
  )
}

const account = [
  { to: '/account', label: texts.goProfile, icon: <IconUser size={16} stroke={1.6} /> },
  { to: '/account/security', label: texts.goSecurity, icon: <IconLock size={16} stroke={1.6} /> },
  { to: '/account/tokens', label: texts.goTokens, icon: <IconPlugConnected size={16} stroke={1.6} /> },
] as const

const server = [
  { to: '/admin/people', label: texts.goPeople, icon: <IconUsers size={16} stroke={1.6} /> },
  { to: '/admin/limits', label: texts.goLimits, icon: <IconShieldLock size={16} stroke={1.6} /> },
  { to: '/admin/jobs', label: texts.goJobs, icon: <IconListCheck size={16} stroke={1.6} /> },
] as const

function SettingsNav() {
  const { data: session } = useQuery(sessionQuery())
  return (
    <>
      <NavSection title={texts.myAccount} />
      <Links entries={account} />
      {session?.user.role === 'admin' && (
        <>
          <NavSection title={texts.thisServer} />
          <Links entries={server} />
        </>
      )}
    </>
  )
}

function Links({ entries }: { entries: typeof account | typeof server }) {
  const path = useRouterState({ select: (state) => state.location.pathname })
  return entries.map((entry) => (
    <Link
      key={entry.to}
      to={entry.to}
      className={navClass(path === entry.to)}
      aria-current={path === entry.to ? 'page' : undefined}
    >
      <NavWords icon={entry.icon}>{entry.label}</NavWords>
    </Link>
  ))
}
