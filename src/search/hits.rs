//! One search over the present state of both indexes: the papers that fulfil a plan, each with its best passages.

use std::sync::Arc;

use tantivy::collector::{Count, TopDocs};
use tantivy::schema::{Term, Value as _};
use tantivy::{DocAddress, Searcher, TantivyDocument};

use super::error::{Result, SearchError};
use super::expand::{Plan, expand};
use super::index::Sides;
use super::marks::Matcher;
use super::model::{Hit, Passage, Places, PlacesPage, SearchOptions, SearchPage};
use super::page::PageRecord;
use super::paper_pages::{FoundOnPage, pages_of};
use super::passages::{Ranked, passages};
use super::plan::{self, PaperVocabulary};
use super::query::Query;
use super::schema::{self, paper_id};
use crate::domain::ids::{Key, LibraryId};

/// Passages with a hit.
const BEST_PLACES: usize = 3;
/// Pages that are read to find them, at most and, where they have enough passages, at least.
const EXAMINED_PAGES: usize = 5;
const LEAST_EXAMINED_PAGES: usize = 3;
/// With so many hits a second thread pays.
const SHARED_FROM: usize = 6;

/// A query against the indexes as they are now.
pub struct Search {
    sides: Arc<Sides>,
    papers: Searcher,
    pages: Searcher,
    plan: Plan,
}

/// A paper found, before its passages are.
struct Found {
    score: f32,
    library: LibraryId,
    key: Key,
}

impl Search {
    /// Works out what `query` asks for.
    pub fn of(sides: Arc<Sides>, query: &Query) -> Self {
        let (papers, pages) = (sides.papers.reader.searcher(), sides.pages.reader.searcher());
        let mut search = Self { sides, papers, pages, plan: Plan::default() };
        search.plan = expand(query, &search.vocabulary());
        search
    }

