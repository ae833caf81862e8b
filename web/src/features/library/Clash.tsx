import { IconGitMerge } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { type Clash, wordsOnlyIn } from '../../lib/item-merge'
import { libraryTexts as t } from '../../texts/library'
import { Button } from '../../ui/Button'
import classes from './Clash.module.css'
import { InlineEditor } from './FieldRow'

interface ClashFieldProps {
  clash: Clash
  /** Who saved the other value; null where it is not known. */
  rival: string | null
  /** The chosen value; `null` keeps what somebody else saved. */
  onSettle: (value: string | null) => void
}

/** Both values of a field that two people changed, in the field's place. */
export function ClashField({ clash, rival, onSettle }: ClashFieldProps) {
  const [chosen, setChosen] = useState<'mine' | 'theirs'>('theirs')
  const [editing, setEditing] = useState(false)
  const name = useId()
  const isText = clash.field !== 'creators' && clash.field !== 'item_type'
  return (
    <div className={classes.clash} role="group" aria-label={t.fieldName(clash.field)}>
      <div className={classes.frame}>
        <p className={classes.head}>{t.changedMeanwhile(rival ?? t.somebody)}</p>
        <Choice
          name={name}
          checked={chosen === 'mine'}
          onChoose={() => setChosen('mine')}
          value={clash.mine}
          other={clash.theirs}
          note={t.yours}
        />
        <Choice
          name={name}
          checked={chosen === 'theirs'}
          onChoose={() => setChosen('theirs')}
          value={clash.theirs}
          other={clash.mine}
          note={t.theirs(rival)}
        />
        <p className={classes.before}>{t.before(clash.before)}</p>
      </div>
      {editing ? (
        <InlineEditor
          field={clash.field}
          label={t.fieldName(clash.field)}
          initial={`${clash.theirs} ${clash.mine}`.trim()}
          onDone={(value) => {
            setEditing(false)
            if (value !== null) onSettle(value)
          }}
        />
      ) : (
        <div className={classes.acts}>
          <Button size="sm" variant="filled" onClick={() => onSettle(chosen === 'mine' ? clash.mine : null)}>
            {t.saveThis}
          </Button>
          {isText && (
            <Button size="sm" variant="subtle" onClick={() => setEditing(true)}>
              {t.editBoth}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}

interface ChoiceProps {
  name: string
  checked: boolean
  onChoose: () => void
  value: string
  other: string
  note: string
}

function Choice({ name, checked, onChoose, value, other, note }: ChoiceProps) {
  return (
    <label className={classes.choice} data-on={checked || undefined}>
      <input type="radio" name={name} checked={checked} onChange={onChoose} />
      <span>
        <span>
          {value === ''
            ? t.none
            : wordsOnlyIn(value, other).map((run, index) =>
                run.only && run.text.trim() !== '' ? <ins key={index}>{run.text}</ins> : run.text,
              )}
        </span>
        <small>{note}</small>
      </span>
    </label>
  )
}

/** Says on top how many changes clash, and that the rest is saved. */
export function ClashNotice({ clashes, rival, tried }: { clashes: number; rival: string | null; tried: number }) {
  return (
    <div className={classes.notice} role="status">
      <IconGitMerge size={18} stroke={1.6} aria-hidden="true" />
      <div>
        <b>{t.savedFirst(rival ?? t.somebody, clashes, Math.max(tried, clashes))}</b>
        <span>
          {tried > clashes && `${t.savedRest} `}
          {t.nothingLost}
        </span>
      </div>
    </div>
  )
}
