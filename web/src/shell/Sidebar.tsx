import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import {
  IconBooks,
  IconKeyboard,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconSearch,
  IconSettings,
  IconX,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { sessionQuery } from '../api/queries'
import { shellTexts as texts } from '../texts/shell'
import { Avatar } from '../ui/Avatar'
import { Badge } from '../ui/Badge'
import { cx } from '../ui/classes'
import { IconButton } from '../ui/IconButton'
import { Logo } from '../ui/Logo'
import { Tip } from '../ui/Tip'
import { openOverlay } from './overlays'
import classes from './Sidebar.module.css'
import { SidebarHandle } from './SidebarHandle'
import { toggleSidebar, useSidebar } from './sidebar-state'

interface SidebarProps {
  /** Name of the navigation, for screen readers. */
  label: string
  head?: ReactNode
  children: ReactNode
  foot?: ReactNode
}

/** The wide sidebar: head, what the page gives, the person at the foot. */
export function Sidebar({ label, head, children, foot }: SidebarProps) {
  const { width } = useSidebar()
  return (
    <nav className={classes.sidebar} style={{ width }} aria-label={label}>
      {head ?? (
        <SidebarHead
          action={
            <IconButton
              size="sm"
              label={texts.hideSidebar}
              shortcut="["
              icon={<IconLayoutSidebarLeftCollapse size={16} stroke={1.6} />}
              onClick={toggleSidebar}
            />
          }
        />
      )}
      <div className={classes.scroll}>{children}</div>
      {foot ?? <SidebarFoot />}
      <SidebarHandle className={classes.handle!} />
    </nav>
  )
}

/** The same inside the drawer of narrow windows. */
export function DrawerSidebar({ label, head, children, onClose }: Omit<SidebarProps, 'foot'> & { onClose: () => void }) {
  return (
    <nav className={cx(classes.sidebar, classes.inDrawer)} aria-label={label}>
      {head ?? (
        <SidebarHead
          action={<IconButton label={texts.close} icon={<IconX size={20} stroke={1.6} />} onClick={onClose} />}
        />
      )}
      <div className={classes.scroll}>{children}</div>
      <SidebarFoot />
    </nav>
  )
}

function SidebarHead({ action }: { action: ReactNode }) {
  return (
    <div className={classes.head}>
      <Link to="/">
        <Logo />
        {texts.product}
      </Link>
      {action}
    </div>
  )
}

/** Who is signed in, and the way to the keys and the settings. */
export function SidebarFoot({ withRole = false }: { withRole?: boolean }) {
  const { data: session } = useQuery(sessionQuery())
  const name = session?.user.display_name ?? ''
  return (
    <div className={classes.foot}>
      <Link to="/account" className={classes.me}>
        <Avatar name={name} decorative />
        <span className={classes.name}>{name}</span>
      </Link>
      {withRole && session?.user.role === 'admin' && <Badge>{texts.administrator}</Badge>}
      {!withRole && (
        <>
          <IconButton
            label={texts.shortcuts}
            shortcut="?"
            icon={<IconKeyboard size={16} stroke={1.6} />}
            onClick={() => openOverlay('shortcuts')}
          />
          <Tip label={texts.settings}>
            <Link to="/account" className={classes.railItem} aria-label={texts.settings}>
              <IconSettings size={16} stroke={1.6} />
            </Link>
          </Tip>
        </>
      )}
    </div>
  )
}

/** The narrow sidebar: icons only. */
export function Rail({ onExpand }: { onExpand: () => void }) {
  const { data: session } = useQuery(sessionQuery())
  return (
    <nav className={classes.rail} aria-label={texts.librariesNav}>
      <Link to="/" aria-label={texts.product}>
        <Logo size={24} />
      </Link>
      <IconButton
        label={texts.showSidebar}
        shortcut="["
        icon={<IconLayoutSidebarLeftExpand size={18} stroke={1.6} />}
        className={classes.railItem}
        onClick={onExpand}
      />
      <RailLink to="/" label={texts.library} icon={<IconBooks size={18} stroke={1.6} />} />
      <RailLink to="/search" label={texts.search} icon={<IconSearch size={18} stroke={1.6} />} />
      <span className={classes.railGap} />
      <RailLink to="/account" label={texts.settings} icon={<IconSettings size={18} stroke={1.6} />} />
      <Avatar name={session?.user.display_name ?? ''} size={28} />
    </nav>
  )
}

function RailLink({ to, label, icon }: { to: '/' | '/search' | '/account'; label: string; icon: ReactNode }) {
  return (
    <Tip label={label} position="right">
      <Link to={to} className={classes.railItem} aria-label={label}>
        {icon}
      </Link>
    </Tip>
  )
}
