import { searchTexts } from '../../texts/search'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { hasFilters, isQuoted, wantedWords, type SearchState } from './filters'
import classes from './SearchPage.module.css'

/** Before anything is asked: what can be. */
export function Start() {
  return (
    <div className={classes.column}>
      <EmptyState title={searchTexts.startTitle} small>
        {searchTexts.startBody}
        <dl className={classes.hints}>
          {searchTexts.hints.map(([typed, meaning]) => (
            <div key={typed}>
              <dt>
                <code>{typed}</code>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </EmptyState>
    </div>
  )
}

interface EmptyProps {
  state: SearchState
  onChange: (change: Partial<SearchState>) => void
}

/** Nothing found: what may help. */
export function Empty({ state, onChange }: EmptyProps) {
  const q = state.q ?? ''
  const others = { year: undefined, author: undefined }
  return (
    <div className={classes.column}>
      <EmptyState
        small
        title={searchTexts.none(wantedWords(q))}
        actions={
          <>
            {state.library !== undefined && (
              <Button onClick={() => onChange({ library: undefined })}>{searchTexts.searchAll}</Button>
            )}
            {hasFilters({ ...state, library: undefined }) && (
              <Button onClick={() => onChange(others)}>{searchTexts.clearFilters}</Button>
            )}
          </>
        }
      >
        {isQuoted(q) ? searchTexts.tryUnquoted : searchTexts.tryFewer}
      </EmptyState>
    </div>
  )
}
