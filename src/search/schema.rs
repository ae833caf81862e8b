//! The two schemas, and papers and pages as documents of the engine: cut into words lazily, one page at a time.

use std::fmt;
use std::iter::Empty;
use std::sync::{Arc, OnceLock};

use tantivy::schema::document::{Document, ReferenceValue, ReferenceValueLeaf, Value};
use tantivy::schema::{BytesOptions, Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{PreTokenizedString, Token as EngineToken};

use super::model::PaperDoc;
use super::page::PageRecord;
use super::stream::{Stream, Token, field_terms, spelling_terms};
use crate::domain::ids::{Key, LibraryId};

/// Rises when what is written changes; an index of another number is built again.
pub const FORMAT: u32 = 1;

/// Fields of the papers index.
#[derive(Debug, Clone, Copy)]
pub struct PaperFields {
    pub id: Field,
    pub library: Field,
    pub key: Field,
    pub year: Field,
    pub title: Field,
    pub creators: Field,
    pub tags: Field,
    pub summary: Field,
    pub notes: Field,
    pub other: Field,
    pub body: Field,
    pub spelling: Field,
}

/// Fields of the pages index.
#[derive(Debug, Clone, Copy)]
pub struct PageFields {
    pub id: Field,
    pub library: Field,
    pub place: Field,
    pub body: Field,
    pub cross: Field,
    pub record: Field,
}

fn words(record: IndexRecordOption) -> TextOptions {
    TextOptions::default()
        .set_indexing_options(TextFieldIndexing::default().set_tokenizer("raw").set_index_option(record))
}

/// Schema of the papers index.
pub fn papers() -> (Schema, PaperFields) {
    let mut schema = Schema::builder();
    let text = words(IndexRecordOption::WithFreqsAndPositions);
    let fields = PaperFields {
        id: schema.add_bytes_field("id", BytesOptions::default().set_indexed()),
        library: schema.add_u64_field("library", NumericOptions::default().set_indexed().set_fast()),
        key: schema.add_u64_field("key", NumericOptions::default().set_fast()),
        year: schema.add_u64_field("year", NumericOptions::default().set_indexed().set_fast()),
        title: schema.add_text_field("title", text.clone()),
        creators: schema.add_text_field("creators", text.clone()),
        tags: schema.add_text_field("tags", text.clone()),
        summary: schema.add_text_field("summary", text.clone()),
        notes: schema.add_text_field("notes", text.clone()),
        other: schema.add_text_field("other", text.clone()),
        body: schema.add_text_field("body", text),
        spelling: schema.add_text_field("spelling", words(IndexRecordOption::Basic)),
    };
    (schema.build(), fields)
}

/// Schema of the pages index.
pub fn pages() -> (Schema, PageFields) {
    let mut schema = Schema::builder();
    let text = words(IndexRecordOption::WithFreqsAndPositions);
    let fields = PageFields {
        id: schema.add_bytes_field("id", BytesOptions::default().set_indexed()),
        library: schema.add_u64_field("library", NumericOptions::default().set_indexed()),
        place: schema.add_u64_field("place", NumericOptions::default().set_fast()),
        body: schema.add_text_field("body", text.clone()),
        cross: schema.add_text_field("cross", text),
        record: schema.add_bytes_field("record", BytesOptions::default().set_stored()),
    };
    (schema.build(), fields)
}

/// The term that names a paper in both indexes.
pub fn paper_id(library: LibraryId, key: Key) -> [u8; 16] {
    let mut id = [0; 16];
    id[..8].copy_from_slice(&library.0.to_be_bytes());
    id[8..].copy_from_slice(key.as_str().as_bytes());
    id
}

/// A key as a number, for columns.
pub fn key_number(key: Key) -> u64 {
    key.as_str().bytes().fold(0, |number, byte| number << 8 | u64::from(byte))
}

/// The key of that number.
pub fn key_of_number(number: u64) -> Option<Key> {
    std::str::from_utf8(&number.to_be_bytes()).ok().and_then(Key::parse)
}

/// A page's record as stored, shared by its two documents.
pub type Encoded = Arc<[u8]>;

/// A paper as a document.
pub struct PaperEntry {
    pub fields: PaperFields,
    pub id: [u8; 16],
    /// Its `files` are already taken apart into `pages`.
    pub paper: PaperDoc,
    /// The pages of each file.
    pub files: Vec<Vec<Encoded>>,
}

/// A page as a document.
pub struct PageEntry {
    pub fields: PageFields,
    pub id: [u8; 16],
    pub library: u64,
    /// Number of the file in the paper, then index of the page.
    pub place: u64,
    pub record: Encoded,
    pub stream: OnceLock<Stream>,
}

/// A value of either document.
#[derive(Clone)]
pub enum FieldValue<'a> {
    Number(u64),
    Bytes(&'a [u8]),
    Text(&'a str),
    Spelling(&'a str),
    /// The page's own words; `last` if no page of the same file follows.
    Body {
        record: &'a [u8],
        last: bool,
    },
    BodySpelling(&'a [u8]),
    PageBody(&'a PageEntry),
    PageCross(&'a PageEntry),
}

impl fmt::Debug for FieldValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FieldValue")
    }
}

impl<'a> Value<'a> for FieldValue<'a> {
    type ArrayIter = Empty<Self>;
    type ObjectIter = Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        let tokens = match self {
            FieldValue::Number(number) => return ReferenceValue::Leaf(ReferenceValueLeaf::U64(*number)),
            FieldValue::Bytes(bytes) => return ReferenceValue::Leaf(ReferenceValueLeaf::Bytes(bytes)),
            FieldValue::Text(text) => field_terms(text).into_iter().map(engine_token).collect(),
            FieldValue::Spelling(text) => spellings(text),
            FieldValue::Body { record, last } => body(record, *last),
            FieldValue::BodySpelling(record) => body_spellings(record),
            FieldValue::PageBody(page) => page.stream().own().cloned().map(engine_token).collect(),
            FieldValue::PageCross(page) => page.crossing(),
        };
        ReferenceValue::Leaf(ReferenceValueLeaf::PreTokStr(Box::new(PreTokenizedString {
            text: String::new(),
            tokens,
        })))
    }
}

fn engine_token(token: Token) -> EngineToken {
    placed(token.term, token.position as usize)
}

fn placed(text: String, position: usize) -> EngineToken {
    EngineToken { offset_from: 0, offset_to: 0, position, position_length: 1, text }
}

/// The words of a page within its paper. The engine leaves a gap of one between values: the last position counts as
/// nothing long, so that a phrase runs on over the page end.
fn body(record: &[u8], last: bool) -> Vec<EngineToken> {
    let Ok(record) = PageRecord::decode(record) else { return Vec::new() };
    let stream = Stream::within_paper(&record);
    let own = stream.own_positions;
    let length = |position: u32| usize::from(last || position + 1 < own);
    let tokens = stream.tokens.into_iter().filter(|token| token.position < own);
    tokens.map(|token| EngineToken { position_length: length(token.position), ..engine_token(token) }).collect()
}

fn spellings(text: &str) -> Vec<EngineToken> {
    let mut out = Vec::new();
    spelling_terms(text, |term| out.push(placed(term, 0)));
    out
}

fn body_spellings(record: &[u8]) -> Vec<EngineToken> {
    let Ok(record) = PageRecord::decode(record) else { return Vec::new() };
    let mut out = Vec::new();
    for (_, run) in record.runs().into_iter().chain(record.aside_runs()) {
        spelling_terms(run, |term| out.push(placed(term, 0)));
    }
    out
}

impl PageEntry {
    fn stream(&self) -> &Stream {
        self.stream
            .get_or_init(|| PageRecord::decode(&self.record).map(|record| Stream::of(&record)).unwrap_or_default())
    }

    fn crossing(&self) -> Vec<EngineToken> {
        self.stream().crossing().map(|(position, token)| placed(token.term.clone(), position as usize)).collect()
    }
}

impl Document for PageEntry {
    type Value<'a> = FieldValue<'a>;
    type FieldsValuesIter<'a> = std::vec::IntoIter<(Field, FieldValue<'a>)>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        vec![
            (self.fields.id, FieldValue::Bytes(&self.id)),
            (self.fields.library, FieldValue::Number(self.library)),
            (self.fields.place, FieldValue::Number(self.place)),
            (self.fields.body, FieldValue::PageBody(self)),
            (self.fields.cross, FieldValue::PageCross(self)),
            (self.fields.record, FieldValue::Bytes(&self.record)),
        ]
        .into_iter()
    }
}