    fn vocabulary(&self) -> PaperVocabulary<'_> {
        let Sides { paper_fields, page_fields, .. } = *self.sides;
        PaperVocabulary { searcher: &self.papers, fields: paper_fields, pages: &self.pages, page_fields }
    }

    /// A window of the papers found in `libraries`.
    pub fn page(
        &self,
        libraries: &[LibraryId],
        offset: usize,
        limit: usize,
        options: SearchOptions,
    ) -> Result<SearchPage> {
        let query = plan::papers(&self.plan, self.restriction(libraries), &self.vocabulary())?;
        if limit == 0 {
            return Ok(SearchPage { total: self.papers.search(&query, &Count)?, hits: Vec::new() });
        }
        let top = TopDocs::with_limit(limit).and_offset(offset).order_by_score();
        let (found, total) = self.papers.search(&query, &(top, Count))?;
        let found = found.into_iter().map(|(score, address)| self.found(score, address)).collect::<Result<Vec<_>>>()?;
        let hits = match options.places {
            Places::Best => self.with_best_places(found)?,
            Places::None => found.into_iter().map(|found| found.hit(Vec::new(), 0)).collect(),
            Places::All => {
                let all = |found: Found| {
                    let places = self.places(&found.id(), 0, usize::MAX)?;
                    Ok(found.hit(places.passages, 0))
                };
                found.into_iter().map(all).collect::<Result<_>>()?
            }
        };
        Ok(SearchPage { total, hits })
    }

    /// The libraries to keep to; nothing if they are all there are.
    fn restriction<'l>(&self, libraries: &'l [LibraryId]) -> Option<&'l [LibraryId]> {
        let field = self.sides.paper_fields.library;
        let held: u64 = libraries
            .iter()
            .map(|library| self.papers.doc_freq(&Term::from_field_u64(field, library.0)).unwrap_or(0))
            .sum();
        let all: u64 = self.papers.segment_readers().iter().map(|segment| u64::from(segment.max_doc())).sum();
        (held < all).then_some(libraries)
    }

    fn found(&self, score: f32, address: DocAddress) -> Result<Found> {
        let columns = self.papers.segment_reader(address.segment_ord).fast_fields();
        let library = columns.u64("library")?.first(address.doc_id);
        let key = columns.u64("key")?.first(address.doc_id).and_then(schema::key_of_number);
        match (library, key) {
            (Some(library), Some(key)) => Ok(Found { score, library: LibraryId(library), key }),
            _ => Err(SearchError::Damaged("a paper without a key".to_owned())),
        }
    }

    /// The pages of all papers are asked for at once; cutting passages out of them is shared between two threads.
    fn with_best_places(&self, found: Vec<Found>) -> Result<Vec<Hit>> {
        let ids: Vec<_> = found.iter().map(Found::id).collect();
        let work: Vec<(Found, Vec<FoundOnPage>)> = found.into_iter().zip(self.pages_of(&ids)?).collect();
        let matcher = Matcher::new(&self.plan);
        let hits = |work: &[(Found, Vec<FoundOnPage>)]| -> Result<Vec<Hit>> {
            let hit = |(found, pages): &(Found, Vec<FoundOnPage>)| {
                let (passages, more_places) = self.best(pages.clone(), &matcher)?;
                Ok(found.hit(passages, more_places))
            };
            work.iter().map(hit).collect()
        };
        if work.len() < SHARED_FROM {
            return hits(&work);
        }
        let (first, second) = work.split_at(work.len() / 2);
        std::thread::scope(|scope| {
            let second = scope.spawn(|| hits(second));
            let mut out = hits(first)?;
            out.extend(second.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
            Ok(out)
        })
    }

    fn pages_of(&self, papers: &[[u8; 16]]) -> Result<Vec<Vec<FoundOnPage>>> {
        let fields = &self.sides.page_fields;
        pages_of(&self.pages, fields.id, papers, &plan::pages(&self.plan, fields)?)
    }

    /// The passages that show best why a paper was found, and how many more there are.
    fn best(&self, mut pages: Vec<FoundOnPage>, matcher: &Matcher<'_>) -> Result<(Vec<Passage>, usize)> {
        pages.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.address.cmp(&b.address)));
        let mut ranked: Vec<Ranked> = Vec::new();
        let mut examined = 0;
        for page in pages.iter().take(EXAMINED_PAGES) {
            if examined >= LEAST_EXAMINED_PAGES && ranked.len() >= BEST_PLACES {
                break;
            }
            ranked.extend(passages(&self.record(page.address)?, matcher)?);
            examined += 1;
        }
        ranked.sort_by(|a, b| b.score.total_cmp(&a.score));
        let more = ranked.len().saturating_sub(BEST_PLACES) + (pages.len() - examined);
        Ok((ranked.into_iter().take(BEST_PLACES).map(|ranked| ranked.passage).collect(), more))
    }

    /// The places of one paper, in page order; `offset` and `limit` count pages.
    pub fn places(&self, id: &[u8; 16], offset: usize, limit: usize) -> Result<PlacesPage> {
        let matcher = Matcher::new(&self.plan);
        let mut addresses = Vec::new();
        for page in self.pages_of(&[*id])?.into_iter().flatten() {
            let column = self.pages.segment_reader(page.address.segment_ord).fast_fields().u64("place")?;
            addresses.push((column.first(page.address.doc_id).unwrap_or(u64::MAX), page.address));
        }
        addresses.sort_unstable();
        let total_pages = addresses.len();
        let mut out = Vec::new();
        for (_, address) in addresses.into_iter().skip(offset).take(limit) {
            out.extend(passages(&self.record(address)?, &matcher)?.into_iter().map(|ranked| ranked.passage));
        }
        Ok(PlacesPage { total_pages, passages: out })
    }

    fn record(&self, address: DocAddress) -> Result<PageRecord> {
        let document: TantivyDocument = self.pages.doc(address)?;
        let record = document.get_first(self.sides.page_fields.record).and_then(|value| value.as_bytes());
        PageRecord::decode(record.ok_or_else(|| SearchError::Damaged("a page without a record".to_owned()))?)
    }
}

impl Found {
    fn id(&self) -> [u8; 16] {
        paper_id(self.library, self.key)
    }

    fn hit(&self, passages: Vec<Passage>, more_places: usize) -> Hit {
        Hit { library: self.library, key: self.key, score: self.score, passages, more_places }
    }
}
