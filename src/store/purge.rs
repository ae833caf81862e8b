//! Removing what is left of a deleted library, a batch at a time.

use super::engine::{Direction, KeyRange};
use super::error::Result;
use super::items;
use super::libraries;
use super::tables::Table;
use super::transaction::{View as _, WriteTx};
use super::tuple::TupleKey;
use crate::domain::ids::LibraryId;
use crate::domain::time::Timestamp;

/// Tables whose keys begin with the library and that no other table refers to.
const PLAIN: [Table; 5] = [Table::Collections, Table::Changes, Table::ChangeLogs, Table::Deletions, Table::Activities];

/// Removes about `limit` entries of a deleted library; `true` when nothing is left of it. A library that is not deleted is
/// left alone, and counts as nothing left to do. Its jobs end by their own rules; where people were in its papers stays,
/// under a number that no library gets again.
pub fn purge(tx: &mut WriteTx<'_>, library: LibraryId, now: Timestamp, limit: usize) -> Result<bool> {
    let is_deleted = libraries::find_record(tx, library)?.is_some_and(|record| record.deleted_at.is_some());
    if !is_deleted {
        return Ok(true);
    }
    let items = items::scan_all(tx, library, None, limit)?;
    for item in &items {
        items::erase(tx, library, item, now)?;
    }
    if !items.is_empty() {
        return Ok(false);
    }
    let range = KeyRange::prefix(&TupleKey::new().library(library).done());
    for table in PLAIN {
        let rows = tx.engine().scan(table, &range, Direction::Up, limit)?;
        for (key, _) in &rows {
            tx.delete(table, key)?;
        }
        if !rows.is_empty() {
            return Ok(false);
        }
    }
    tx.delete(Table::Libraries, &libraries::key(library))?;
    Ok(true)
}
