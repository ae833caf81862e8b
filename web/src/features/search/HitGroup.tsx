import { IconArrowRight, IconBook, IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import type { Passage, SearchHit } from '../../api/types'
import { shortName } from '../../lib/creators'
import { searchTexts } from '../../texts/search'
import { Arc } from '../../ui/Arc'
import { IconButton } from '../../ui/IconButton'
import { KeyHint } from '../../ui/KeyHint'
import { paperId, placeCount, snippetParts } from './hits'
import { PagePreview } from './PagePreview'
import classes from './SearchPage.module.css'
import type { MorePlaces } from './use-all-places'

interface HitGroupProps {
  hit: SearchHit
  isFolded: boolean
  currentId: string | null
  more: MorePlaces
  isPhone: boolean
  onFold: () => void
  onOpen: (passage: Passage | null) => void
  onChoose: (id: string) => void
}

/** A paper with its places. */
export function HitGroup(props: HitGroupProps) {
  const { hit, isFolded, currentId, more, isPhone, onFold, onOpen, onChoose } = props
  const id = paperId(hit)
  const left = hit.more_places ?? 0
  return (
    <section className={classes.group} aria-label={hit.title}>
      <header className={classes.groupHead}>
        <div className={classes.groupWords}>
          <h2 className={classes.groupTitle}>
            <button type="button" onClick={() => onOpen(null)}>
              {hit.title}
            </button>
          </h2>
          <div className={classes.groupMeta}>{metaOf(hit)}</div>
        </div>
        {placeCount(hit) > 0 && (
          <span className={classes.groupCount}>{searchTexts.places(placeCount(hit))}</span>
        )}
        {!isPhone && (
          <IconButton
            size="sm"
            label={isFolded ? searchTexts.unfold(hit.title) : searchTexts.fold(hit.title)}
            aria-expanded={!isFolded}
            icon={
              isFolded ? <IconChevronDown size={16} stroke={1.6} /> : <IconChevronUp size={16} stroke={1.6} />
            }
            onClick={onFold}
          />
        )}
      </header>
      {!isFolded && hit.passages.length === 0 && (
        <DetailsRow id={id} isCurrent={currentId === id} onOpen={() => onOpen(null)} onChoose={onChoose} />
      )}
      {!isFolded &&
        hit.passages.map((passage, index) => (
          <PassageRow
            key={index}
            id={`${id}/${index}`}
            hit={hit}
            passage={passage}
            isCurrent={currentId === `${id}/${index}`}
            isPhone={isPhone}
            onOpen={() => onOpen(passage)}
            onChoose={onChoose}
          />
        ))}
      {!isFolded && left > 0 && (
        <button type="button" className={classes.more} onClick={more.load}>
          {more.isLoading ? (
            <>
              <Arc size={14} /> {searchTexts.moreLoading}
            </>
          ) : (
            searchTexts.more(left)
          )}
        </button>
      )}
    </section>
  )
}

interface RowProps {
  id: string
  isCurrent: boolean
  onOpen: () => void
  onChoose: (id: string) => void
}

interface PassageRowProps extends RowProps {
  hit: SearchHit
  passage: Passage
  isPhone: boolean
}

function PassageRow({ id, hit, passage, isCurrent, isPhone, onOpen, onChoose }: PassageRowProps) {
  return (
    <button
      type="button"
      className={classes.place}
      data-stop={id}
      aria-current={isCurrent ? 'true' : undefined}
      onClick={onOpen}
      onFocus={() => onChoose(id)}
    >
      {!isPhone && <PagePreview library={hit.library} itemKey={hit.key} passage={passage} />}
      <span className={classes.placeWords}>
        <span className={classes.placeMeta}>
          <b>{searchTexts.page(passage.page_label)}</b>
          {passage.continues !== undefined && passage.continues.page !== passage.page && (
            <span>{searchTexts.goesOn(passage.continues.page_label)}</span>
          )}
          {!isPhone && passage.section !== undefined && <span>{passage.section}</span>}
        </span>
        <span className={classes.snippet}>
          {snippetParts(passage).map((part, index) =>
            part.isMarked ? <mark key={index}>{part.text}</mark> : <span key={index}>{part.text}</span>,
          )}
        </span>
      </span>
      {!isPhone && <OpenSign isCurrent={isCurrent} words={searchTexts.openAt(passage.page_label)} />}
    </button>
  )
}

function DetailsRow({ id, isCurrent, onOpen, onChoose }: RowProps) {
  return (
    <button
      type="button"
      className={classes.place}
      data-stop={id}
      aria-current={isCurrent ? 'true' : undefined}
      onClick={onOpen}
      onFocus={() => onChoose(id)}
    >
      <span className={classes.placeWords}>
        <span className={classes.placeMeta}>{searchTexts.inDetails}</span>
      </span>
      <OpenSign isCurrent={isCurrent} words={searchTexts.openPaper} />
    </button>
  )
}

function OpenSign({ isCurrent, words }: { isCurrent: boolean; words: string }) {
  if (!isCurrent)
    return <IconArrowRight className={classes.arrow} size={16} stroke={1.6} aria-hidden="true" />
  return (
    <span className={classes.open} aria-hidden="true">
      <span className={classes.openButton}>
        <IconBook size={14} stroke={1.6} />
        {words}
      </span>
      <KeyHint keys="Enter" />
    </span>
  )
}

/** Names, then where and when. */
function metaOf(hit: SearchHit): string {
  const names = hit.creators.map(shortName)
  const people = names.length > 4 ? `${names.slice(0, 3).join(', ')} et al.` : names.join(', ')
  const source = [hit.venue, hit.year]
    .filter((part) => part !== undefined && part !== null && part !== '')
    .join(' ')
  return [people, source].filter((part) => part !== '').join(' · ')
}
