import { IconMenu2, IconSearch } from '@tabler/icons-react'
import { shellTexts as texts } from '../texts/shell'
import { IconButton } from '../ui/IconButton'
import { KeyHint } from '../ui/KeyHint'
import { Slot } from '../ui/Slots'
import { useWidth } from '../ui/useWidth'
import { AddButton } from './AddButton'
import classes from './Frame.module.css'
import { openOverlay } from './overlays'
import { preloadPalette } from './Overlays'
import { PeopleHere } from './PeopleHere'

export function TopBar() {
  const width = useWidth()
  const menu = (
    <IconButton label={texts.menu} icon={<IconMenu2 size={20} stroke={1.6} />} onClick={() => openOverlay('drawer')} />
  )
  if (width === 'phone') {
    return (
      <header className={classes.top}>
        {menu}
        <Slot name="top-field" className={classes.topField} />
        <Slot name="phone-title" className={classes.phoneTitle} />
        <Slot name="top-end" className={classes.topEnd} />
        <IconButton
          label={texts.searchAndCommands}
          icon={<IconSearch size={22} stroke={1.6} />}
          onClick={() => openOverlay('palette')}
        />
        <AddButton />
      </header>
    )
  }
  return (
    <header className={classes.top}>
      {width === 'narrow' && menu}
      <Slot name="top-field" className={classes.topField} />
      <button
        type="button"
        className={classes.omni}
        aria-haspopup="dialog"
        onClick={() => openOverlay('palette')}
        onPointerEnter={preloadPalette}
        onFocus={preloadPalette}
      >
        <IconSearch size={16} stroke={1.6} aria-hidden="true" />
        <span className={classes.omniWords}>{texts.searchField}</span>
        <KeyHint keys="Mod+K" />
      </button>
      <span className={classes.gap} />
      <Slot name="top-end" className={classes.topEnd} />
      <PeopleHere />
      <AddButton />
    </header>
  )
}
