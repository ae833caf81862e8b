// Settling what is doubtful, and what two people changed.
import { namesFromText } from '../../lib/creators'
import type { Clash } from '../../lib/item-merge'
import { libraryTexts as t } from '../../texts/library'
import { ClashField } from './Clash'
import type { Paper } from './model'
import type { ItemEditor } from './use-item-editor'

/** Saves the present value by hand: a machine never overwrites it again. */
export function confirm(paper: Paper, editor: ItemEditor, field: string): void {
  const what = t.fieldName(field)
  if (field === 'creators') editor.save({ creators: paper.creators }, what)
  else if (field === 'item_type') editor.save({ item_type: paper.item_type }, what)
  else editor.save({ fields: { [field]: paper.fields[field] ?? null } }, what)
}

/** The place of a clash; what is chosen is saved on top of the other's change. */
export function Settled({ clash, editor }: { clash: Clash; editor: ItemEditor }) {
  const patchOf = (value: string | null) => {
    if (value === null) return {}
    if (clash.field === 'creators') return { creators: namesFromText(value.replaceAll(', ', ';'), 'author') }
    if (clash.field === 'item_type') return { item_type: value }
    return { fields: { [clash.field]: value === '' ? null : value } }
  }
  return <ClashField clash={clash} rival={editor.rival} onSettle={(value) => editor.settle(clash, patchOf(value))} />
}
