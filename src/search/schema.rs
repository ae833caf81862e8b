//! The two schemas, and papers and pages as documents of the engine: cut into words lazily, one page at a time.

use std::fmt;
use std::iter::Empty;
use std::sync::{Arc, OnceLock};

use tantivy::schema::document::{Document, ReferenceValue, ReferenceValueLeaf, Value};
use tantivy::schema::{BytesOptions, Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{PreTokenizedString, Token as EngineToken};

use super::model::PaperDoc;
use super::page::PageRecord;
use super::stream::{Spellings, Stream, Token, field_terms};
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
    pub key: Field,
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
        other: schema.add_text_field("other", text),
        body: schema.add_text_field("body", words(IndexRecordOption::WithFreqs)),
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
        library: schema.add_u64_field("library", NumericOptions::default().set_indexed().set_fast()),
        key: schema.add_u64_field("key", NumericOptions::default().set_fast()),
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
    /// The pages of all its files.
    pub pages: Vec<Encoded>,
    /// Terms of the field of spellings.
    pub spellings: Vec<String>,
}

/// A page as a document.
pub struct PageEntry {
    pub fields: PageFields,
    pub id: [u8; 16],
    pub library: u64,
    pub key: u64,
    /// Number of the file in the paper, then index of the page.
    pub place: u64,
    pub record: Encoded,
    pub words: OnceLock<PageWords>,
}

/// What is indexed of a page.
#[derive(Default)]
pub struct PageWords {
    body: Vec<EngineToken>,
    cross: Vec<EngineToken>,
}

/// A value of either document.
#[derive(Clone)]
pub enum FieldValue<'a> {
    Number(u64),
    Bytes(&'a [u8]),
    Text(&'a str),
    /// Terms as they are.
    Spellings(&'a [String]),
    /// The words of a page of the paper.
    Body(&'a [u8]),
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
            FieldValue::Spellings(terms) => terms.iter().map(|term| placed(term.clone(), 0)).collect(),
            FieldValue::Body(record) => body(record),
            FieldValue::PageBody(page) => page.words().body.clone(),
            FieldValue::PageCross(page) => page.words().cross.clone(),
        };
        ReferenceValue::Leaf(ReferenceValueLeaf::PreTokStr(Box::new(PreTokenizedString {
            text: String::new(),
            tokens,
        })))
    }
}

fn engine_token(token: Token<'_>) -> EngineToken {
    placed(token.term.into_owned(), token.position as usize)
}

fn placed(text: String, position: usize) -> EngineToken {
    EngineToken { offset_from: 0, offset_to: 0, position, position_length: 1, text }
}

/// The words of a page within its paper.
fn body(record: &[u8]) -> Vec<EngineToken> {
    let Ok(record) = PageRecord::decode(record) else { return Vec::new() };
    let stream = Stream::within_paper(&record);
    let own = stream.own_positions;
    stream.tokens.into_iter().filter(|token| token.position < own).map(engine_token).collect()
}

impl PageEntry {
    fn words(&self) -> &PageWords {
        self.words
            .get_or_init(|| PageRecord::decode(&self.record).map(|record| PageWords::of(&record)).unwrap_or_default())
    }
}

impl PageWords {
    fn of(record: &PageRecord) -> Self {
        let stream = Stream::of(record);
        let crossing = stream.crossing().map(|(position, token)| placed(token.term.to_string(), position as usize));
        Self { cross: crossing.collect(), body: stream.own().cloned().map(engine_token).collect() }
    }
}

impl Document for PageEntry {
    type Value<'a> = FieldValue<'a>;
    type FieldsValuesIter<'a> = std::vec::IntoIter<(Field, FieldValue<'a>)>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        vec![
            (self.fields.id, FieldValue::Bytes(&self.id)),
            (self.fields.library, FieldValue::Number(self.library)),
            (self.fields.key, FieldValue::Number(self.key)),
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
        }
        out.push((fields.spelling, FieldValue::Spellings(&self.spellings)));
        out.extend(self.pages.iter().map(|record| (fields.body, FieldValue::Body(record))));
        out.into_iter()
    }
}

impl PaperEntry {
    /// Works out the spellings; call it once, when `paper` and `pages` are there.
    pub fn with_spellings(mut self) -> Self {
        let mut spellings = Spellings::default();
        self.texts().for_each(|(_, text)| spellings.note_marked(text));
        let records = || self.pages.iter().filter_map(|record| PageRecord::decode(record).ok());
        records().for_each(|record| record.all_runs().for_each(|(_, run)| spellings.note_marked(run)));
        self.texts().for_each(|(_, text)| spellings.note_plain(text));
        records().for_each(|record| record.all_runs().for_each(|(_, run)| spellings.note_plain(run)));
        self.spellings = spellings.terms();
        self
    }

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
