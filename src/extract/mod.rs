//! Concludes facts from a layout: pure functions, no I/O.
//!
//! Invariant: runs in the worker child under its limits; time linear in pages, memory bounded for long books.
//! Invariant: a rule states a property of papers, never of one file; every number of the rules is in `tuning`.

mod abstract_text;
mod accents;
mod affiliation_blocks;
mod affiliations;
mod author_split;
mod authors;
mod bylines;
mod citations;
mod contacts;
mod contributors;
mod cover;
mod crf;
mod dates;
mod headings;
mod identifiers;
mod kept;
mod keywords;
mod language;
mod lexicon;
mod lines;
mod name_sense;
mod names;
mod note_forms;
mod notes;
mod numbers;
mod organisations;
mod places;
mod proceedings;
mod reference_fields;
mod reference_labels;
mod reference_names;
mod reference_rules;
mod references;
mod rights;
pub mod roles;
mod sections;
mod series;
#[cfg(test)]
mod tests;
mod title;
mod tuning;
mod venue;
mod volume;
mod wording;
mod year;

use crate::domain::facts::{Author, Fact, Facts};
use crate::domain::layout::{DocumentHead, LayoutSlice};
use kept::KeptPages;
use lines::{BodyType, Sheet, TypeCount};
use references::Region;
use title::Title;

/// Reads a document slice by slice and concludes its facts at the end.
#[derive(Debug)]
pub struct Extractor {
    head: DocumentHead,
    types: TypeCount,
    kept: KeptPages,
}

impl Extractor {
    /// An extractor for one document.
    #[must_use]
    pub fn new(head: &DocumentHead) -> Self {
        Extractor { head: head.clone(), types: TypeCount::default(), kept: KeptPages::default() }
    }

    /// Takes the next pages; their roles are marked already (see [`roles::RoleMarker`]).
    pub fn add_slice(&mut self, slice: &LayoutSlice) {
        for page in &slice.pages {
            let sheet = Sheet::read(page, &slice.fonts, &self.head);
            self.types.add(&sheet);
            self.kept.add(sheet, &self.types);
        }
    }

    /// Concludes.
    #[must_use]
    pub fn finish(mut self) -> Facts {
        let body = self.types.body();
        let sheets = std::mem::take(&mut self.kept).into_sheets();
        let all: Vec<&Sheet> = sheets.iter().collect();
        let covers = cover::count(&all, &body);
        let front = &all[covers..];
        let witnesses = title::Witnesses::new(front, &self.head.info.title);
        let mut facts = Facts { language: language::guess(front), ..Facts::default() };
        let found = title::find(front, &body, &witnesses).filter(|title| !front[title.sheet].poor);
        let Some(mut title) = found else { return facts };
        let paper = &front[title.sheet..];
        let (names_end, abstract_at) = self.read_front(front, &mut title, &body, &mut facts);
        let references_from = read_text(paper, names_end, abstract_at, &body, &mut facts);
        self.read_imprint(&all[..covers + title.sheet], paper, &title, references_from, &mut facts);
        read_rights(&all[..covers + title.sheet], paper, references_from, self.head.pages.len(), &mut facts);
        facts.item_type = language::item_type(&facts, paper[0], self.head.pages.len());
        if language::is_long_work(facts.item_type.as_ref()) {
            facts.contributors = contributors::find(paper);
        }
        facts.title = Some(Fact { value: title.text, confidence: title.confidence });
        round_confidence(&mut facts);
        facts
    }

    /// Authors, abstract, keywords; says which line is the first behind title and names, and where the abstract stands.
    fn read_front(
        &self,
        front: &[&Sheet],
        title: &mut Title,
        body: &BodyType,
        facts: &mut Facts,
    ) -> (usize, Option<Region>) {
        let mut name_lines = Vec::new();
        let sheet = front[title.sheet];
        let find = |title: &Title| authors::find(sheet, title, body, &self.head.info.author);
        let mut found = find(title);
        if found.is_none()
            && let Some(shorter) = title.without_names(sheet)
            && let Some(names) = find(&shorter)
        {
            *title = shorter;
            found = Some(names);
        }
        let title = &*title;
        if let Some(found) = found {
            name_lines = found.lines;
            facts.authors = Some(Fact { value: found.authors, confidence: found.confidence });
        }
        let found = abstract_text::find(front, title, &name_lines, body);
        let region = found.as_ref().map(|found| Region { from: found.begin, to: found.end });
        let foreign = wording::is_foreign(&title.text);
        facts.keywords = keywords::find(&front[title.sheet..], foreign);
        facts.alternate_title = language::alternate_title(front[title.sheet], title);
        let names_end = name_lines.iter().map(|line| line + 1).fold(title.end_line, usize::max);
        if let Some(authors) = &mut facts.authors {
            link_people(&front[title.sheet..], title, &name_lines, region, &mut authors.value);
        }
        facts.abstract_text = found.map(|found| Fact { value: found.text, confidence: found.confidence });
        (names_end, region)
    }

