import { IconEqual } from '@tabler/icons-react'
import { useState } from 'react'
import { type AsRead, compare, type Compared, takenFrom } from '../../lib/as-read'
import { isEmptyPatch, type ItemPatch, wordsOnlyIn } from '../../lib/item-merge'
import { libraryTexts as t } from '../../texts/library'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import classes from './Compare.module.css'
import type { Paper } from './model'

interface CompareDialogProps {
  paper: Paper
  read: AsRead
  onTake: (patch: ItemPatch) => void
  onClose: () => void
}

/** What the paper says here and what its PDF says, side by side; what somebody typed stays until they choose otherwise. */
export default function CompareDialog({ paper, read, onTake, onClose }: CompareDialogProps) {
  const rows = compare(paper, read)
  const different = rows.filter((row) => !row.isEqual)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const choose = (field: string, fromPdf: boolean) => {
    const next = new Set(chosen)
    if (fromPdf) next.add(field)
    else next.delete(field)
    setChosen(next)
  }
  const patch = takenFrom(read, chosen)
  const save = () => {
    if (!isEmptyPatch(patch)) onTake(patch)
    onClose()
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      width={960}
      title={t.compareTitle}
      note={t.compareNote}
      footer={
        <>
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button variant="filled" disabledReason={isEmptyPatch(patch) ? t.nothingChosen : undefined} onClick={save}>
            {t.takeChosen(chosen.size)}
          </Button>
        </>
      }
    >
      <div className={classes.table}>
        <div className={classes.row}>
          <span className={classes.label} />
          <Head words={t.here} onAll={() => setChosen(new Set())} />
          <Head words={t.inPdf} onAll={() => setChosen(new Set(different.map((row) => row.field)))} />
        </div>
        {rows.map((row) =>
          row.isEqual ? (
            <div key={row.field} className={classes.row}>
              <span className={classes.label}>{t.fieldName(row.field)}</span>
              <span className={classes.same}>
                <IconEqual size={16} stroke={1.6} aria-label={t.sameValue} />
                <span>{shown(row.field, row.here)}</span>
              </span>
            </div>
          ) : (
            <Choice key={row.field} row={row} fromPdf={chosen.has(row.field)} onChoose={(pdf) => choose(row.field, pdf)} />
          ),
        )}
      </div>
    </Dialog>
  )
}

function Head({ words, onAll }: { words: string; onAll: () => void }) {
  return (
    <span className={classes.head}>
      <b>{words}</b>
      <button type="button" onClick={onAll}>
        {t.allFromHere}
      </button>
    </span>
  )
}

interface ChoiceProps {
  row: Compared
  fromPdf: boolean
  onChoose: (fromPdf: boolean) => void
}

function Choice({ row, fromPdf, onChoose }: ChoiceProps) {
  const name = t.fieldName(row.field)
  const [here, read] = [shown(row.field, row.here), shown(row.field, row.read)]
  return (
    <div className={classes.row} role="radiogroup" aria-label={name}>
      <span className={classes.label}>{name}</span>
      <label className={classes.pick} data-on={!fromPdf || undefined}>
        <input type="radio" name={`compare ${row.field}`} checked={!fromPdf} onChange={() => onChoose(false)} />
        <span>{here === '' ? t.none : <Words text={here} other={read} />}</span>
      </label>
      <label className={classes.pick} data-on={fromPdf || undefined}>
        <input type="radio" name={`compare ${row.field}`} checked={fromPdf} onChange={() => onChoose(true)} />
        <span>
          <span>
            <Words text={read} other={here} />
          </span>
          <small>{t.sure(row.confidence)}</small>
        </span>
      </label>
    </div>
  )
}

function Words({ text, other }: { text: string; other: string }) {
  return wordsOnlyIn(text, other).map((run, index) =>
    run.only && run.text.trim() !== '' ? <ins key={index}>{run.text}</ins> : run.text,
  )
}

function shown(field: string, value: string): string {
  return field === 'item_type' ? t.typeName(value) : value
}
