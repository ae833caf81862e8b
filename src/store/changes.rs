//! The change log of each library, and its deletions, which are kept for ever.

use super::access::{bad_key, decode, find, put, scan};
use super::engine::{Direction, KeyRange};
use super::error::Result;
use super::libraries;
use super::records::{ChangeLogRecord, ChangeRecord};
use super::tables::Table;
use super::transaction::{View, WriteTx};
use super::tuple::{TupleKey, TupleReader};
use crate::domain::change::{Change, ChangeKind, ObjectKind};
use crate::domain::ids::{Key, LibraryId, Version};
use crate::domain::time::Timestamp;

/// Entries that a log keeps, however old.
pub const KEPT_ENTRIES: u64 = 100_000;
/// How long a log keeps entries, unless there are more than [`KEPT_ENTRIES`].
pub const KEPT_MS: i64 = 90 * 24 * 3_600_000;

fn object_code(object: ObjectKind) -> u8 {
    match object {
        ObjectKind::Item => 0,
        ObjectKind::Collection => 1,
        ObjectKind::Library => 2,
    }
}

fn object_of(code: u8) -> Option<ObjectKind> {
    [ObjectKind::Item, ObjectKind::Collection, ObjectKind::Library]
        .into_iter()
        .find(|object| object_code(*object) == code)
}

fn entry_key(library: LibraryId, version: Version, object: ObjectKind, key: Key) -> Vec<u8> {
    TupleKey::new().library(library).version(version).byte(object_code(object)).key(key).done()
}

fn read_key(table: Table, bytes: &[u8]) -> Result<(Version, ObjectKind, Key)> {
    let mut reader = TupleReader::new(bytes);
    let mut read = || {
        reader.u64()?;
        Some((Version(reader.u64()?), object_of(reader.byte()?)?, reader.key()?))
    };
    read().ok_or_else(|| bad_key(table))
}

/// The versions after `since`.
fn range_after(library: LibraryId, since: Version) -> KeyRange {
    let library = TupleKey::new().library(library);
    KeyRange::prefix(&library.clone().done()).starting_at(library.u64(since.0.saturating_add(1)).done())
}

fn log_key(library: LibraryId) -> Vec<u8> {
    libraries::key(library)
}

fn extent(tx: &impl View, library: LibraryId) -> Result<ChangeLogRecord> {
    Ok(find(tx, Table::ChangeLogs, &log_key(library))?.unwrap_or_default())
}

/// The oldest version from which a client can catch up by this log.
pub fn oldest_known(tx: &impl View, library: LibraryId) -> Result<Version> {
    Ok(extent(tx, library)?.floor)
}

/// About `limit` changes after version `since`, oldest first; `None` where the log no longer reaches back that far or
/// `since` lies ahead of the library (a client from before a restore): the client must begin anew.
///
/// A version is never cut in two, so one may go on from the last entry's version; one huge version exceeds `limit`.
pub fn changes_since(tx: &impl View, library: LibraryId, since: Version, limit: usize) -> Result<Option<Vec<Change>>> {
    let version = libraries::get(tx, library)?.version;
    if since < extent(tx, library)?.floor || since > version {
        return Ok(None);
    }
    let limit = limit.max(1);
    let mut changes = read_changes(tx, &range_after(library, since), limit.saturating_add(1))?;
    if changes.len() > limit {
        let cut = changes[limit].version;
        let first = changes[0].version;
        changes.retain(|change| change.version < cut);
        if changes.is_empty() {
            let one = TupleKey::new().library(library).version(first).done();
            changes = read_changes(tx, &KeyRange::prefix(&one), usize::MAX)?;
        }
    }
    Ok(Some(changes))
}

fn read_changes(tx: &impl View, range: &KeyRange, limit: usize) -> Result<Vec<Change>> {
    let rows: Vec<(Vec<u8>, ChangeRecord)> = scan(tx, Table::Changes, range, Direction::Up, limit)?;
    let read = |(bytes, record): (Vec<u8>, ChangeRecord)| {
        let (version, object, key) = read_key(Table::Changes, &bytes)?;
        Ok(record.into_change(version, object, key))
    };
    rows.into_iter().map(read).collect()
}

/// At most `limit` deletions after version `since`, oldest first; reaches back to the library's beginning.
pub fn deletions_since(tx: &impl View, library: LibraryId, since: Version, limit: usize) -> Result<Vec<Change>> {
    let rows = tx.engine().scan(Table::Deletions, &range_after(library, since), Direction::Up, limit)?;
    let read = |(bytes, value): (Vec<u8>, Vec<u8>)| {
        let (version, object, key) = read_key(Table::Deletions, &bytes)?;
        let at: Timestamp = decode(Table::Deletions, &value)?;
        Ok(Change { version, object, key, kind: ChangeKind::Deleted, at })
    };
    rows.into_iter().map(read).collect()
}

/// Notes a change. A second change of the same object in the same transaction takes the first one's place.
pub(crate) fn append(tx: &mut WriteTx<'_>, library: LibraryId, change: &Change) -> Result<()> {
    let key = entry_key(library, change.version, change.object, change.key);
    let state = tx.libraries.entry(library).or_default();
    let is_new = state.changes.insert((object_code(change.object), change.key), *change).is_none();
    if is_new {
        let mut log = extent(tx, library)?;
        log.entries += 1;
        put(tx, Table::ChangeLogs, &log_key(library), &log)?;
    }
    let deleted = change.kind == ChangeKind::Deleted;
    if deleted {
        put(tx, Table::Deletions, &key, &change.at)?;
    } else if !is_new {
        tx.delete(Table::Deletions, &key)?;
    }
    put(tx, Table::Changes, &key, &ChangeRecord { deleted, at: change.at })
}

/// Lets the log of the library under `key` begin at `version`; its older entries go with the next trim.
pub(crate) fn forget_until(tx: &mut WriteTx<'_>, key: &[u8], version: Version) -> Result<()> {
    let log: ChangeLogRecord = find(tx, Table::ChangeLogs, key)?.unwrap_or_default();
    put(tx, Table::ChangeLogs, key, &ChangeLogRecord { floor: version, ..log })
}

/// Removes at most `limit` entries that are older than [`KEPT_MS`] or beyond [`KEPT_ENTRIES`]; returns how many. Deletions
/// stay in their own log.
pub fn trim(tx: &mut WriteTx<'_>, library: LibraryId, now: Timestamp, limit: usize) -> Result<usize> {
    trim_to(tx, library, now.plus_ms(-KEPT_MS), KEPT_ENTRIES, limit)
}

/// As [`trim`], with the time before which entries go and the number that may stay.
pub fn trim_to(tx: &mut WriteTx<'_>, library: LibraryId, before: Timestamp, keep: u64, limit: usize) -> Result<usize> {
    let mut log = extent(tx, library)?;
    let mut removed = 0;
    for change in read_changes(tx, &range_after(library, Version(0)), limit)? {
        // Whole versions only: a version of which a part is gone is below the floor.
        if change.at >= before && log.entries <= keep && change.version > log.floor {
            break;
        }
        tx.delete(Table::Changes, &entry_key(library, change.version, change.object, change.key))?;
        log.floor = log.floor.max(change.version);
        log.entries = log.entries.saturating_sub(1);
        removed += 1;
    }
    if removed > 0 {
        put(tx, Table::ChangeLogs, &log_key(library), &log)?;
    }
    Ok(removed)
}
