import { Link } from '@tanstack/react-router'
import { IconBooks, IconMenu2, IconSearch, IconUser } from '@tabler/icons-react'
import { shellTexts as texts } from '../texts/shell'
import classes from './Frame.module.css'
import { openOverlay } from './overlays'

/** The four places of a phone, at the bottom. */
export function PhoneBar({ inLibrary }: { inLibrary: boolean }) {
  return (
    <nav className={classes.phoneBar} aria-label={texts.menu}>
      <Link to="/" className={classes.phoneTab} aria-current={inLibrary ? 'page' : undefined}>
        <IconBooks size={22} stroke={1.6} aria-hidden="true" />
        {texts.library}
      </Link>
      <Link to="/search" className={classes.phoneTab}>
        <IconSearch size={22} stroke={1.6} aria-hidden="true" />
        {texts.search}
      </Link>
      <button type="button" className={classes.phoneTab} onClick={() => openOverlay('drawer')}>
        <IconMenu2 size={22} stroke={1.6} aria-hidden="true" />
        {texts.menu}
      </button>
      <Link to="/account" className={classes.phoneTab}>
        <IconUser size={22} stroke={1.6} aria-hidden="true" />
        {texts.me}
      </Link>
    </nav>
  )
}
