import { IconExternalLink } from '@tabler/icons-react'
import classes from './OutwardLink.module.css'

interface OutwardLinkProps {
  href: string
  /** The identifier or address as it is shown. */
  words: string
  /** Says that it opens in a tab of its own. */
  newTab: string
}

/** A link to a work's place elsewhere: a DOI, an arXiv id, an address. */
export function OutwardLink({ href, words, newTab }: OutwardLinkProps) {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" className={classes.link} title={newTab}>
      <span>{words}</span>
      <IconExternalLink size={12} stroke={1.6} aria-label={newTab} />
    </a>
  )
}
