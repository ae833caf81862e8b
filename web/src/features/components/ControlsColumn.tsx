import {
  IconAlertCircle,
  IconCircleCheck,
  IconCircleX,
  IconCopy,
  IconFilter,
  IconFolderPlus,
  IconHelpHexagon,
  IconHighlight,
  IconLink,
  IconQuote,
  IconTag,
  IconTrash,
} from '@tabler/icons-react'
import { useState } from 'react'
import { Badge } from '../../ui/Badge'
import type { ButtonVariant } from '../../ui/Button'
import { Button } from '../../ui/Button'
import { CheckBox, RadioGroup, SwitchField } from '../../ui/Check'
import { AddTag, Chip, FilterChip, Tag } from '../../ui/Chip'
import { DoubtValue } from '../../ui/DoubtValue'
import { PasswordField, SelectField, TextField } from '../../ui/Field'
import { IconButton } from '../../ui/IconButton'
import { KeyHint } from '../../ui/KeyHint'
import { Segmented, Tabs } from '../../ui/Segmented'
import { SelectionBar } from '../../ui/SelectionBar'
import classes from './ComponentsPage.module.css'
import { Section } from './Section'

const rows: readonly { name: string; variant: ButtonVariant; word: string }[] = [
  { name: 'Primary', variant: 'filled', word: 'Add' },
  { name: 'Default', variant: 'default', word: 'Cite' },
  { name: 'Subtle', variant: 'subtle', word: 'Skip' },
]
const reason = 'Choose a paper first'
const nothing = () => undefined

export function ControlsColumn() {
  return (
    <div>
      <Section title="Buttons">
        <Buttons />
      </Section>
      <Section title="Fields">
        <Fields />
      </Section>
      <Section title="Chips, tags, badges, keys">
        <Marks />
      </Section>
      <Section title="Selection bar">
        <SelectionBar
          count={3}
          onClear={nothing}
          end={<IconButton label="Move to Trash" icon={<IconTrash size={16} stroke={1.6} />} shortcut="Delete" />}
        >
          <Button variant="subtle" size="sm" icon={<IconQuote size={14} stroke={1.6} />}>
            Cite
          </Button>
          <Button variant="subtle" size="sm" icon={<IconTag size={14} stroke={1.6} />}>
            Tag
          </Button>
          <Button variant="subtle" size="sm" icon={<IconFolderPlus size={14} stroke={1.6} />}>
            Collection
          </Button>
        </SelectionBar>
      </Section>
    </div>
  )
}

function Buttons() {
  return (
    <>
      <div className={classes.buttons}>
        {['', 'Rest', 'Hover', 'Focus', 'Off'].map((head) => (
          <span key={head} className={classes.quiet}>
            {head}
          </span>
        ))}
        {rows.map(({ name, variant, word }) => (
          <ButtonRow key={name} name={name} variant={variant} word={word} />
        ))}
        <span className={classes.quiet}>Danger</span>
        <Button variant="danger">Revoke</Button>
        <Button variant="danger" data-show="hover">
          Revoke
        </Button>
        <Button variant="danger-filled">Delete</Button>
        <Button variant="filled" busy="Saving">
          Save
        </Button>
      </div>
      <div className={classes.line}>
        <Button size="xs">24</Button>
        <Button size="sm">28</Button>
        <Button>32</Button>
        <Button size="lg">36</Button>
        <IconButton label="Link" icon={<IconLink size={16} stroke={1.6} />} />
        <IconButton label="Link, hovered" data-show="hover" icon={<IconLink size={16} stroke={1.6} />} />
        <IconButton label="Highlight" pressed icon={<IconHighlight size={16} stroke={1.6} />} shortcut="H" />
        <IconButton label="Link, focused" data-show="focus" icon={<IconLink size={16} stroke={1.6} />} />
        <IconButton label="Link" disabledReason={reason} icon={<IconLink size={16} stroke={1.6} />} />
      </div>
    </>
  )
}