    /// Identifiers, year, venue; covers have a say.
    fn read_imprint(
        &self,
        covers: &[&Sheet],
        paper: &[&Sheet],
        title: &Title,
        references_from: Option<(u32, u32)>,
        facts: &mut Facts,
    ) {
        let last = (paper.len() > 3).then(|| paper[paper.len() - 1]);
        facts.doi = identifiers::own_doi(paper, last, references_from, &self.head.info);
        if facts.doi.is_none() {
            facts.doi = identifiers::cover_doi(covers);
        }
        if let Some((found, confidence)) = identifiers::own_arxiv(paper).or_else(|| identifiers::own_arxiv(covers)) {
            facts.arxiv = Some(Fact { value: found.id, confidence });
            facts.arxiv_version = found.version;
        }
        let cited = year::newest_cited(&facts.references);
        let imprint = venue::find(covers, paper, references_from, &title.text, &self.head.info, cited);
        facts.year = imprint.year;
        let sure = imprint.venue.as_ref().map_or(0.0, |venue| venue.confidence);
        let as_sure = |value: String| Fact { value, confidence: sure };
        facts.venue = imprint.venue;
        facts.volume = imprint.volume.map(as_sure);
        facts.issue = imprint.issue.map(as_sure);
        facts.pages = imprint.pages.map(as_sure);
    }
}

/// Institutions, mailboxes and ORCID numbers of the authors.
fn link_people(paper: &[&Sheet], title: &Title, name_lines: &[usize], region: Option<Region>, authors: &mut [Author]) {
    let sheet = paper[0];
    let bylines = bylines::find(sheet, name_lines, authors);
    let taken = (title.first_line..title.end_line).chain(name_lines.iter().copied()).collect();
    let front = affiliations::Front { sheet, taken, abstract_at: region, rest: &paper[1..] };
    affiliations::link(&front, &bylines, authors);
    contacts::link(&front, &bylines, authors);
}

/// Numbers of libraries, licence, publisher and days.
fn read_rights(
    covers: &[&Sheet],
    paper: &[&Sheet],
    references_from: Option<(u32, u32)>,
    pages: usize,
    facts: &mut Facts,
) {
    let numbers = numbers::find(covers, paper, references_from, pages);
    let sure = |value: String| Fact { value, confidence: tuning::NUMBER_SURE };
    facts.issn = numbers::joined(&numbers.issn, ", ");
    facts.isbn = numbers::joined(&numbers.isbn, " ");
    facts.pmid = numbers.pmid.map(sure);
    facts.pmcid = numbers.pmcid.map(sure);
    facts.licence = rights::licence(covers, paper, references_from);
    facts.publisher = rights::publisher(covers, paper);
    facts.dates = dates::find(covers, paper);
}

/// Confidences to three decimals: what lies behind them says nothing.
fn round_confidence(facts: &mut Facts) {
    fn round<T>(fact: &mut Option<Fact<T>>) {
        if let Some(fact) = fact {
            fact.confidence = rounded(fact.confidence);
        }
    }
    for fact in [
        &mut facts.title,
        &mut facts.alternate_title,
        &mut facts.abstract_text,
        &mut facts.doi,
        &mut facts.arxiv,
        &mut facts.venue,
        &mut facts.volume,
        &mut facts.issue,
        &mut facts.pages,
        &mut facts.issn,
        &mut facts.isbn,
        &mut facts.pmid,
        &mut facts.pmcid,
        &mut facts.licence,
        &mut facts.publisher,
        &mut facts.item_type,
    ] {
        round(fact);
    }
    round(&mut facts.authors);
    round(&mut facts.year);
    for reference in &mut facts.references {
        reference.confidence = rounded(reference.confidence);
    }
}

fn rounded(confidence: f32) -> f32 {
    (confidence * 1000.0).round() / 1000.0
}

/// Headings, references, citations; says where the first list begins.
fn read_text(
    paper: &[&Sheet],
    names_end: usize,
    abstract_at: Option<Region>,
    body: &BodyType,
    facts: &mut Facts,
) -> Option<(u32, u32)> {
    let flow = references::flow(paper);
    let lists = references::find(&flow, body);
    let end = paper[0].lines.get(names_end).map_or(0, |line| line.start);
    let below = paper[0].lines[..names_end].last().map_or(0.0, |line| line.rect.y1);
    let front = sections::Front { page: paper[0].index, end, below };
    let found = sections::candidates(&flow, front, abstract_at, body, &lists.regions);
    facts.sections = sections::level(&found, &lists.regions);
    facts.references = reference_fields::read_all(lists.entries);
    citations::link(paper, &lists.regions, &mut facts.references);
    if facts.references.is_empty() {
        facts.references = notes::works(paper);
    }
    lists.regions.first().map(|region| region.from)
}
