//! Libraries: making, finding, naming, removing.

use super::access::{bad_key, find, find_many, put, scan};
use super::changes;
use super::engine::{Direction, KeyRange};
use super::error::{Error, Result};
use super::members;
use super::meta::{self, Counter};
use super::records::LibraryRecord;
use super::tables::Table;
use super::transaction::{View, WriteTx};
use super::tuple::{TupleKey, TupleReader};
use crate::domain::ids::{LibraryId, UserId, Version};
use crate::domain::library::{Library, LibraryKind, Role};
use crate::domain::time::Timestamp;

pub(crate) fn key(id: LibraryId) -> Vec<u8> {
    TupleKey::new().library(id).done()
}

/// The record, deleted or not.
pub(crate) fn find_record(tx: &impl View, id: LibraryId) -> Result<Option<LibraryRecord>> {
    find(tx, Table::Libraries, &key(id))
}

pub(crate) fn put_record(tx: &mut WriteTx<'_>, id: LibraryId, record: &LibraryRecord) -> Result<()> {
    put(tx, Table::Libraries, &key(id), record)
}

/// Makes a library at version 0 and its owner a member with [`Role::Owner`].
///
/// # Errors
/// [`Error::Taken`] (`personal library`) if the person has one already.
pub fn create(tx: &mut WriteTx<'_>, kind: LibraryKind, name: &str, owner: UserId, at: Timestamp) -> Result<Library> {
    let id = LibraryId(meta::next(tx, Counter::Libraries)?);
    let is_group = match kind {
        LibraryKind::Group => true,
        LibraryKind::User => {
            if find_personal(tx, owner)?.is_some() {
                return Err(Error::Taken("personal library"));
            }
            tx.put(Table::PersonalLibraries, &TupleKey::new().user(owner).done(), &key(id))?;
            false
        }
    };
    let record =
        LibraryRecord { is_group, name: name.to_owned(), owner, version: Version(0), created_at: at, deleted_at: None };
    put_record(tx, id, &record)?;
    members::store(tx, id, owner, Role::Owner)?;
    Ok(record.into_library(id))
}

/// The library of that number, unless it is deleted.
pub fn find_library(tx: &impl View, id: LibraryId) -> Result<Option<Library>> {
    Ok(find_record(tx, id)?.filter(|record| record.deleted_at.is_none()).map(|record| record.into_library(id)))
}

/// The library of that number.
///
/// # Errors
/// [`Error::NotFound`] without one.
pub fn get(tx: &impl View, id: LibraryId) -> Result<Library> {
    find_library(tx, id)?.ok_or(Error::NotFound("library"))
}

/// The libraries of these numbers, in their order; `None` for those that are deleted or never were.
pub fn get_many(tx: &impl View, ids: &[LibraryId]) -> Result<Vec<Option<Library>>> {
    let keys: Vec<_> = ids.iter().map(|id| key(*id)).collect();
    let records: Vec<Option<LibraryRecord>> = find_many(tx, Table::Libraries, &keys)?;
    let library = |(id, record): (&LibraryId, Option<LibraryRecord>)| {
        record.filter(|record| record.deleted_at.is_none()).map(|record| record.into_library(*id))
    };
    Ok(ids.iter().zip(records).map(library).collect())
}

/// The person's own library.
pub fn find_personal(tx: &impl View, user: UserId) -> Result<Option<LibraryId>> {
    let id = tx.engine().get(Table::PersonalLibraries, &TupleKey::new().user(user).done())?;
    id.map(|id| TupleReader::new(&id).u64().map(LibraryId).ok_or_else(|| bad_key(Table::PersonalLibraries))).transpose()
}

/// The libraries of which a person is a member, with their role, by number.
pub fn list_of_user(tx: &impl View, user: UserId) -> Result<Vec<(Library, Role)>> {
    let memberships = members::libraries_of(tx, user)?;
    let ids: Vec<_> = memberships.iter().map(|(id, _)| *id).collect();
    let found = get_many(tx, &ids)?.into_iter().zip(memberships);
    Ok(found.filter_map(|(library, (_, role))| Some((library?, role))).collect())
}

/// At most `limit` libraries by number, behind `after`.
pub fn list(tx: &impl View, after: Option<LibraryId>, limit: usize) -> Result<Vec<Library>> {
    let mut out = Vec::new();
    let mut range = after.map_or_else(KeyRange::all, |id| KeyRange::all().after(key(id)));
    while out.len() < limit {
        let rows: Vec<(Vec<u8>, LibraryRecord)> = scan(tx, Table::Libraries, &range, Direction::Up, limit.min(1_000))?;
        let Some((last, _)) = rows.last() else { break };
        range = KeyRange::all().after(last.clone());
        for (key, record) in rows {
            let id = TupleReader::new(&key).u64().map(LibraryId).ok_or_else(|| bad_key(Table::Libraries))?;
            if record.deleted_at.is_none() && out.len() < limit {
                out.push(record.into_library(id));
            }
        }
    }
    Ok(out)
}

/// Libraries that are marked deleted and not yet wholly removed.
pub fn list_deleted(tx: &impl View) -> Result<Vec<LibraryId>> {
    let rows: Vec<(Vec<u8>, LibraryRecord)> = scan(tx, Table::Libraries, &KeyRange::all(), Direction::Up, usize::MAX)?;
    let deleted = rows.iter().filter(|(_, record)| record.deleted_at.is_some());
    deleted
        .map(|(key, _)| TupleReader::new(key).u64().map(LibraryId).ok_or_else(|| bad_key(Table::Libraries)))
        .collect()
}

/// Marks a library deleted: from now on nobody finds it. [`super::purge::purge`] removes what is in it.
///
/// # Errors
/// [`Error::NotFound`] without one.
pub fn delete(tx: &mut WriteTx<'_>, id: LibraryId, at: Timestamp) -> Result<()> {
    let record = find_record(tx, id)?.filter(|record| record.deleted_at.is_none());
    let record = record.ok_or(Error::NotFound("library"))?;
    if !record.is_group {
        tx.delete(Table::PersonalLibraries, &TupleKey::new().user(record.owner).done())?;
    }
    for (user, _) in members::list(tx, id)? {
        members::erase(tx, id, user)?;
    }
    put_record(tx, id, &LibraryRecord { deleted_at: Some(at), ..record })
}

/// Raises the versions of all libraries, after a restore: clients have seen higher ones, and versions never go down. What
/// clients and indexes saw after the backup is unknown, so each of them is told to begin anew.
pub fn raise_versions(tx: &mut WriteTx<'_>, by: u64) -> Result<()> {
    let rows: Vec<(Vec<u8>, LibraryRecord)> = scan(tx, Table::Libraries, &KeyRange::all(), Direction::Up, usize::MAX)?;
    for (key, mut record) in rows {
        record.version = Version(record.version.0.saturating_add(by));
        put(tx, Table::Libraries, &key, &record)?;
        changes::forget_until(tx, &key, record.version)?;
    }
    Ok(())
}
