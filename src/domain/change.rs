//! The change log: what each version of a library changed.

use super::ids::{Key, Version};
use super::time::Timestamp;

/// What kind of object a change is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ObjectKind {
    /// An item of any type, attachments and annotations too.
    Item,
    /// A collection.
    Collection,
    /// The library itself: its name or members (the key is that of nothing: all `2`).
    Library,
}

/// What happened to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// Made or edited: read the object anew.
    Put,
    /// Gone for ever (moving to the trash is a [`ChangeKind::Put`]).
    Deleted,
}

/// One entry of a library's change log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Change {
    /// The library's version with this change.
    pub version: Version,
    /// What kind of object.
    pub object: ObjectKind,
    /// Which one.
    pub key: Key,
    /// What happened.
    pub kind: ChangeKind,
    /// When.
    pub at: Timestamp,
}
