//! The one error of all use cases: what a caller can act on, in words for a person, with the cause kept for the log.

use crate::domain::ids::Version;

/// Why a use case did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nobody is signed in, or the session or token is no longer good.
    #[error("{detail}")]
    Unauthenticated {
        /// `signed_out`, `wrong_password`, …
        code: &'static str,
        /// For a person.
        detail: String,
    },
    /// Signed in, but may not.
    #[error("{0}")]
    Forbidden(String),
    /// Not there, or not for this actor to know of.
    #[error("{0}")]
    NotFound(String),
    /// Does not fit what is there now.
    #[error("{detail}")]
    Conflict {
        /// For programs.
        code: &'static str,
        /// For a person.
        detail: String,
    },
    /// Somebody else changed the object first.
    #[error("this was changed meanwhile; it is at version {current} now")]
    Behind {
        /// The object's version now.
        current: Version,
    },
    /// The request makes no sense.
    #[error("{detail}")]
    Invalid {
        /// For programs.
        code: &'static str,
        /// For a person: what would be right.
        detail: String,
        /// Which field, if one is at fault.
        field: Option<&'static str>,
    },
    /// A file of a kind that is not taken.
    #[error("{detail}")]
    UnsupportedFile {
        /// `not_a_pdf`, `web_page`, …
        code: &'static str,
        /// For a person.
        detail: String,
    },
    /// Larger than is taken.
    #[error("{0}")]
    TooLarge(String),
    /// Too many tries.
    #[error("{detail}")]
    Limited {
        /// Seconds to wait.
        retry_after_s: u64,
        /// For a person.
        detail: String,
    },
    /// Somebody else is at it; try again soon.
    #[error("{0}")]
    Busy(String),
    /// An upload's offset is another one.
    #[error("the upload stands at byte {current}; go on from there")]
    WrongOffset {
        /// Where it stands.
        current: u64,
    },
    /// A chunk's checksum does not match; the chunk was dropped.
    #[error("the checksum of this part does not match; it was dropped, send it again")]
    ChecksumMismatch,
    /// The disk (or the person's share of it) is full.
    #[error("{detail}")]
    NoSpace {
        /// Bytes that are missing.
        missing_bytes: u64,
        /// For a person.
        detail: String,
    },
    /// A part of the program cannot work right now; try again.
    #[error("{0}")]
    Unavailable(String),
    /// A fault of ours: the cause goes to the log, never to the caller.
    #[error("something went wrong on the server; the request number leads to the cause in its log")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// What a use case answers.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// The stable word for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Error::Unauthenticated { code, .. }
            | Error::Conflict { code, .. }
            | Error::Invalid { code, .. }
            | Error::UnsupportedFile { code, .. } => code,
            Error::Forbidden(_) => "forbidden",
            Error::NotFound(_) => "not_found",
            Error::Behind { .. } => "behind",
            Error::TooLarge(_) => "too_large",
            Error::Limited { .. } => "limited",
            Error::Busy(_) => "busy",
            Error::WrongOffset { .. } => "wrong_offset",
            Error::ChecksumMismatch => "checksum_mismatch",
            Error::NoSpace { .. } => "no_space",
            Error::Unavailable(_) => "unavailable",
            Error::Internal(_) => "internal",
        }
    }

    /// A fault of ours with its cause.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Error::Internal(cause.into())
    }

    /// A field that is wrong.
    #[must_use]
    pub fn invalid(field: &'static str, detail: impl Into<String>) -> Self {
        Error::Invalid { code: "invalid", detail: detail.into(), field: Some(field) }
    }

    /// A thing that is not there.
    #[must_use]
    pub fn not_found(what: &str) -> Self {
        Error::NotFound(format!("There is no such {what}, or it is not open to you."))
    }
}
