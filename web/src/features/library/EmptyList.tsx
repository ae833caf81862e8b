import { IconFileUpload, IconFolderOpen } from '@tabler/icons-react'
import { requestUpload } from '../../lib/upload-requests'
import { libraryTexts as t } from '../../texts/library'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { KeyHint } from '../../ui/KeyHint'
import classes from './EmptyList.module.css'
import { isFiltered, type LibrarySearch, UNFILED } from './search-state'

interface EmptyListProps {
  search: LibrarySearch
  canAdd: boolean
  /** The group's name; none for a person's own library. */
  group: string | undefined
  onClearFilters: () => void
}

/** Why no paper is here, and what helps. */
export function EmptyList({ search, canAdd, group, onClearFilters }: EmptyListProps) {
  if (isFiltered(search)) {
    return (
      <div className={classes.small}>
        <EmptyState small title={t.nothingMatches} actions={<Button onClick={onClearFilters}>{t.clearFilters}</Button>}>
          {t.nothingMatchesHint}
        </EmptyState>
      </div>
    )
  }
  if (search.trash === true) return <Small title={t.emptyTrash} hint={t.emptyTrashHint} />
  if (search.collection === UNFILED) return <Small title={t.emptyUnfiled} hint={t.emptyUnfiledHint} />
  if (search.collection !== undefined) {
    return (
      <div className={classes.small}>
        <EmptyState
          small
          title={t.emptyCollection}
          actions={
            canAdd ? <Button onClick={() => requestUpload({ choose: 'files' })}>{t.chooseFiles}</Button> : undefined
          }
        >
          {t.emptyCollectionHint}
        </EmptyState>
      </div>
    )
  }
  return canAdd ? <EmptyLibrary group={group} /> : <Small title={t.emptyReadOnly} hint={t.emptyReadOnlyHint} />
}

function Small({ title, hint }: { title: string; hint: string }) {
  return (
    <div className={classes.small}>
      <EmptyState small title={title}>
        {hint}
      </EmptyState>
    </div>
  )
}

/** The first page that somebody sees: ways to bring papers, best one filled. */
function EmptyLibrary({ group }: { group: string | undefined }) {
  return (
    <div className={classes.page}>
      <div className={classes.column}>
        <Art />
        <h2 className={classes.title}>{group === undefined ? t.startsHere : t.groupStartsHere(group)}</h2>
        <p className={classes.lead}>{group === undefined ? t.startsHereHint : t.groupStartsHereHint}</p>
        <ul className={classes.ways}>
          <li>
            <span className={classes.sign}>
              <IconFileUpload size={18} stroke={1.6} aria-hidden="true" />
            </span>
            <div>
              <b>{t.dropPdfs}</b>
              <span>{t.dropPdfsHint}</span>
            </div>
            <Button variant="filled" onClick={() => requestUpload({ choose: 'files' })}>
              {t.chooseFiles}
            </Button>
            <KeyHint keys="U" />
          </li>
          <li>
            <span className={classes.sign}>
              <IconFolderOpen size={18} stroke={1.6} aria-hidden="true" />
            </span>
            <div>
              <b>{t.wholeFolder}</b>
              <span>{t.wholeFolderHint}</span>
            </div>
            <Button onClick={() => requestUpload({ choose: 'folder' })}>{t.chooseFolder}</Button>
          </li>
        </ul>
      </div>
    </div>
  )
}

/** Three sheets of paper, one line marked. */
function Art() {
  return (
    <svg className={classes.art} width="84" height="80" viewBox="0 0 84 80" aria-hidden="true">
      <rect x="4" y="12" width="50" height="62" rx="3" transform="rotate(-7 29 43)" className={classes.sheetBack} />
      <rect x="32" y="8" width="48" height="64" rx="3" transform="rotate(4 56 40)" className={classes.sheet} />
      <rect x="18" y="3" width="54" height="70" rx="3" className={classes.sheetFront} />
      <path d="M27 15h36M33 20h24" className={classes.heavy} />
      <path
        d="M25 30h17M25 35h17M25 40h17M25 45h17M25 50h17M25 55h17M48 30h17M48 35h17M48 50h17M48 55h17M48 60h17M25 60h17"
        className={classes.light}
      />
      <rect x="47" y="40" width="19" height="7" className={classes.marked} />
      <path d="M48 43.5h17" className={classes.heavy} />
    </svg>
  )
}
