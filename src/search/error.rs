//! What can go wrong below a search.

use std::io;

/// A failure of the index, never of a query.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The index on disk cannot be used; delete it with [`super::SearchIndex::clear`] and build it again.
    #[error("the search index is damaged: {0}")]
    Damaged(String),
    /// The file system refused (disk full, permissions); the index may still be sound.
    #[error("the search index could not be read or written: {0}")]
    Io(#[from] io::Error),
    /// The engine refused for another reason.
    #[error("the search engine failed: {0}")]
    Engine(String),
}

/// Result of this room.
pub type Result<T> = std::result::Result<T, SearchError>;

impl From<tantivy::TantivyError> for SearchError {
    fn from(error: tantivy::TantivyError) -> Self {
        use tantivy::TantivyError as E;
        match error {
            E::IoError(cause) => Self::Io(io::Error::new(cause.kind(), cause.to_string())),
            E::DataCorruption(_) | E::IncompatibleIndex(_) | E::OpenReadError(_) | E::OpenDirectoryError(_) => {
                Self::Damaged(error.to_string())
            }
            _ => Self::Engine(error.to_string()),
        }
    }
}

impl From<tantivy::directory::error::OpenReadError> for SearchError {
    fn from(error: tantivy::directory::error::OpenReadError) -> Self {
        Self::Damaged(error.to_string())
    }
}
