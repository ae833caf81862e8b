//! What can go wrong with bytes, as far as callers act differently.

use std::io;

use crate::domain::ids::Sha256;

/// A result of this room.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What can go wrong with bytes.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such blob or upload.
    #[error("there is no such file")]
    NotFound,
    /// The disk (or the quota on it) is full; nothing half-written is left to see, and trying again works once there is room.
    #[error("the disk is full: {missing_bytes} bytes are missing")]
    DiskFull {
        /// How much room is missing at least.
        missing_bytes: u64,
    },
    /// The bytes do not follow on those that are there.
    #[error("the upload stands at {current} bytes")]
    WrongOffset {
        /// Where the next byte belongs.
        current: u64,
    },
    /// Another request is writing to this upload.
    #[error("another request is writing to this upload")]
    Busy,
    /// The bytes of a blob are not those of its name.
    #[error("the bytes stored as {sha256} are damaged")]
    Corrupt {
        /// The blob's name.
        sha256: Sha256,
    },
    /// The store behind the network does not answer as it should; trying again later may help.
    #[error("the blob store does not answer: {0}")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The local disk failed.
    #[error("the disk failed: {0}")]
    Io(#[source] io::Error),
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Error::NotFound,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Error::DiskFull { missing_bytes: 1 },
            _ => Error::Io(error),
        }
    }
}

impl From<rustix::io::Errno> for Error {
    fn from(error: rustix::io::Errno) -> Self {
        io::Error::from(error).into()
    }
}

impl From<tokio::task::JoinError> for Error {
    fn from(error: tokio::task::JoinError) -> Self {
        Error::Io(io::Error::other(error))
    }
}

impl Error {
    /// The same error; a full disk is told with how much the caller wanted to write.
    pub(super) fn wanting(self, missing: impl FnOnce() -> u64) -> Self {
        match self {
            Error::DiskFull { .. } => Error::DiskFull { missing_bytes: missing().max(1) },
            other => other,
        }
    }
}
