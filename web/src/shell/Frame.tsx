import { useRouterState } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { shellTexts as texts } from '../texts/shell'
import { Sheet } from '../ui/Sheet'
import { useWidth } from '../ui/useWidth'
import { ConnectionLine } from './ConnectionLine'
import classes from './Frame.module.css'
import { closeOverlay, openOverlay, useOverlay } from './overlays'
import { PhoneBar } from './PhoneBar'
import { DrawerSidebar, Rail, Sidebar } from './Sidebar'
import { toggleSidebar, useSidebar } from './sidebar-state'
import { StatusBar } from './StatusBar'
import { TopBar } from './TopBar'

interface FrameProps {
  /** Libraries and collections; stands in the sidebar or, in narrow windows, in a drawer. */
  sidebar: ReactNode
  children: ReactNode
}

/** What stands around a page: sidebar, top bar, status bar, and on phones the bar at the bottom. */
export function Frame({ sidebar, children }: FrameProps) {
  const width = useWidth()
  const { folded } = useSidebar()
  const path = useRouterState({ select: (state) => state.location.pathname })
  return (
    <>
      <div className={classes.frame}>
        <a href="#page" className={classes.skip}>
          {texts.library}
        </a>
        {width === 'wide' && !folded && <Sidebar label={texts.librariesNav}>{sidebar}</Sidebar>}
        {width === 'wide' && folded && <Rail onExpand={toggleSidebar} />}
        {width === 'medium' && <Rail onExpand={() => openOverlay('drawer')} />}
        {(width === 'narrow' || width === 'phone') && <span hidden />}
        <div className={classes.main}>
          <TopBar />
          <ConnectionLine />
          <main id="page" className={classes.page} tabIndex={-1}>
            {children}
          </main>
          <StatusBar always />
          {width === 'phone' && <PhoneBar inLibrary={path.startsWith('/libraries')} />}
        </div>
      </div>
      {width !== 'wide' && <Drawer path={path}>{sidebar}</Drawer>}
    </>
  )
}

/** The sidebar of narrow windows; closes when a page was chosen. */
function Drawer({ path, children }: { path: string; children: ReactNode }) {
  const open = useOverlay() === 'drawer'
  useEffect(closeOverlay, [path])
  return (
    <Sheet side="left" opened={open} onClose={closeOverlay} label={texts.librariesNav}>
      <DrawerSidebar label={texts.librariesNav} onClose={closeOverlay}>
        {children}
      </DrawerSidebar>
    </Sheet>
  )
}
