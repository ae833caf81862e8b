//! The audit log: what administrators and role changes did.

use super::access::{put, scan};
use super::engine::{Direction, KeyRange};
use super::error::Result;
use super::meta::{self, Counter};
use super::records::AuditEntry;
use super::tables::Table;
use super::transaction::{View, WriteTx};
use super::tuple::TupleKey;

fn key(id: u64) -> Vec<u8> {
    TupleKey::new().newest(id).done()
}

/// Appends an entry; its number is given here.
pub fn append(tx: &mut WriteTx<'_>, entry: AuditEntry) -> Result<AuditEntry> {
    let entry = AuditEntry { id: meta::next(tx, Counter::Audit)?, ..entry };
    put(tx, Table::Audit, &key(entry.id), &entry)?;
    Ok(entry)
}

/// At most `limit` entries, newest first, older than the one numbered `before`.
pub fn list(tx: &impl View, before: Option<u64>, limit: usize) -> Result<Vec<AuditEntry>> {
    let range = match before {
        Some(id) => KeyRange::all().after(key(id)),
        None => KeyRange::all(),
    };
    Ok(scan(tx, Table::Audit, &range, Direction::Up, limit)?.into_iter().map(|(_, entry)| entry).collect())
}
