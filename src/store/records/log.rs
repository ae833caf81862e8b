//! Things noted down: answers, audit, reading positions, activity.

use minicbor::{Decode, Encode};

use crate::domain::ids::{Key, LibraryId, Sha256, UserId};
use crate::domain::time::Timestamp;

/// A client's key for a request that must not be done twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// Who asked.
    pub user: UserId,
    /// The key they sent.
    pub key: String,
}

/// The answer such a request got.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct StoredAnswer {
    /// SHA-256 of method, path and body: the same key with another request is an error.
    #[n(0)]
    pub request: Sha256,
    /// HTTP status.
    #[n(1)]
    pub status: u16,
    /// The body.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub body: Vec<u8>,
    /// When.
    #[n(3)]
    pub at: Timestamp,
    /// The ETag of what is in the body.
    #[n(4)]
    pub etag: Option<String>,
}

/// An entry of the audit log.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct AuditEntry {
    /// Its number, rising; given when it is appended.
    #[n(0)]
    pub id: u64,
    /// When.
    #[n(1)]
    pub at: Timestamp,
    /// Who; nobody for the program itself.
    #[n(2)]
    pub user: Option<UserId>,
    /// From where.
    #[n(3)]
    pub address: Option<String>,
    /// What was done: `user.create`, `member.put`, …
    #[n(4)]
    pub action: String,
    /// To what.
    #[n(5)]
    pub subject: String,
    /// Details for a person.
    #[n(6)]
    pub detail: String,
}

/// Where somebody is in a document.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
pub struct ReadingPosition {
    /// Index of the page (0 for the first).
    #[n(0)]
    pub page: u32,
    /// Clockwise degrees by which they turned it.
    #[n(1)]
    pub rotation: u16,
    /// `page-width`, `page-fit` or a factor.
    #[n(2)]
    pub zoom: Option<String>,
    /// Whether they have read it.
    #[n(3)]
    pub is_read: bool,
    /// When this was noted.
    #[n(4)]
    pub at: Timestamp,
}

/// Something that happened in a library, for people to read.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Activity {
    /// Its number in the library, rising; given when it is appended.
    #[n(0)]
    pub id: u64,
    /// Where.
    #[n(1)]
    pub library: LibraryId,
    /// When.
    #[n(2)]
    pub at: Timestamp,
    /// Who; nobody for the program itself.
    #[n(3)]
    pub user: Option<UserId>,
    /// What: `item.added`, `item.trashed`, `member.joined`, …
    #[n(4)]
    pub kind: String,
    /// The item or collection it is about.
    #[n(5)]
    pub key: Option<Key>,
    /// Its title or name at that time.
    #[n(6)]
    pub text: String,
}
