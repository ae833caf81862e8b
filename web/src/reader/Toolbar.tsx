import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowLeft,
  IconCheck,
  IconChevronDown,
  IconChevronUp,
  IconDots,
  IconDownload,
  IconLayoutSidebar,
  IconMinus,
  IconPlus,
  IconPrinter,
  IconRotateClockwise,
  IconSearch,
  IconTypography,
} from '@tabler/icons-react'
import { Button } from '../ui/Button'
import { IconButton } from '../ui/IconButton'
import { Menu, type MenuEntry } from '../ui/Menu'
import { readerTexts } from '../texts/reader'
import { APPEARANCES } from './appearance'
import type { Zoom } from './host'
import { PageField } from './PageField'
import classes from './Reader.module.css'
import type { Tools } from './tools'

/** The bar above the pages. Rare tools fold into a menu where there is no room. */
export function Toolbar(tools: Tools) {
  const { acts, title, isPanelOpen, isFinding } = tools
  return (
    <header className={classes.bar}>
      <IconButton
        label={readerTexts.back}
        shortcut="Escape"
        icon={<IconArrowLeft size={18} stroke={1.6} />}
        onClick={tools.close}
      />
      <IconButton
        label={readerTexts.panel}
        shortcut="["
        pressed={isPanelOpen}
        className={classes.opener}
        icon={<IconLayoutSidebar size={18} stroke={1.6} />}
        onClick={acts.togglePanel}
      />
      <h1 className={classes.title} title={title}>
        {title}
      </h1>
      <span className={classes.grow} />
      <StepButtons {...tools} />
      <div className={classes.group}>
        <IconButton
          label={readerTexts.previousPage}
          shortcut="ArrowLeft"
          icon={<IconChevronUp size={16} stroke={1.6} />}
          onClick={() => acts.turnPage(-1)}
        />
        <PageField pages={tools.pages} page={tools.page} fieldRef={tools.pageField} onGo={tools.goTo} />
        <IconButton
          label={readerTexts.nextPage}
          shortcut="ArrowRight"
          icon={<IconChevronDown size={16} stroke={1.6} />}
          onClick={() => acts.turnPage(1)}
        />
      </div>
      <span className={classes.rule} />
      <div className={classes.group}>
        <IconButton
          label={readerTexts.zoomOut}
          shortcut="Minus"
          icon={<IconMinus size={16} stroke={1.6} />}
          onClick={acts.zoomOut}
        />
        <ZoomMenu {...tools} />
        <IconButton
          label={readerTexts.zoomIn}
          shortcut="Plus"
          icon={<IconPlus size={16} stroke={1.6} />}
          onClick={acts.zoomIn}
        />
      </div>
      <span className={classes.rule} />
      <IconButton
        label={readerTexts.find}
        shortcut="Mod+F"
        pressed={isFinding}
        icon={<IconSearch size={18} stroke={1.6} />}
        onClick={acts.openFind}
      />
      <span className={classes.grow} />
      <AppearanceMenu {...tools} />
      <span className={classes.wideOnly}>
        <IconButton
          label={readerTexts.rotateRight}
          icon={<IconRotateClockwise size={18} stroke={1.6} />}
          onClick={() => acts.rotate(90)}
        />
        <IconButton
          label={readerTexts.print}
          shortcut="Mod+P"
          icon={<IconPrinter size={18} stroke={1.6} />}
          onClick={acts.print}
        />
        <IconButton
          label={readerTexts.download}
          icon={<IconDownload size={18} stroke={1.6} />}
          onClick={acts.download}
        />
      </span>
      <span className={classes.narrowOnly}>
        <Menu entries={moreEntries(tools)} width={220}>
          <IconButton label={readerTexts.more} icon={<IconDots size={18} stroke={1.6} />} />
        </Menu>
      </span>
    </header>
  )
}

/** Shown only after a jump, so that one can come back. */
export function StepButtons({ acts }: Pick<Tools, 'acts'>) {
  if (acts.stepBack === null && acts.stepForward === null) return null
  return (
    <div className={classes.group}>
      <IconButton
        label={readerTexts.stepBack}
        shortcut="Alt+ArrowLeft"
        disabledReason={acts.stepBack === null ? readerTexts.noStepBack : undefined}
        icon={<IconArrowBackUp size={18} stroke={1.6} />}
        onClick={() => acts.stepBack?.()}
      />
      {acts.stepForward !== null && (
        <IconButton
          label={readerTexts.stepForward}
          shortcut="Alt+ArrowRight"
          icon={<IconArrowForwardUp size={18} stroke={1.6} />}
          onClick={() => acts.stepForward?.()}
        />
      )}
      <span className={classes.rule} />
    </div>
  )
}

const FACTORS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3]

function ZoomMenu({ acts, zoom, factor }: Tools) {
  const entry = (value: Zoom, label: string, shortcut?: string): MenuEntry => ({
    label,
    shortcut,
    icon: <Tick on={zoom === value} />,
    onSelect: () => acts.zoomTo(value),
  })
  const entries: MenuEntry[] = [
    entry('width', readerTexts.fitWidth, '0'),
    entry('page', readerTexts.fitPage),
    'rule',
    ...FACTORS.map((value) => entry(value, readerTexts.percent(value))),
  ]
  return (
    <Menu entries={entries} align="start" width={180}>
      <Button
        variant="subtle"
        size="xs"
        className={classes.zoom}
        aria-label={`${readerTexts.zoomLevel}: ${zoomName(zoom, factor)}`}
      >
        {zoomName(zoom, factor)}
      </Button>
    </Menu>
  )
}

export function zoomName(zoom: Zoom, factor: number): string {
  switch (zoom) {
    case 'width':
      return readerTexts.fitWidth
    case 'page':
      return readerTexts.fitPage
    case 'text':
      return readerTexts.fitText
    case 'column':
      return readerTexts.fitColumn
    default:
      return readerTexts.percent(factor)
  }
}

function AppearanceMenu({ appearance }: Tools) {
  const entries: MenuEntry[] = [{ heading: readerTexts.appearance }, ...appearanceEntries(appearance)]
  return (
    <Menu entries={entries} width={180}>
      <IconButton label={readerTexts.appearance} icon={<IconTypography size={18} stroke={1.6} />} />
    </Menu>
  )
}

export function appearanceEntries({ shown, choose }: Tools['appearance']): MenuEntry[] {
  return APPEARANCES.map((value) => ({
    label: readerTexts[value],
    icon: <Tick on={shown === value} />,
    onSelect: () => choose(value),
  }))
}

export function moreEntries({ acts }: Pick<Tools, 'acts'>): MenuEntry[] {
  return [
    {
      label: readerTexts.rotateRight,
      icon: <IconRotateClockwise size={16} stroke={1.6} />,
      onSelect: () => acts.rotate(90),
    },
    {
      label: readerTexts.print,
      shortcut: 'Mod+P',
      icon: <IconPrinter size={16} stroke={1.6} />,
      onSelect: acts.print,
    },
    { label: readerTexts.download, icon: <IconDownload size={16} stroke={1.6} />, onSelect: acts.download },
  ]
}

function Tick({ on }: { on: boolean }) {
  return on ? <IconCheck size={16} stroke={1.6} /> : <span className={classes.noTick} />
}
