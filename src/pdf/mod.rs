//! Reads PDFs in child processes of this program: their text, layout and facts, and pictures of their pages.
//!
//! Invariant: PDFium runs only in a sandboxed child, one document at a time; a crash, a hang or a memory bomb touches
//! only its own document.
//! Invariant: this room does not know what an item is, nor where files are kept.
//! Invariant: tesseract, where it is used, runs one process a page, without files of people, network or much time; what it
//! writes is taken for a guess at a page, never for more.
//! Only `app` and `cli` call it. The child side is [`worker`], the parent side [`Pool`].

mod child;
pub mod codec;
pub mod frames;
mod library;
pub mod memory;
mod native;
mod order;
mod picture;
mod pool;
mod reading;
mod recognised;
pub mod recogniser;
pub mod sandbox;
mod text;
mod whole;
mod wire;
pub mod worker;

pub use pool::{Limits, Pool, PoolConfig};
pub use recognised::{Recognised, RecognisedPage, RecognisedWord};
pub use recogniser::Recogniser;
pub use whole::{WholeDocument, read_whole, read_whole_recognised};

use crate::domain::facts::{Facts, ReadErrorCode};
use crate::domain::layout::{DocumentHead, LayoutSlice};

/// What a reading gives, in this order: progress, head, slices with progress between them, a corrected head if pages
/// turned out otherwise than guessed, facts.
#[derive(Debug, Clone, PartialEq)]
pub enum ReadEvent {
    /// What holds for the whole document. Comes before the first slice; a later one replaces it.
    Head(Box<DocumentHead>),
    /// The next pages.
    Slice(Box<LayoutSlice>),
    /// So many pages were read.
    Progress {
        /// Pages read.
        page: u32,
        /// Pages of the document.
        pages: u32,
    },
    /// What extraction concluded; the last event.
    Facts(Box<Facts>),
}

/// Why a document could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ReadFailure {
    /// The documented reason.
    pub code: ReadErrorCode,
    /// What happened and what to do, for a person.
    pub message: String,
    /// Whether the worker ended by it: trying again may help.
    pub worker_died: bool,
}

impl ReadFailure {
    /// A failure that the worker itself reported.
    fn said(code: ReadErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), worker_died: false }
    }

    /// A failure by which the worker ended.
    fn died(code: ReadErrorCode) -> Self {
        Self { code, message: code.message().to_owned(), worker_died: true }
    }
}
