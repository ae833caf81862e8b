//! What the index takes in and gives out.

use crate::domain::ids::{Key, LibraryId, Sha256};
use crate::domain::layout::Division;

/// One change to the index.
#[derive(Debug, Clone)]
pub enum IndexOp {
    /// Adds a paper or replaces it wholly.
    PutPaper(Box<PaperDoc>),
    /// Takes a paper out (deleted, or moved to the trash).
    DeletePaper {
        /// Its library.
        library: LibraryId,
        /// Its key.
        key: Key,
    },
    /// Takes a whole library out.
    DeleteLibrary(LibraryId),
}

/// All of a paper that can be found. The caller leaves trashed papers out.
#[derive(Debug, Clone)]
pub struct PaperDoc {
    /// Its library.
    pub library: LibraryId,
    /// Its key.
    pub key: Key,
    /// Title.
    pub title: String,
    /// Further titles (translated, short).
    pub alternate_titles: Vec<String>,
    /// One entry a person or group, as it is read ("Given Family").
    pub creators: Vec<String>,
    /// Abstract.
    pub abstract_text: String,
    /// Tags.
    pub tags: Vec<String>,
    /// Texts of notes and comments.
    pub notes: Vec<String>,
    /// Names of its files as given.
    pub file_names: Vec<String>,
    /// DOI, arXiv id, ISBN, …
    pub identifiers: Vec<String>,
    /// Journal, conference, publisher.
    pub venue: String,
    /// Year of publication.
    pub year: Option<u16>,
    /// Item type (`journalArticle`, …).
    pub item_type: String,
    /// Its files that have text.
    pub files: Vec<FileText>,
}

impl PaperDoc {
    /// A paper of which nothing is known but its key.
    #[must_use]
    pub fn new(library: LibraryId, key: Key) -> Self {
        Self {
            library,
            key,
            title: String::new(),
            alternate_titles: Vec::new(),
            creators: Vec::new(),
            abstract_text: String::new(),
            tags: Vec::new(),
            notes: Vec::new(),
            file_names: Vec::new(),
            identifiers: Vec::new(),
            venue: String::new(),
            year: None,
            item_type: String::new(),
            files: Vec::new(),
        }
    }
}

/// The text of one file. It is moved, never copied; pages are cut into words one at a time.
#[derive(Debug, Clone)]
pub struct FileText {
    /// Key of the attachment.
    pub attachment: Key,
    /// Its bytes.
    pub sha256: Sha256,
    /// Its pages in order; pages without text may be left out.
    pub pages: Vec<PageText>,
}

/// The text of one page.
#[derive(Debug, Clone, Default)]
pub struct PageText {
    /// 0 for the first page of the file.
    pub index: u32,
    /// Printed label.
    pub label: Option<String>,
    /// The page's whole text, as in the layout; all offsets count its code points.
    pub text: String,
    /// Stretches that are no running text (heads, feet, page numbers, stamps, line numbers).
    pub excluded: Vec<(u32, u32)>,
    /// Footnotes and captions: searched, but a sentence runs on behind them as if they were not there.
    pub asides: Vec<(u32, u32)>,
    /// Divided words, as in the layout. What they say of a hyphen at the end of the page is not trusted where it is kept:
    /// the second part was not seen.
    pub divisions: Vec<Division>,
    /// Headings that begin on this page: offset and text.
    pub sections: Vec<(u32, String)>,
}

/// How many passages a search gives with each paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Places {
    /// The best three.
    #[default]
    Best,
    /// All of them, in page order.
    All,
    /// None: the papers alone.
    None,
}

/// Wishes beside the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SearchOptions {
    /// Passages with each paper.
    pub places: Places,
}

/// A window of the papers found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SearchPage {
    /// How many papers match in all.
    pub total: usize,
    /// Those asked for, best first.
    pub hits: Vec<Hit>,
}

/// A paper found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Its library.
    pub library: LibraryId,
    /// Its key.
    pub key: Key,
    /// Higher is better; comparable within one search only.
    pub score: f32,
    /// Where in its files; empty if only its details match.
    pub passages: Vec<Passage>,
    /// How many further places there are at least (see [`super::SearchIndex::places`]).
    pub more_places: usize,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Key of the attachment.
    pub attachment: Key,
    /// 0 for the first page of the file.
    pub page_index: u32,
    /// Printed label.
    pub page_label: Option<String>,
    /// Heading of the section it stands in.
    pub section: Option<String>,
    /// A stretch of the page's text, unchanged (line ends included), without heads and feet.
    pub text: String,
    /// What matched: code points of `text`; `offset` + mark points into the page's text.
    pub marks: Vec<(u32, u32)>,
    /// Where `text` begins in the page's text.
    pub offset: u32,
    /// The rest of a match that runs on behind a page end, a foot or a head.
    pub continues: Option<Continuation>,
}

/// The second part of a passage whose match runs on elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Continuation {
    /// The page it is on: mostly the next one; the same where something stands between.
    pub page_index: u32,
    /// Printed label of that page.
    pub page_label: Option<String>,
    /// A stretch of that page's text.
    pub text: String,
    /// What matched: code points of `text`.
    pub marks: Vec<(u32, u32)>,
    /// Where `text` begins in that page's text.
    pub offset: u32,
}

/// A window of the places of one paper.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlacesPage {
    /// How many pages match; the window counts in pages.
    pub total_pages: usize,
    /// The places on the pages asked for, in page order.
    pub passages: Vec<Passage>,
}
