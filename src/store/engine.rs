//! The seam below the store: ordered byte keys in named tables, in serializable transactions.
//!
//! A networked engine pays for each call, so callers use [`EngineRead::get_many`] and [`EngineRead::scan`], never
//! [`EngineRead::get`] in a loop over an unbounded list.

use std::ops::Bound;

use super::error::Result;
use super::tables::Table;

/// A key and its value.
pub type Entry = (Vec<u8>, Vec<u8>);

/// The order in which a scan goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Smallest key first.
    Up,
    /// Greatest key first.
    Down,
}

/// A range of keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRange {
    /// Where it begins.
    pub from: Bound<Vec<u8>>,
    /// Where it ends.
    pub to: Bound<Vec<u8>>,
}

impl KeyRange {
    /// Every key of a table.
    pub fn all() -> Self {
        Self { from: Bound::Unbounded, to: Bound::Unbounded }
    }

    /// Every key that begins with `prefix`.
    pub fn prefix(prefix: &[u8]) -> Self {
        Self { from: Bound::Included(prefix.to_vec()), to: end_of(prefix) }
    }

    /// The same range, only what comes after `key` (smaller keys are left out).
    pub fn after(mut self, key: Vec<u8>) -> Self {
        self.from = Bound::Excluded(key);
        self
    }

    /// The same range, from `key` on.
    pub fn starting_at(mut self, key: Vec<u8>) -> Self {
        self.from = Bound::Included(key);
        self
    }

    /// The same range, only what comes before `key`.
    pub fn before(mut self, key: Vec<u8>) -> Self {
        self.to = Bound::Excluded(key);
        self
    }

    /// Whether no key can lie in it (ordered maps refuse such ranges).
    pub fn is_empty(&self) -> bool {
        match (&self.from, &self.to) {
            (Bound::Included(from), Bound::Included(to)) => from > to,
            (Bound::Included(from) | Bound::Excluded(from), Bound::Excluded(to))
            | (Bound::Excluded(from), Bound::Included(to)) => from >= to,
            _ => false,
        }
    }
}

/// The first key behind all keys with this prefix.
fn end_of(prefix: &[u8]) -> Bound<Vec<u8>> {
    match prefix.iter().rposition(|byte| *byte != u8::MAX) {
        Some(last) => {
            let mut end = prefix[..=last].to_vec();
            end[last] += 1;
            Bound::Excluded(end)
        }
        None => Bound::Unbounded,
    }
}

/// What both kinds of transactions can do.
pub trait EngineRead {
    /// The value under `key`.
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>>;

    /// The values under `keys`, in their order.
    fn get_many(&self, table: Table, keys: &[Vec<u8>]) -> Result<Vec<Option<Vec<u8>>>>;

    /// At most `limit` entries of the range.
    fn scan(&self, table: Table, range: &KeyRange, direction: Direction, limit: usize) -> Result<Vec<Entry>>;
}

/// When a commit is safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// On disk when the commit returns.
    Durable,
    /// On disk with the next durable commit; lost with all later ones if the program ends before it.
    Later,
}

/// A transaction that writes; dropping it undoes everything.
pub trait EngineWrite: EngineRead {
    /// Puts `value` under `key`.
    fn put(&mut self, table: Table, key: &[u8], value: &[u8]) -> Result<()>;

    /// Removes `key`; nothing happens if it is not there.
    fn delete(&mut self, table: Table, key: &[u8]) -> Result<()>;

    /// Makes everything visible at once.
    fn commit(self: Box<Self>, durability: Durability) -> Result<()>;
}

/// A snapshot to read from.
pub trait Snapshot: EngineRead + Send + Sync {}

impl<T: EngineRead + Send + Sync> Snapshot for T {}

/// A database.
pub trait Engine: Send + Sync {
    /// A snapshot of the last commit.
    fn read(&self) -> Result<Box<dyn Snapshot>>;

    /// Begins to write; waits until a transaction that is under way ends.
    fn write(&self) -> Result<Box<dyn EngineWrite + '_>>;

    /// Opens the database anew after a failure of the disk; what was durable is there again. Snapshots of before may fail.
    fn reopen(&mut self) -> Result<()>;

    /// Verifies every page; `false` if something was wrong. Waits for nothing: needs the database for itself.
    fn check_integrity(&mut self) -> Result<bool>;
}
