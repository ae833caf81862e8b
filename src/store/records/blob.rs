//! What is known of a blob.

use minicbor::{Decode, Encode};

use crate::domain::ids::{LibraryId, Sha256};
use crate::domain::item::ReadState;
use crate::domain::time::Timestamp;

/// Where a blob's bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum BlobPlace {
    /// Still in local staging.
    #[n(0)]
    Staging,
    /// In the blob store.
    #[n(1)]
    Store,
}

/// Bytes that are kept.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Blob {
    /// Their name.
    #[n(0)]
    pub sha256: Sha256,
    /// Their number.
    #[n(1)]
    pub size_bytes: u64,
    /// By content.
    #[n(2)]
    pub media_type: String,
    /// When they first came.
    #[n(3)]
    pub first_seen: Timestamp,
    /// Pages, once known.
    #[n(4)]
    pub pages: Option<u32>,
    /// How far the reader got.
    #[n(5)]
    pub state: ReadState,
    /// The version of the extraction rules by which it was read; 0 before that.
    #[n(6)]
    pub extraction_version: u32,
    /// Where the bytes are.
    #[n(7)]
    pub place: BlobPlace,
    /// The password that opens it, sealed.
    #[cbor(n(8), with = "minicbor::bytes")]
    pub sealed_password: Option<Vec<u8>>,
    /// The upload in whose staging file the bytes are, while `place` is staging.
    #[n(9)]
    pub staging_upload: Option<String>,
    /// Since when no attachment points here; kept by the store itself.
    #[n(10)]
    pub(crate) orphan_since: Option<Timestamp>,
    /// Libraries in which somebody knew the password. Who has the same bytes elsewhere has to know it too.
    #[n(11)]
    #[cbor(default)]
    pub unlocked_in: Vec<LibraryId>,
    /// Pages without usable text that recognition has not looked at; `None` where that was never counted.
    #[n(12)]
    pub unrecognised_pages: Option<u32>,
    /// Pages whose text was recognised from their picture.
    #[n(13)]
    #[cbor(default)]
    pub recognised_pages: u32,
}

impl Blob {
    /// A blob just seen, of which nothing is known but its bytes.
    #[must_use]
    pub fn new(sha256: Sha256, size_bytes: u64, media_type: String, place: BlobPlace, first_seen: Timestamp) -> Self {
        Self {
            sha256,
            size_bytes,
            media_type,
            first_seen,
            pages: None,
            state: ReadState::Waiting,
            extraction_version: 0,
            place,
            sealed_password: None,
            staging_upload: None,
            orphan_since: None,
            unlocked_in: Vec::new(),
            unrecognised_pages: None,
            recognised_pages: 0,
        }
    }

    /// Whether the bytes need a password that nobody in this library has given yet.
    #[must_use]
    pub fn is_locked_in(&self, library: LibraryId) -> bool {
        self.sealed_password.is_some() && !self.unlocked_in.contains(&library)
    }
}
