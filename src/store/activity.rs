//! What happened in a library, for people to read.

use super::access::{put, scan};
use super::engine::{Direction, KeyRange};
use super::error::Result;
use super::meta::{self, Counter};
use super::records::Activity;
use super::tables::Table;
use super::transaction::{View, WriteTx};
use super::tuple::TupleKey;
use crate::domain::ids::LibraryId;

/// Appends an entry; its number is given here.
pub fn append(tx: &mut WriteTx<'_>, entry: Activity) -> Result<Activity> {
    let entry = Activity { id: meta::next(tx, Counter::Activities)?, ..entry };
    let key = TupleKey::new().library(entry.library).newest(entry.id).done();
    put(tx, Table::Activities, &key, &entry)?;
    Ok(entry)
}

/// At most `limit` entries of a library, newest first, older than the one numbered `before`.
pub fn list(tx: &impl View, library: LibraryId, before: Option<u64>, limit: usize) -> Result<Vec<Activity>> {
    let prefix = TupleKey::new().library(library);
    let whole = KeyRange::prefix(&prefix.clone().done());
    let range = match before {
        Some(id) => whole.after(prefix.newest(id).done()),
        None => whole,
    };
    Ok(scan(tx, Table::Activities, &range, Direction::Up, limit)?.into_iter().map(|(_, entry)| entry).collect())
}
