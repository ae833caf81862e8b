import { Menu as MantineMenu } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'
import { cx } from './classes'
import { KeyHint } from './KeyHint'
import classes from './Menu.module.css'

export interface MenuAction {
  label: string
  /** 16 px. */
  icon?: ReactNode
  shortcut?: string
  danger?: boolean
  /** Why it cannot be done now; shown below the label. */
  disabledReason?: string
  onSelect: () => void
}

/** A rule between two groups, or a heading. */
export type MenuEntry = MenuAction | 'rule' | { heading: string }

interface MenuProps {
  entries: readonly MenuEntry[]
  /** The control that opens it. */
  children: ReactElement
  align?: 'start' | 'end'
  width?: number
}

export function Menu({ entries, children, align = 'end', width }: MenuProps) {
  return (
    <MantineMenu
      position={`bottom-${align}`}
      offset={4}
      width={width}
      returnFocus
      transitionProps={{ duration: 140, transition: 'fade' }}
      classNames={{
        dropdown: classes.dropdown,
        item: classes.item,
        itemSection: classes.section,
        divider: classes.divider,
        label: classes.label,
      }}
    >
      <MantineMenu.Target>{children}</MantineMenu.Target>
      <MantineMenu.Dropdown>
        {entries.map((entry, index) => (
          <Entry key={index} entry={entry} />
        ))}
      </MantineMenu.Dropdown>
    </MantineMenu>
  )
}

function Entry({ entry }: { entry: MenuEntry }) {
  if (entry === 'rule') return <MantineMenu.Divider />
  if ('heading' in entry) return <MantineMenu.Label>{entry.heading}</MantineMenu.Label>
  const off = entry.disabledReason !== undefined
  return (
    <MantineMenu.Item
      className={cx(entry.danger && classes.danger)}
      leftSection={entry.icon}
      rightSection={entry.shortcut === undefined ? undefined : <KeyHint keys={entry.shortcut} plain />}
      aria-disabled={off || undefined}
      closeMenuOnClick={!off}
      onClick={off ? undefined : entry.onSelect}
    >
      {entry.label}
      {off && <span className={classes.reason}>{entry.disabledReason}</span>}
    </MantineMenu.Item>
  )
}
