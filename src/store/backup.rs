//! Copies of a database that is in use. The file itself must not be copied while it is open: its pages change under the
//! copier. So the copy is made entry by entry from a snapshot.

use std::path::Path;

use super::engine::{Direction, Durability, Engine, EngineRead, KeyRange};
use super::error::{Error, Result};
use super::redb_engine::RedbEngine;
use super::tables::Table;
use super::transaction::View;

/// Entries copied in one transaction.
const BATCH: usize = 5_000;

/// Copies everything that `from` sees into a new file.
pub(crate) fn copy(from: &impl View, path: &Path) -> Result<()> {
    copy_engine(from.engine(), path)
}

/// Copies everything that `from` sees into a new file.
pub(crate) fn copy_engine(from: &dyn EngineRead, path: &Path) -> Result<()> {
    if path.exists() {
        return Err(Error::Engine(format!("{} exists already", path.display())));
    }
    let target = RedbEngine::open(path)?;
    for table in Table::ALL {
        copy_table(from, &target, table)?;
    }
    target.write()?.commit(Durability::Durable)
}

fn copy_table(from: &dyn EngineRead, target: &RedbEngine, table: Table) -> Result<()> {
    let mut range = KeyRange::all();
    loop {
        let entries = from.scan(table, &range, Direction::Up, BATCH)?;
        let Some((last, _)) = entries.last() else { return Ok(()) };
        let mut transaction = target.write()?;
        for (key, value) in &entries {
            transaction.put(table, key, value)?;
        }
        transaction.commit(Durability::Later)?;
        range = KeyRange::all().after(last.clone());
    }
}