impl Document for PaperEntry {
    type Value<'a> = FieldValue<'a>;
    type FieldsValuesIter<'a> = std::vec::IntoIter<(Field, FieldValue<'a>)>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        let (fields, paper) = (&self.fields, &self.paper);
        let mut out = vec![
            (fields.id, FieldValue::Bytes(&self.id)),
            (fields.library, FieldValue::Number(paper.library.0)),
            (fields.key, FieldValue::Number(key_number(paper.key))),
        ];
        out.extend(paper.year.map(|year| (fields.year, FieldValue::Number(u64::from(year)))));
        for (field, text) in self.texts() {
            out.push((field, FieldValue::Text(text)));
            out.push((fields.spelling, FieldValue::Spelling(text)));
        }
        for pages in &self.files {
            for (nth, record) in pages.iter().enumerate() {
                out.push((fields.body, FieldValue::Body { record, last: nth + 1 == pages.len() }));
                out.push((fields.spelling, FieldValue::BodySpelling(record)));
            }
        }
        out.into_iter()
    }
}

impl PaperEntry {
    fn texts(&self) -> impl Iterator<Item = (Field, &str)> {
        fn all(field: Field, texts: &[String]) -> impl Iterator<Item = (Field, &str)> {
            texts.iter().map(move |text| (field, text.as_str()))
        }
        let (fields, paper) = (&self.fields, &self.paper);
        std::iter::once((fields.title, paper.title.as_str()))
            .chain(all(fields.title, &paper.alternate_titles))
            .chain(all(fields.creators, &paper.creators))
            .chain(all(fields.tags, &paper.tags))
            .chain(std::iter::once((fields.summary, paper.abstract_text.as_str())))
            .chain(all(fields.notes, &paper.notes))
            .chain(all(fields.other, &paper.file_names))
            .chain(all(fields.other, &paper.identifiers))
            .chain(std::iter::once((fields.other, paper.venue.as_str())))
            .filter(|(_, text)| !text.is_empty())
    }
}
