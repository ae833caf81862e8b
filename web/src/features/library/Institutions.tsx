import { useQuery } from '@tanstack/react-query'
import { asReadQuery } from '../../api/queries'
import { institutionsOf } from '../../lib/as-read'
import { libraryTexts as t } from '../../texts/library'
import { referenceTexts } from '../../texts/references'
import { OutwardLink } from '../../ui/OutwardLink'
import classes from './Details.module.css'
import type { Paper } from './model'

/** Where the authors work and how to reach them, as their paper prints it; closed until asked for. */
export function Institutions({ library, paper }: { library: number; paper: Paper }) {
  const { data: read } = useQuery(asReadQuery(library, paper.key, paper.file?.state ?? 'other'))
  const people = read?.people ?? []
  if (people.length === 0) return null
  const [first, ...others] = institutionsOf(people)
  return (
    <details className={classes.institutions}>
      <summary>
        <span>{first ?? t.howToReach}</span>
        {others.length > 0 && <span className={classes.moreInstitutions}>{t.moreInstitutions(others.length)}</span>}
      </summary>
      <ul>
        {people.map((person, index) => (
          // Two authors may bear the same name.
          <li key={`${index} ${person.name}`}>
            <b>{person.name}</b>
            {person.affiliations.map((affiliation) => (
              <span key={affiliation}>{affiliation}</span>
            ))}
            {typeof person.email === 'string' && <a href={`mailto:${person.email}`}>{person.email}</a>}
            {typeof person.orcid === 'string' && (
              <OutwardLink
                href={`https://orcid.org/${person.orcid}`}
                words={`ORCID ${person.orcid}`}
                newTab={referenceTexts.newTab}
              />
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}
