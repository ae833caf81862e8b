//! A linear-chain conditional random field that labels the tokens of a printed reference.
//!
//! The weights in `reference.weights` are made by the program in `tests/train`, which includes these same files: what is
//! learned and what is read see the same features.
//! Lafferty, McCallum, Pereira: Conditional random fields (ICML 2001); scaled forward-backward after Rabiner (1989).

mod features;
mod model;
mod spans;
mod tokens;

pub(crate) use features::{Row, features};
pub(crate) use model::{Labelling, Model};
pub(crate) use spans::{Fields, fields};
pub(crate) use tokens::{Token, tokenize};

/// What a token is part of. The order is that of the weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub(crate) enum Label {
    /// Words and marks between the fields ("In", "vol.", a leading number).
    Other,
    /// Names of the authors.
    Author,
    /// Title of an article, or of a book that stands alone.
    Title,
    /// Journal.
    Journal,
    /// Proceedings, or the book of a chapter.
    Book,
    /// Year or date.
    Date,
    /// Volume.
    Volume,
    /// Issue.
    Issue,
    /// Pages or article number.
    Pages,
    /// Publisher.
    Publisher,
    /// Place of publication or of a meeting.
    Location,
    /// University or organisation.
    Institution,
    /// Names of editors.
    Editor,
    /// DOI, arXiv identifier, report number, address.
    Identifier,
    /// "in press", "PhD thesis", "2nd ed."
    Note,
    /// Series of books.
    Series,
}

/// How many labels there are.
pub(crate) const LABELS: usize = 16;

/// Most tokens of an entry that are looked at.
pub(crate) const MOST_TOKENS: usize = 600;

impl Label {
    /// Every label, in the order of the weights.
    pub(crate) const ALL: [Label; LABELS] = [
        Label::Other,
        Label::Author,
        Label::Title,
        Label::Journal,
        Label::Book,
        Label::Date,
        Label::Volume,
        Label::Issue,
        Label::Pages,
        Label::Publisher,
        Label::Location,
        Label::Institution,
        Label::Editor,
        Label::Identifier,
        Label::Note,
        Label::Series,
    ];
}
