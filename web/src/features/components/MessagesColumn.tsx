import { IconFolderPlus, IconQuote, IconTrash, IconUserCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { EmptyState } from '../../ui/EmptyState'
import { Figures } from '../../ui/Figures'
import { ListRow, ListRows } from '../../ui/ListRows'
import type { MenuEntry } from '../../ui/Menu'
import { Menu } from '../../ui/Menu'
import { Message } from '../../ui/Message'
import { ProgressBar } from '../../ui/ProgressBar'
import { Cell, Row } from '../../ui/Row'
import { Sheet } from '../../ui/Sheet'
import { SkeletonBar } from '../../ui/Skeleton'
import { ReadMark, StatusMark } from '../../ui/StatusMark'
import { TestResult } from '../../ui/TestResult'
import { ToastView } from '../../ui/Toast'
import { showToast } from '../../ui/toasts'
import classes from './ComponentsPage.module.css'
import { Section } from './Section'

const nothing = () => undefined
const trash = <IconTrash size={18} stroke={1.6} aria-hidden="true" />
const entries: readonly MenuEntry[] = [
  { label: 'Copy citation', icon: <IconQuote size={16} stroke={1.6} />, shortcut: 'C', onSelect: nothing },
  { label: 'Add to collection', icon: <IconFolderPlus size={16} stroke={1.6} />, shortcut: 'L', onSelect: nothing },
  {
    label: 'Ask someone to read',
    icon: <IconUserCheck size={16} stroke={1.6} />,
    shortcut: 'S',
    disabledReason: 'Nobody else is in this library',
    onSelect: nothing,
  },
  'rule',
  { label: 'Move to Trash', icon: <IconTrash size={16} stroke={1.6} />, danger: true, onSelect: nothing },
]

export function MessagesColumn() {
  return (
    <div>
      <Section title="Messages">
        <div className={classes.stack}>
          <Message tone="ok">Test mail accepted in 0.8 s.</Message>
          <Message tone="warn" title="7% free on the disk with the PDFs.">
            Full in about 5 weeks.
          </Message>
          <Message tone="err" title="The server does not answer.">
            Your last 2 notes are kept here and are sent when it is back.
          </Message>
          <Message tone="info">
            Jonas W. changed this title a minute ago. <a href="#both">Show both</a>
          </Message>
        </div>
      </Section>
      <Section title="Toast with undo">
        <ToastView toast={{ message: '3 papers moved to Trash', icon: trash, undo: nothing }} onUndo={nothing} />
      </Section>
      <Section title="Table row">
        <Rows />
      </Section>
      <Section title="Menu, dialog, sheet, progress">
        <Overlays />
      </Section>
      <Section title="Figures, list, test, empty">
        <div className={classes.stack}>
          <Figures
            figures={[
              { label: 'Working', value: 2, meaning: 'of 8 at a time' },
              { label: 'Waiting', value: 4, chosen: true, onChoose: nothing, meaning: 'oldest 2 s' },
              { label: 'Failed', value: 3, tone: 'err', meaning: 'need you' },
            ]}
          />
          <ListRows label="Jobs">
            <ListRow
              mark={<StatusMark status="failed" label="Failed" iconOnly size={18} />}
              name="Read PDF, lecture-scan-07.pdf"
              childrenTone="err"
              acts={<Button size="xs">Retry</Button>}
            >
              Locked with a password.
            </ListRow>
          </ListRows>
          <TestResult
            ok={false}
            verdict="Port 443 is closed on the way in."
            time="9:41"
            steps={[
              { name: 'Name resolves', state: 'ok', stateLabel: 'Passed' },
              {
                name: 'Port 443',
                state: 'failed',
                stateLabel: 'Failed',
                cause: 'On this machine, this opens it:',
                command: 'sudo ufw allow 443/tcp',
              },
            ]}
          />
          <EmptyState small title="No paper holds both words" actions={<Button>Clear filters</Button>}>
            Try without quotation marks.
          </EmptyState>
        </div>
      </Section>
    </div>
  )
}

function Rows() {
  return (
    <div className={classes.frame} role="grid" aria-label="Papers">
      <PaperRow part={0} title="A ConvNet for the 2020s" word="unread" />
      <PaperRow part={1} title="Mask R-CNN" word="hover" show="hover" />
      <PaperRow part={0.62} title="Deep Residual Learning" word="selected" selected />
      <PaperRow part={1} title="Attention Is All You Need" word="keyboard focus" show="focus" />
      <Row>
        <Cell width={44}>
          <SkeletonBar width={10} />
        </Cell>
        <Cell title>
          <SkeletonBar width={190} />
        </Cell>
        <Cell width={120}>
          <SkeletonBar width={56} />
        </Cell>
      </Row>
    </div>
  )
}

interface PaperRowProps {
  part: number
  title: string
  word: string
  selected?: boolean
  show?: 'hover' | 'focus'
}

function PaperRow({ part, title, word, selected, show }: PaperRowProps) {
  const state = part === 0 ? 'unread' : part === 1 ? 'read' : 'part'
  return (
    <Row selected={selected} read={state} data-show={show}>
      <Cell width={44}>
        <ReadMark part={part} label={state} />
      </Cell>
      <Cell title>{title}</Cell>
      <Cell width={120}>{word}</Cell>
    </Row>
  )
}

function Overlays() {
  const [open, setOpen] = useState<'dialog' | 'sheet' | null>(null)
  const close = () => setOpen(null)
  return (
    <>
      <div className={classes.line}>
        <Menu entries={entries} align="start">
          <Button>Menu</Button>
        </Menu>
        <Button onClick={() => setOpen('dialog')}>Dialog</Button>
        <Button onClick={() => setOpen('sheet')}>Sheet</Button>
        <Button onClick={() => showToast({ message: '3 papers moved to Trash', icon: trash, undo: nothing })}>Toast</Button>
      </div>
      <div className={classes.line}>
        <ProgressBar label="Reading page 7 of 12" value={0.58} />
        <span className={classes.quiet}>Reading page 7 of 12</span>
        <ProgressBar label="Done" value={1} tone="ok" />
        <ProgressBar
          label="84 of 100"
          size={8}
          value={[
            { value: 0.6, tone: 'ok' },
            { value: 0.05, tone: 'err' },
            { value: 0.07, tone: 'warn' },
            { value: 0.12 },
          ]}
        />
      </div>
      <Dialog
        opened={open === 'dialog'}
        onClose={close}
        title="New collection"
        width={480}
        footer={
          <>
            <Button variant="subtle" onClick={close}>
              Cancel
            </Button>
            <Button variant="filled" onClick={close}>
              Save
            </Button>
          </>
        }
      >
        A dialog asks for the whole mind.
      </Dialog>
      <Sheet opened={open === 'sheet'} onClose={close} label="Details">
        <EmptyState title="A sheet" actions={<Button onClick={close}>Close</Button>} />
      </Sheet>
    </>
  )
}
