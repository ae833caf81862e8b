//! The one way to change what is in a library: gives the change its version and notes it in the change log.

use super::changes;
use super::collections;
use super::error::{Error, Result};
use super::items;
use super::libraries;
use super::members;
use super::transaction::WriteTx;
use crate::domain::change::{Change, ChangeKind, ObjectKind};
use crate::domain::ids::{Key, LibraryId, UserId, Version};
use crate::domain::item::{Collection, Item};
use crate::domain::library::Role;
use crate::domain::time::Timestamp;

/// What a transaction did to one library, for those who watch it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LibraryChanges {
    /// Which library.
    pub library: LibraryId,
    /// Its version now.
    pub version: Version,
    /// What changed, each object once.
    pub changes: Vec<Change>,
}

impl<'e> WriteTx<'e> {
    /// What this transaction did to libraries so far; to be returned from the closure and told to watchers after it.
    #[must_use]
    pub fn library_changes(&self) -> Vec<LibraryChanges> {
        let written = |(library, state): (&LibraryId, &super::transaction::LibraryState)| LibraryChanges {
            library: *library,
            version: state.version,
            changes: state.changes.values().copied().collect(),
        };
        self.libraries.iter().map(written).collect()
    }

    /// Begins to change a library. All changes of one transaction to one library get the same version, which is allotted
    /// at the first of them.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is no such library (any more).
    pub fn library(&mut self, id: LibraryId, now: Timestamp) -> Result<LibraryWrite<'_, 'e>> {
        libraries::get(self, id)?;
        Ok(LibraryWrite { tx: self, id, now })
    }
}

/// Changes one library within a transaction; see [`WriteTx::library`].
pub struct LibraryWrite<'t, 'e> {
    tx: &'t mut WriteTx<'e>,
    id: LibraryId,
    now: Timestamp,
}

impl<'e> LibraryWrite<'_, 'e> {
    /// The transaction, for everything that is not in a library.
    pub fn tx(&mut self) -> &mut WriteTx<'e> {
        self.tx
    }

    /// Keeps a new or changed item and stamps `item.version`. Times are the caller's.
    pub fn put_item(&mut self, item: &mut Item) -> Result<()> {
        item.version = self.note(ObjectKind::Item, item.key, ChangeKind::Put)?;
        items::store(self.tx, self.id, item, self.now)
    }

    /// Removes an item for ever; its children are the caller's to remove before. `false` if there was none.
    pub fn delete_item(&mut self, key: Key) -> Result<bool> {
        let Some(item) = items::find_item(self.tx, self.id, key)? else { return Ok(false) };
        self.note(ObjectKind::Item, key, ChangeKind::Deleted)?;
        items::erase(self.tx, self.id, &item, self.now)?;
        Ok(true)
    }

    /// Keeps a new or changed collection and stamps `collection.version`.
    pub fn put_collection(&mut self, collection: &mut Collection) -> Result<()> {
        collection.version = self.note(ObjectKind::Collection, collection.key, ChangeKind::Put)?;
        collections::store(self.tx, self.id, collection)
    }

    /// Removes a collection for ever; what lies in it is the caller's to move before. `false` if there was none.
    pub fn delete_collection(&mut self, key: Key) -> Result<bool> {
        if collections::find_collection(self.tx, self.id, key)?.is_none() {
            return Ok(false);
        }
        self.note(ObjectKind::Collection, key, ChangeKind::Deleted)?;
        collections::erase(self.tx, self.id, key)?;
        Ok(true)
    }

    /// Makes somebody a member, or gives a member another role.
    pub fn put_member(&mut self, user: UserId, role: Role) -> Result<()> {
        self.note_library()?;
        members::store(self.tx, self.id, user, role)
    }

    /// Takes somebody out of the library; `false` if they were not in it.
    pub fn remove_member(&mut self, user: UserId) -> Result<bool> {
        if members::role_of(self.tx, self.id, user)?.is_none() {
            return Ok(false);
        }
        self.note_library()?;
        members::erase(self.tx, self.id, user)?;
        Ok(true)
    }

    /// Gives the library another name.
    pub fn rename(&mut self, name: &str) -> Result<()> {
        self.note_library()?;
        let mut record = libraries::find_record(self.tx, self.id)?.ok_or(Error::NotFound("library"))?;
        name.clone_into(&mut record.name);
        libraries::put_record(self.tx, self.id, &record)
    }

    fn note_library(&mut self) -> Result<Version> {
        self.note(ObjectKind::Library, nothing(), ChangeKind::Put)
    }

    /// Notes a change in the log and returns the version it has.
    fn note(&mut self, object: ObjectKind, key: Key, kind: ChangeKind) -> Result<Version> {
        let version = self.version()?;
        let change = Change { version, object, key, kind, at: self.now };
        changes::append(self.tx, self.id, &change)?;
        Ok(version)
    }

    /// The version of this transaction's changes to this library.
    fn version(&mut self) -> Result<Version> {
        if let Some(state) = self.tx.libraries.get(&self.id) {
            return Ok(state.version);
        }
        let mut record = libraries::find_record(self.tx, self.id)?.ok_or(Error::NotFound("library"))?;
        record.version = Version(record.version.0 + 1);
        libraries::put_record(self.tx, self.id, &record)?;
        self.tx.libraries.entry(self.id).or_default().version = record.version;
        Ok(record.version)
    }
}

/// The key under which changes to the library itself stand.
fn nothing() -> Key {
    Key::parse("22222222").expect("eight characters of the alphabet")
}
