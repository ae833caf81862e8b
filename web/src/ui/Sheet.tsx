import { Drawer } from '@mantine/core'
import type { ReactNode } from 'react'
import { cx } from './classes'
import classes from './Dialog.module.css'

export interface SheetProps {
  opened: boolean
  onClose: () => void
  /** Read aloud; the sheet draws its own head. */
  label: string
  /** `left` is the drawer with the libraries, `right` slides over the list, `bottom` is for phones. */
  side?: 'left' | 'right' | 'bottom'
  /** Width, or height of a bottom sheet. */
  size?: number | string
  children: ReactNode
}

/** A panel over the page. Closes by Escape or a press outside. */
export function Sheet({ opened, onClose, label, side = 'right', size = side === 'left' ? 316 : 380, children }: SheetProps) {
  return (
    <Drawer.Root
      opened={opened}
      onClose={onClose}
      position={side}
      size={size}
      transitionProps={{ duration: 200 }}
      classNames={{
        content: cx(classes.sheet, side === 'left' && classes.drawer, side === 'bottom' && classes.bottom),
        overlay: classes.overlay,
        body: classes.sheetBody,
      }}
    >
      <Drawer.Overlay />
      <Drawer.Content aria-label={label}>
        <Drawer.Body>
          {side === 'bottom' && <div className={classes.grip} aria-hidden="true" />}
          {children}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  )
}
