//! Concludes facts from a layout: pure functions, no I/O.
//!
//! Invariant: runs in the worker child under its limits; time linear in pages, memory bounded for long books.
//! Invariant: a rule states a property of papers, never of one file; every number of the rules is in `tuning`.

mod abstract_text;
mod authors;
mod identifiers;
mod lexicon;
mod lines;
mod names;
mod reference_fields;
mod reference_names;
mod references;
pub mod roles;
mod sections;
mod title;
mod tuning;
mod venue;

use crate::domain::facts::{Fact, Facts};
use crate::domain::layout::{DocumentHead, LayoutSlice};
use lines::{Sheet, TypeCount};

/// Reads a document slice by slice and concludes its facts at the end.
#[derive(Debug)]
pub struct Extractor {
    head: DocumentHead,
    types: TypeCount,
    sheets: Vec<Sheet>,
}

impl Extractor {
    /// An extractor for one document.
    #[must_use]
    pub fn new(head: &DocumentHead) -> Self {
        Extractor { head: head.clone(), types: TypeCount::default(), sheets: Vec::new() }
    }

    /// Takes the next pages; their roles are marked already (see [`roles::RoleMarker`]).
    pub fn add_slice(&mut self, slice: &LayoutSlice) {
        for page in &slice.pages {
            let sheet = Sheet::read(page, &slice.fonts, &self.head);
            self.types.add(&sheet);
            if page.index < 40 {
                self.sheets.push(sheet);
            }
        }
    }

    /// Concludes.
    #[must_use]
    pub fn finish(self) -> Facts {
        let body = self.types.body();
        let sheets: Vec<&Sheet> = self.sheets.iter().collect();
        let witnesses = title::Witnesses::new(&sheets, &self.head.info.title);
        let mut facts = Facts::default();
        let Some(title) = title::find(&sheets, &body, &witnesses) else { return facts };
        let mut name_lines = Vec::new();
        if let Some(found) = authors::find(sheets[title.sheet], &title, &body, &self.head.info.author) {
            name_lines = found.lines;
            facts.authors = Some(Fact { value: found.authors, confidence: found.confidence });
        }
        let mut abstract_at = None;
        if let Some(found) = abstract_text::find(&sheets, &title, &name_lines, &body) {
            abstract_at = Some(references::Region { from: found.begin, to: found.end });
            facts.abstract_text = Some(Fact { value: found.text, confidence: found.confidence });
        }
        let paper = &sheets[title.sheet..];
        let flow = references::flow(paper);
        let lists = references::find(&flow, &body);
        let references_from = lists.regions.first().map(|region| region.from);
        let from = (paper[0].index, paper[0].lines.get(title.end_line).map_or(0, |line| line.start));
        let found = sections::candidates(&flow, from, abstract_at, &body, &lists.regions);
        facts.sections = sections::level(found, &lists.regions);
        facts.references = reference_fields::read_all(lists.entries);
        let last = (sheets.len() > title.sheet + 3).then(|| sheets[sheets.len() - 1]);
        facts.doi = identifiers::own_doi(paper, last, references_from, &self.head.info);
        if let Some((found, confidence)) = identifiers::own_arxiv(paper) {
            facts.arxiv = Some(Fact { value: found.id, confidence });
            facts.arxiv_version = found.version;
        }
        let imprint = venue::find(&sheets[..title.sheet], paper, references_from, &title.text, &self.head.info);
        facts.year = imprint.year;
        let sure = imprint.venue.as_ref().map_or(0.0, |venue| venue.confidence);
        facts.venue = imprint.venue;
        let sure_as_venue = |value: String| Fact { value, confidence: sure };
        facts.volume = imprint.volume.map(sure_as_venue);
        facts.issue = imprint.issue.map(sure_as_venue);
        facts.pages = imprint.pages.map(sure_as_venue);
        facts.keywords = abstract_text::keywords(&sheets[title.sheet..], title.text.chars().any(lexicon::is_cjk));
        facts.title = Some(Fact { value: title.text, confidence: title.confidence });
        facts
    }
}
