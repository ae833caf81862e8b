import {
  IconArrowLeft,
  IconChevronLeft,
  IconChevronRight,
  IconColumns1,
  IconDotsVertical,
  IconList,
  IconSearch,
} from '@tabler/icons-react'
import { IconButton } from '../ui/IconButton'
import { Menu } from '../ui/Menu'
import { readerTexts } from '../texts/reader'
import { PageField } from './PageField'
import classes from './Reader.module.css'
import type { Tools } from './tools'
import { appearanceEntries, moreEntries, StepButtons } from './Toolbar'

/** Above the pages on a phone: the way out, what is read, find. */
export function PhoneHead(tools: Tools) {
  const { acts, title, isFinding } = tools
  return (
    <header className={classes.bar}>
      <IconButton
        label={readerTexts.back}
        icon={<IconArrowLeft size={20} stroke={1.6} />}
        onClick={tools.close}
      />
      <h1 className={classes.title} title={title}>
        {title}
      </h1>
      <span className={classes.grow} />
      <IconButton
        label={readerTexts.find}
        pressed={isFinding}
        icon={<IconSearch size={20} stroke={1.6} />}
        onClick={acts.openFind}
      />
      <Menu
        width={240}
        entries={[
          ...moreEntries(tools),
          'rule',
          { heading: readerTexts.appearance },
          ...appearanceEntries(tools.appearance),
        ]}
      >
        <IconButton label={readerTexts.more} icon={<IconDotsVertical size={20} stroke={1.6} />} />
      </Menu>
    </header>
  )
}

/** Below the pages, at the thumb: panel, pages, fitting. */
export function PhoneBar(tools: Tools) {
  const { acts, zoom } = tools
  const isFitted = zoom === 'text' || zoom === 'column'
  return (
    <nav className={classes.phoneBar} aria-label={readerTexts.tools}>
      <IconButton
        label={readerTexts.panel}
        pressed={tools.isPanelOpen}
        icon={<IconList size={20} stroke={1.6} />}
        onClick={acts.togglePanel}
      />
      <StepButtons {...tools} />
      <IconButton
        label={readerTexts.previousPage}
        icon={<IconChevronLeft size={20} stroke={1.6} />}
        onClick={() => acts.turnPage(-1)}
      />
      <PageField pages={tools.pages} page={tools.page} fieldRef={tools.pageField} onGo={tools.goTo} />
      <IconButton
        label={readerTexts.nextPage}
        icon={<IconChevronRight size={20} stroke={1.6} />}
        onClick={() => acts.turnPage(1)}
      />
      <IconButton
        label={zoom === 'text' ? readerTexts.fitOther : readerTexts.fitText}
        pressed={isFitted}
        icon={<IconColumns1 size={20} stroke={1.6} />}
        onClick={acts.fitText}
      />
    </nav>
  )
}
