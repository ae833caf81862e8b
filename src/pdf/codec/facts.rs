//! Records of facts.

use minicbor::{CborLen, Decode, Encode};

use super::layout::{corners, rect};
use crate::domain::facts::{Author, Citation, DateKind, Fact, Facts, Place, PrintedDate, Reference, Section};
use crate::domain::item::{Creator, CreatorName};

#[derive(Encode, Decode, CborLen)]
pub struct FactsRecord {
    #[n(0)]
    title: Option<TextFact>,
    #[n(1)]
    alternate_title: Option<TextFact>,
    #[n(2)]
    authors: Option<(Vec<AuthorRecord>, f32)>,
    #[n(3)]
    contributors: Vec<ContributorRecord>,
    #[n(4)]
    abstract_text: Option<TextFact>,
    #[n(5)]
    doi: Option<TextFact>,
    #[n(6)]
    arxiv: Option<TextFact>,
    #[n(7)]
    arxiv_version: Option<String>,
    #[n(8)]
    year: Option<(u16, f32)>,
    #[n(9)]
    venue: Option<TextFact>,
    #[n(10)]
    volume: Option<TextFact>,
    #[n(11)]
    issue: Option<TextFact>,
    #[n(12)]
    pages: Option<TextFact>,
    #[n(13)]
    keywords: Vec<String>,
    #[n(14)]
    language: Option<String>,
    #[n(15)]
    item_type: Option<TextFact>,
    #[n(16)]
    sections: Vec<SectionRecord>,
    #[n(17)]
    references: Vec<ReferenceRecord>,
    #[n(18)]
    issn: Option<TextFact>,
    #[n(19)]
    isbn: Option<TextFact>,
    #[n(20)]
    pmid: Option<TextFact>,
    #[n(21)]
    pmcid: Option<TextFact>,
    #[n(22)]
    licence: Option<TextFact>,
    #[n(23)]
    publisher: Option<TextFact>,
    /// Kind and day.
    #[n(24)]
    #[cbor(default)]
    dates: Vec<(String, String)>,
}

type TextFact = (String, f32);

#[derive(Encode, Decode, CborLen)]
struct AuthorRecord {
    #[n(0)]
    given: String,
    #[n(1)]
    family: String,
    #[n(2)]
    single: bool,
    #[n(3)]
    orcid: Option<String>,
    #[n(4)]
    #[cbor(default)]
    affiliations: Vec<String>,
    #[n(5)]
    email: Option<String>,
}

#[derive(Encode, Decode, CborLen)]
struct ContributorRecord {
    #[n(0)]
    role: String,
    #[n(1)]
    creator_type: String,
    /// Empty for a single name.
    #[n(2)]
    given: String,
    #[n(3)]
    family: String,
    #[n(4)]
    single: bool,
}

#[derive(Encode, Decode, CborLen)]
struct SectionRecord {
    #[n(0)]
    level: u8,
    #[n(1)]
    number: String,
    #[n(2)]
    heading: String,
    #[n(3)]
    page: u32,
    #[n(4)]
    offset: u32,
}

#[derive(Encode, Decode, CborLen)]
struct ReferenceRecord {
    #[n(0)]
    raw: String,
    #[n(1)]
    label: String,
    #[n(2)]
    title: Option<String>,
    #[n(3)]
    authors: Vec<AuthorRecord>,
    #[n(4)]
    year: Option<u16>,
    #[n(5)]
    doi: Option<String>,
    #[n(6)]
    arxiv: Option<String>,
    #[n(7)]
    venue: Option<String>,
    #[n(8)]
    volume: Option<String>,
    #[n(9)]
    issue: Option<String>,
    #[n(10)]
    pages: Option<String>,
    #[n(11)]
    publisher: Option<String>,
    #[n(12)]
    url: Option<String>,
    #[n(13)]
    confidence: f32,
    #[n(14)]
    list: u16,
    #[n(15)]
    places: Vec<PlaceRecord>,
    #[n(16)]
    cited_in: Vec<(u32, u32, u32)>,
}

#[derive(Encode, Decode, CborLen)]
struct PlaceRecord {
    #[n(0)]
    page: u32,
    #[n(1)]
    rects: Vec<(f32, f32, f32, f32)>,
}

fn text_record(fact: Option<&Fact<String>>) -> Option<TextFact> {
    fact.map(|fact| (fact.value.clone(), fact.confidence))
}

fn fact<T>(record: Option<(T, f32)>) -> Option<Fact<T>> {
    record.map(|(value, confidence)| Fact { value, confidence })
}

impl From<&Facts> for FactsRecord {
    fn from(facts: &Facts) -> Self {
        let authors = facts.authors.as_ref();
        Self {
            title: text_record(facts.title.as_ref()),
            alternate_title: text_record(facts.alternate_title.as_ref()),
            authors: authors.map(|fact| (fact.value.iter().map(AuthorRecord::from).collect(), fact.confidence)),
            contributors: facts.contributors.iter().map(ContributorRecord::from).collect(),
            abstract_text: text_record(facts.abstract_text.as_ref()),
            doi: text_record(facts.doi.as_ref()),
            arxiv: text_record(facts.arxiv.as_ref()),
            arxiv_version: facts.arxiv_version.clone(),
            year: facts.year.as_ref().map(|fact| (fact.value, fact.confidence)),
            venue: text_record(facts.venue.as_ref()),
            volume: text_record(facts.volume.as_ref()),
            issue: text_record(facts.issue.as_ref()),
            pages: text_record(facts.pages.as_ref()),
            keywords: facts.keywords.clone(),
            language: facts.language.clone(),
            item_type: text_record(facts.item_type.as_ref()),
            sections: facts.sections.iter().map(SectionRecord::from).collect(),
            references: facts.references.iter().map(ReferenceRecord::from).collect(),
            issn: text_record(facts.issn.as_ref()),
            isbn: text_record(facts.isbn.as_ref()),
            pmid: text_record(facts.pmid.as_ref()),
            pmcid: text_record(facts.pmcid.as_ref()),
            licence: text_record(facts.licence.as_ref()),
            publisher: text_record(facts.publisher.as_ref()),
            dates: facts.dates.iter().map(|day| (day.kind.as_str().to_owned(), day.date.clone())).collect(),
        }
    }
}

