//! On which pages of some papers something stands. A few pages among very many: each posting list is sought at those
//! pages only, which costs a fraction of what a query over all pages does.

use tantivy::query::{EnableScoring, Query};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocAddress, DocId, DocSet as _, Score, Searcher, SegmentReader, TERMINATED};

use super::error::Result;

/// A page on which something was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FoundOnPage {
    /// How well it fits.
    pub score: Score,
    /// The page.
    pub address: DocAddress,
}

/// For each of `papers` the pages on which any of `wanted` is found, in no order. `id` is the field that names the paper.
pub fn pages_of(
    searcher: &Searcher,
    id: Field,
    papers: &[[u8; 16]],
    wanted: &[Box<dyn Query>],
) -> Result<Vec<Vec<FoundOnPage>>> {
    let scoring = EnableScoring::enabled_from_searcher(searcher);
    let weights = wanted.iter().map(|query| query.weight(scoring)).collect::<tantivy::Result<Vec<_>>>()?;
    let mut out = vec![Vec::new(); papers.len()];
    for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
        let mut pages = pages_in(segment, id, papers)?;
        if pages.is_empty() {
            continue;
        }
        for weight in &weights {
            let mut found = weight.scorer(segment, 1.0)?;
            for page in &mut pages {
                if found.doc() < page.document {
                    found.seek(page.document);
                }
                if found.doc() == page.document {
                    page.score = Some(page.score.unwrap_or_default() + found.score());
                } else if found.doc() == TERMINATED {
                    break;
                }
            }
        }
        for page in pages {
            let Some(score) = page.score else { continue };
            out[page.paper].push(FoundOnPage { score, address: DocAddress::new(ordinal, page.document) });
        }
    }
    Ok(out)
}

/// A page of one of the papers.
struct Page {
    document: DocId,
    paper: usize,
    score: Option<Score>,
}

/// The pages that a segment holds of the papers, by document.
fn pages_in(segment: &SegmentReader, id: Field, papers: &[[u8; 16]]) -> Result<Vec<Page>> {
    let names = segment.inverted_index(id)?;
    let mut out = Vec::new();
    for (paper, name) in papers.iter().enumerate() {
        let term = Term::from_field_bytes(id, name);
        let Some(mut documents) = names.read_postings(&term, IndexRecordOption::Basic)? else { continue };
        while documents.doc() != TERMINATED {
            if !segment.is_deleted(documents.doc()) {
                out.push(Page { document: documents.doc(), paper, score: None });
            }
            documents.advance();
        }
    }
    out.sort_unstable_by_key(|page| page.document);
    Ok(out)
}
