//! Libraries and their change logs.

use minicbor::{Decode, Encode};

use crate::domain::change::{Change, ChangeKind, ObjectKind};
use crate::domain::ids::{Key, LibraryId, UserId, Version};
use crate::domain::library::{Library, LibraryKind};
use crate::domain::time::Timestamp;

/// A library.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub(crate) struct LibraryRecord {
    #[n(0)]
    pub is_group: bool,
    #[n(1)]
    pub name: String,
    #[n(2)]
    pub owner: UserId,
    #[n(3)]
    pub version: Version,
    #[n(4)]
    pub created_at: Timestamp,
    #[n(5)]
    pub deleted_at: Option<Timestamp>,
}

impl LibraryRecord {
    /// The library as everybody knows it.
    pub(crate) fn into_library(self, id: LibraryId) -> Library {
        let kind = if self.is_group { LibraryKind::Group } else { LibraryKind::User };
        Library { id, kind, name: self.name, owner: self.owner, version: self.version }
    }
}

/// A change; version, object and key are in the table's key.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub(crate) struct ChangeRecord {
    #[n(0)]
    pub deleted: bool,
    #[n(1)]
    pub at: Timestamp,
}

impl ChangeRecord {
    pub(crate) fn into_change(self, version: Version, object: ObjectKind, key: Key) -> Change {
        let kind = if self.deleted { ChangeKind::Deleted } else { ChangeKind::Put };
        Change { version, object, key, kind, at: self.at }
    }
}

/// The extent of a change log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Encode, Decode)]
pub(crate) struct ChangeLogRecord {
    /// Everything after this version is in the log.
    #[n(0)]
    pub floor: Version,
    /// Entries in it.
    #[n(1)]
    pub entries: u64,
}