impl From<FactsRecord> for Facts {
    fn from(record: FactsRecord) -> Self {
        let authors = record.authors.map(|(authors, sure)| (authors.into_iter().map(Author::from).collect(), sure));
        let dates = record
            .dates
            .into_iter()
            .filter_map(|(kind, date)| Some(PrintedDate { kind: DateKind::parse(&kind)?, date }));
        Self {
            title: fact(record.title),
            alternate_title: fact(record.alternate_title),
            authors: fact(authors),
            contributors: record.contributors.into_iter().map(ContributorRecord::into_pair).collect(),
            abstract_text: fact(record.abstract_text),
            doi: fact(record.doi),
            arxiv: fact(record.arxiv),
            arxiv_version: record.arxiv_version,
            year: fact(record.year),
            venue: fact(record.venue),
            volume: fact(record.volume),
            issue: fact(record.issue),
            pages: fact(record.pages),
            keywords: record.keywords,
            language: record.language,
            item_type: fact(record.item_type),
            sections: record.sections.into_iter().map(Section::from).collect(),
            references: record.references.into_iter().map(Reference::from).collect(),
            issn: fact(record.issn),
            isbn: fact(record.isbn),
            pmid: fact(record.pmid),
            pmcid: fact(record.pmcid),
            licence: fact(record.licence),
            publisher: fact(record.publisher),
            dates: dates.collect(),
        }
    }
}

impl From<&Author> for AuthorRecord {
    fn from(author: &Author) -> Self {
        let Author { given, family, single, orcid, affiliations, email } = author.clone();
        Self { given, family, single, orcid, affiliations, email }
    }
}

impl From<AuthorRecord> for Author {
    fn from(record: AuthorRecord) -> Self {
        let AuthorRecord { given, family, single, orcid, affiliations, email } = record;
        Self { given, family, single, orcid, affiliations, email }
    }
}

impl From<&(String, Creator)> for ContributorRecord {
    fn from((role, creator): &(String, Creator)) -> Self {
        let (given, family, single) = match &creator.name {
            CreatorName::Person { given, family } => (given.clone(), family.clone(), false),
            CreatorName::Single(name) => (String::new(), name.clone(), true),
        };
        Self { role: role.clone(), creator_type: creator.creator_type.clone(), given, family, single }
    }
}

impl ContributorRecord {
    fn into_pair(self) -> (String, Creator) {
        let name = if self.single {
            CreatorName::Single(self.family)
        } else {
            CreatorName::Person { given: self.given, family: self.family }
        };
        (self.role, Creator { creator_type: self.creator_type, name })
    }
}

impl From<&Section> for SectionRecord {
    fn from(section: &Section) -> Self {
        let Section { level, number, heading, page, offset } = section.clone();
        Self { level, number, heading, page, offset }
    }
}

impl From<SectionRecord> for Section {
    fn from(record: SectionRecord) -> Self {
        let SectionRecord { level, number, heading, page, offset } = record;
        Self { level, number, heading, page, offset }
    }
}

impl From<&Reference> for ReferenceRecord {
    fn from(reference: &Reference) -> Self {
        let reference = reference.clone();
        let places = reference
            .places
            .into_iter()
            .map(|place| PlaceRecord { page: place.page, rects: place.rects.into_iter().map(corners).collect() });
        Self {
            raw: reference.raw,
            label: reference.label,
            title: reference.title,
            authors: reference.authors.iter().map(AuthorRecord::from).collect(),
            year: reference.year,
            doi: reference.doi,
            arxiv: reference.arxiv,
            venue: reference.venue,
            volume: reference.volume,
            issue: reference.issue,
            pages: reference.pages,
            publisher: reference.publisher,
            url: reference.url,
            confidence: reference.confidence,
            list: reference.list,
            places: places.collect(),
            cited_in: reference.cited_in.iter().map(|place| (place.page, place.start, place.end)).collect(),
        }
    }
}

impl From<ReferenceRecord> for Reference {
    fn from(record: ReferenceRecord) -> Self {
        let places = record
            .places
            .into_iter()
            .map(|place| Place { page: place.page, rects: place.rects.into_iter().map(rect).collect() });
        let cited_in = record.cited_in.into_iter().map(|(page, start, end)| Citation { page, start, end });
        Self {
            raw: record.raw,
            label: record.label,
            title: record.title,
            authors: record.authors.into_iter().map(Author::from).collect(),
            year: record.year,
            doi: record.doi,
            arxiv: record.arxiv,
            venue: record.venue,
            volume: record.volume,
            issue: record.issue,
            pages: record.pages,
            publisher: record.publisher,
            url: record.url,
            confidence: record.confidence,
            list: record.list,
            places: places.collect(),
            cited_in: cited_in.collect(),
        }
    }
}
