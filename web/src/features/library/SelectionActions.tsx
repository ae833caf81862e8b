import { useQuery } from '@tanstack/react-query'
import { IconFolderMinus, IconFolderPlus, IconTag, IconTrash, IconTrashOff } from '@tabler/icons-react'
import { useState } from 'react'
import { collectionsQuery } from '../../api/queries'
import { pathOf } from '../../lib/collection-tree'
import type { Selection } from '../../lib/selection'
import { libraryTexts as t } from '../../texts/library'
import { Button } from '../../ui/Button'
import { Menu } from '../../ui/Menu'
import { SelectionBar } from '../../ui/SelectionBar'
import classes from './LibraryPage.module.css'
import type { LibrarySearch } from './search-state'
import { TagField } from './TagsEditor'
import type { SelectionActs } from './use-selection-acts'

interface SelectionActionsProps {
  library: number
  selection: Selection
  count: number
  search: LibrarySearch
  canEdit: boolean
  acts: SelectionActs
  onClear: () => void
  /** The chosen papers have left the list. */
  onDone: () => void
}

/** What can be done to two papers or more. */
export function SelectionActions({
  library,
  selection,
  count,
  search,
  canEdit,
  acts,
  onClear,
  onDone,
}: SelectionActionsProps) {
  const { data: collections = [] } = useQuery(collectionsQuery(library))
  const [tagging, setTagging] = useState(false)
  const here = collections.find((collection) => collection.key === search.collection)
  const entries = collections
    .filter((collection) => collection.key !== search.collection)
    .map((collection) => ({
      label: pathOf(collections, collection.key)
        .map((step) => step.name)
        .join(' / '),
      onSelect: () => void acts.file(selection, collection),
    }))
  const reason = canEdit ? undefined : t.readOnly
  const leave = (act: Promise<void>) => {
    onDone()
    void act
  }
  return (
    <div className={classes.selection}>
      <SelectionBar count={count} onClear={onClear}>
        {search.trash === true ? (
          <Button
            size="sm"
            variant="subtle"
            disabledReason={reason}
            icon={<IconTrashOff size={16} stroke={1.6} />}
            onClick={() => leave(acts.restore(selection))}
          >
            {t.selectionRestore}
          </Button>
        ) : (
          <>
            {tagging ? (
              <TagField
                library={library}
                known={[]}
                onDone={(tag, again) => {
                  if (!again) setTagging(false)
                  if (tag !== null) void acts.tag(selection, tag)
                }}
              />
            ) : (
              <Button
                size="sm"
                variant="subtle"
                disabledReason={reason}
                icon={<IconTag size={16} stroke={1.6} />}
                onClick={() => setTagging(true)}
              >
                {t.selectionTag}
              </Button>
            )}
            {entries.length > 0 && (
              <Menu align="start" entries={entries}>
                <Button
                  size="sm"
                  variant="subtle"
                  disabledReason={reason}
                  icon={<IconFolderPlus size={16} stroke={1.6} />}
                >
                  {t.selectionCollection}
                </Button>
              </Menu>
            )}
            {here !== undefined && (
              <Button
                size="sm"
                variant="subtle"
                disabledReason={reason}
                icon={<IconFolderMinus size={16} stroke={1.6} />}
                onClick={() => leave(acts.takeOut(selection, here))}
              >
                {t.selectionTakeOut}
              </Button>
            )}
            <Button
              size="sm"
              variant="subtle"
              disabledReason={reason}
              icon={<IconTrash size={16} stroke={1.6} />}
              onClick={() => leave(acts.trash(selection))}
            >
              {t.selectionTrash}
            </Button>
          </>
        )}
      </SelectionBar>
    </div>
  )
}
