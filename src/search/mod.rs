//! The derived full-text index.
//!
//! Two indexes side by side: *papers* ranks (titles, people, abstracts, tags, notes and all running text of a paper as one
//! document), *pages* finds the passages (one document a page, text kept). What a query means is decided here alone: the
//! parser, the folding of letters and the marks are ours; the engine below only keeps postings.
//!
//! Invariant: may be deleted at any time; it is rebuilt from the store and the layouts.
//! Invariant: does not know who may read what; the caller brings the libraries.
//! Invariant: a query is never an error, whatever was typed.
//!
//! All functions of [`SearchIndex`] block: call them on a blocking thread.

mod directory;
mod error;
mod expand;
pub mod fold;
mod hits;
mod index;
mod marks;
mod members;
mod model;
mod open;
mod page;
mod paper_pages;
mod passages;
mod plan;
mod query;
mod schema;
mod stream;
mod words;

#[cfg(test)]
mod tests;

pub use error::{Result, SearchError};
pub use index::SearchIndex;
pub use model::{
    Continuation, FileText, Hit, IndexOp, PageText, PaperDoc, Passage, Places, PlacesPage, SearchOptions, SearchPage,
};
pub use open::Opened;
pub use query::{Hint, Query, loosened, parse_query};
