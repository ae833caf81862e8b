//! Sets of papers: collected from pages, and kept to in the papers index.

use std::collections::HashSet;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::query::Query;
use tantivy::query::doc_predicate_query::{DocPredicateQuery, FunctionPredicate};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

/// Library and key, as numbers.
pub type PaperNumber = (u64, u64);

/// Collects the papers of the pages found.
pub struct PapersOfPages;

/// The same in one segment.
pub struct PapersOfSegment {
    columns: Columns,
    last: Option<PaperNumber>,
    found: HashSet<PaperNumber>,
}

/// The papers index's documents of `papers`.
pub fn among(papers: HashSet<PaperNumber>) -> Box<dyn Query> {
    let papers = std::sync::Arc::new(papers);
    let predicate = FunctionPredicate::from(move |segment: &SegmentReader| {
        let columns = Columns::of(segment)?;
        let papers = std::sync::Arc::clone(&papers);
        Ok(move |document: DocId| columns.paper(document).is_some_and(|paper| papers.contains(&paper)))
    });
    Box::new(DocPredicateQuery::from(predicate))
}

struct Columns {
    library: Column<u64>,
    key: Column<u64>,
}

impl Columns {
    fn of(segment: &SegmentReader) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        Ok(Self { library: columns.u64("library")?, key: columns.u64("key")? })
    }

    fn paper(&self, document: DocId) -> Option<PaperNumber> {
        self.library.first(document).zip(self.key.first(document))
    }
}

impl Collector for PapersOfPages {
    type Fruit = HashSet<PaperNumber>;
    type Child = PapersOfSegment;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<PapersOfSegment> {
        Ok(PapersOfSegment { columns: Columns::of(segment)?, last: None, found: HashSet::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<HashSet<PaperNumber>>) -> tantivy::Result<HashSet<PaperNumber>> {
        Ok(fruits
            .into_iter()
            .reduce(|mut all, some| {
                all.extend(some);
                all
            })
            .unwrap_or_default())
    }
}

impl SegmentCollector for PapersOfSegment {
    type Fruit = HashSet<PaperNumber>;

    fn collect(&mut self, document: DocId, _: Score) {
        let paper = self.columns.paper(document);
        // Pages of one paper stand together.
        if paper != self.last {
            self.found.extend(paper);
            self.last = paper;
        }
    }

    fn harvest(self) -> HashSet<PaperNumber> {
        self.found
    }
}
