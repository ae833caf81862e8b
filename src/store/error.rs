//! What can go wrong in the store.

use thiserror::Error;

/// A failure of the store; a variant of its own only where the caller acts differently.
#[derive(Debug, Error)]
pub enum Error {
    /// Another process has the database open.
    #[error(
        "The data folder is in use by another running ScrollKeeper. Stop it first, or give this one another folder with --data."
    )]
    InUse,
    /// The database was written by a newer version of the program.
    #[error(
        "This data folder was written by a newer ScrollKeeper (schema {found}, this one knows up to {known}). Install the newer version again, or restore a backup made before the update."
    )]
    Newer {
        /// The schema of the database.
        found: u32,
        /// The newest schema this program knows.
        known: u32,
    },
    /// What was asked for is not there.
    #[error("{0} was not found")]
    NotFound(&'static str),
    /// A name that must be unique is taken already.
    #[error("this {0} is already in use")]
    Taken(&'static str),
    /// A stored record cannot be understood.
    #[error("a record in table {table} cannot be read: {reason}")]
    Corrupt {
        /// The table it lies in.
        table: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// The disk below has no room left.
    #[error("the disk of the data folder is full")]
    DiskFull,
    /// The engine or the disk below failed.
    #[error("the database failed: {0}")]
    Engine(String),
    /// The store is shutting down.
    #[error("the store is closed")]
    Closed,
}

/// The result of everything in this room.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// The same failure once more, for everybody it concerns.
    pub(crate) fn again(&self) -> Self {
        match self {
            Error::DiskFull => Error::DiskFull,
            Error::Closed => Error::Closed,
            other => Error::Engine(other.to_string()),
        }
    }
}