function ButtonRow({ name, variant, word }: { name: string; variant: ButtonVariant; word: string }) {
  return (
    <>
      <span className={classes.quiet}>{name}</span>
      <Button variant={variant}>{word}</Button>
      <Button variant={variant} data-show="hover">
        {word}
      </Button>
      <Button variant={variant} data-show="focus">
        {word}
      </Button>
      <Button variant={variant} disabledReason={reason}>
        {word}
      </Button>
    </>
  )
}

function Fields() {
  const [role, setRole] = useState<'editor' | 'reader'>('editor')
  const [on, setOn] = useState(true)
  const [off, setOff] = useState(false)
  const [which, setWhich] = useState<'one' | 'other'>('one')
  const [kind, setKind] = useState<'all' | 'papers' | 'notes'>('all')
  const [tab, setTab] = useState<'details' | 'notes'>('details')
  return (
    <>
      <div className={classes.two}>
        <TextField label="Rest" defaultValue="CVPR" />
        <PasswordField label="Password" defaultValue="correct horse" hint="At least 10 characters." />
        <TextField label="Error" defaultValue="10.1109/CVPR" error="This DOI has no second part." />
        <div>
          Doubtful
          <DoubtValue value="2016" because="PDF says 2015" onConfirm={nothing} onEdit={nothing} />
        </div>
        <SelectField
          label="Role"
          value={role}
          onChange={setRole}
          options={[
            { value: 'reader', label: 'Reader' },
            { value: 'editor', label: 'Editor' },
          ]}
        />
        <TextField label="Small" small quiet icon={<IconFilter size={14} stroke={1.6} />} placeholder="Filter" />
      </div>
      <div className={classes.line}>
        <CheckBox label="On" checked={on} onChange={setOn} />
        <CheckBox label="Off" checked={off} onChange={setOff} />
        <RadioGroup
          label="Which"
          labelHidden
          value={which}
          onChange={setWhich}
          options={[
            { value: 'one', label: 'One' },
            { value: 'other', label: 'Other' },
          ]}
        />
        <SwitchField label="On" checked={on} onChange={setOn} />
        <SwitchField label="Off" checked={off} onChange={setOff} />
      </div>
      <div className={classes.line}>
        <Segmented
          label="Kind"
          value={kind}
          onChange={setKind}
          choices={[
            { value: 'all', label: 'All' },
            { value: 'papers', label: 'Papers' },
            { value: 'notes', label: 'Notes' },
          ]}
        />
        <Tabs
          label="Part"
          panel="part"
          value={tab}
          onChange={setTab}
          choices={[
            { value: 'details', label: 'Details' },
            { value: 'notes', label: 'Notes', count: 23 },
          ]}
        />
      </div>
      <div id={`part-${tab}`} role="tabpanel" aria-labelledby={`part-${tab}-tab`} />
    </>
  )
}

function Marks() {
  return (
    <>
      <div className={classes.line}>
        <Chip icon={<IconFilter size={14} stroke={1.6} />}>Filter</Chip>
        <FilterChip label="Year" value="2012–2022" onEdit={nothing} onRemove={nothing} />
        <Chip dashed>+ Filter</Chip>
        <Tag name="seminal" color="pink" />
        <AddTag>Tag</AddTag>
      </div>
      <div className={classes.line}>
        <Badge>12</Badge>
        <Badge tone="accent">You</Badge>
        <Badge tone="ok" icon={<IconCircleCheck size={12} stroke={1.6} />}>
          Verified
        </Badge>
        <Badge tone="warn" icon={<IconHelpHexagon size={12} stroke={1.6} />}>
          Doubtful
        </Badge>
        <Badge tone="err" icon={<IconCircleX size={12} stroke={1.6} />}>
          Damaged
        </Badge>
        <Badge tone="info" icon={<IconCopy size={12} stroke={1.6} />}>
          Duplicate
        </Badge>
        <Badge icon={<IconAlertCircle size={12} stroke={1.6} />}>Note</Badge>
      </div>
      <div className={classes.line}>
        <KeyHint keys="Mod+K" />
        <span className={classes.quiet}>together</span>
        <KeyHint keys="G L" />
        <span className={classes.quiet}>in turn</span>
        <KeyHint keys="J / K" />
        <span className={classes.quiet}>either</span>
      </div>
    </>
  )
}
