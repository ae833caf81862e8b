import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { uiTexts } from '../texts/ui'
import classes from './Dialog.module.css'

export interface DialogProps {
  opened: boolean
  onClose: () => void
  title: string
  /** Most are 640; identifiers 960, the key sheet 1040, a short question 480. */
  width?: 480 | 640 | 720 | 960 | 1040
  /** Buttons at the foot, the main act last. */
  footer?: ReactNode
  /** A quiet line at the left of the foot. */
  note?: ReactNode
  children: ReactNode
}

/** For choices that need the whole mind. Closes by Escape and gives the focus back; a full sheet on phones. */
export function Dialog({ opened, onClose, title, width = 640, footer, note, children }: DialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={width}
      radius="xl"
      transitionProps={{ duration: 200, transition: 'fade' }}
      closeButtonProps={{ 'aria-label': uiTexts.close }}
      classNames={{
        content: classes.content,
        inner: classes.inner,
        overlay: classes.overlay,
        header: classes.header,
        title: classes.title,
        close: classes.close,
        body: classes.body,
      }}
    >
      <div className={classes.scroll}>{children}</div>
      {footer !== undefined && (
        <div className={classes.footer}>
          {note !== undefined && <div className={classes.aside}>{note}</div>}
          {footer}
        </div>
      )}
    </Modal>
  )
}
