import { describe, expect, it } from 'vitest'
import { faultOf, linkOf, shownFields, tidyValue, venueOf, yearOf } from './item-fields'

describe('fields of a paper', () => {
  it('are those of its kind first, then whatever else has a value', () => {
    expect(shownFields('journalArticle', ['title', 'abstractNote', 'ISSN', 'oddity'])).toEqual([
      'publicationTitle',
      'date',
      'volume',
      'issue',
      'pages',
      'DOI',
      'ISSN',
      'oddity',
    ])
    expect(shownFields('preprint', [])).toEqual(['repository', 'date', 'DOI', 'archiveID'])
  })

  it('give venue and year for the list', () => {
    expect(venueOf({ item_type: 'conferencePaper', fields: { proceedingsTitle: 'CVPR', publisher: 'IEEE' } })).toBe(
      'CVPR',
    )
    expect(venueOf({ item_type: 'conferencePaper', fields: {} })).toBe('')
    expect(yearOf({ fields: { date: 'June 2016' } })).toBe('2016')
    expect(yearOf({ fields: {} })).toBe('')
  })

  it('lead only to what is an address', () => {
    expect(linkOf('DOI', '10.1109/CVPR.2016.90')).toBe('https://doi.org/10.1109/CVPR.2016.90')
    expect(linkOf('archiveID', 'arXiv:1512.03385v2')).toBe('https://arxiv.org/abs/1512.03385v2')
    expect(linkOf('url', 'javascript:alert(1)')).toBeNull()
    expect(linkOf('title', 'https://example.org')).toBeNull()
  })

  it('are kept tidy and checked on leaving', () => {
    expect(tidyValue('DOI', ' https://doi.org/10.1/abc')).toBe('10.1/abc')
    expect(tidyValue('title', 'two \n lines ')).toBe('two lines')
    expect(tidyValue('abstractNote', 'one\n\ntwo ')).toBe('one\n\ntwo')
    expect(faultOf('title', '')).toBe('title_empty')
    expect(faultOf('DOI', 'abc')).toBe('not_a_doi')
    expect(faultOf('DOI', '')).toBeNull()
    expect(faultOf('url', 'ftp://x')).toBe('not_an_address')
  })
})
