//! Collections: finding and listing. Changing them goes through [`super::LibraryWrite`].

use super::access::{bad_key, find, put, scan};
use super::engine::{Direction, KeyRange};
use super::error::{Error, Result};
use super::records::CollectionRecord;
use super::tables::Table;
use super::transaction::{View, WriteTx};
use super::tuple::{TupleKey, TupleReader};
use crate::domain::ids::{Key, LibraryId};
use crate::domain::item::Collection;

fn key(library: LibraryId, collection: Key) -> Vec<u8> {
    TupleKey::new().library(library).key(collection).done()
}

/// The collection of that key.
pub fn find_collection(tx: &impl View, library: LibraryId, collection: Key) -> Result<Option<Collection>> {
    let record: Option<CollectionRecord> = find(tx, Table::Collections, &key(library, collection))?;
    Ok(record.map(|record| record.into_collection(collection)))
}

/// The collection of that key.
///
/// # Errors
/// [`Error::NotFound`] without one.
pub fn get(tx: &impl View, library: LibraryId, collection: Key) -> Result<Collection> {
    find_collection(tx, library, collection)?.ok_or(Error::NotFound("collection"))
}

/// All collections of a library, by key.
pub fn list(tx: &impl View, library: LibraryId) -> Result<Vec<Collection>> {
    let range = KeyRange::prefix(&TupleKey::new().library(library).done());
    let rows: Vec<(Vec<u8>, CollectionRecord)> = scan(tx, Table::Collections, &range, Direction::Up, usize::MAX)?;
    let read = |(bytes, record): (Vec<u8>, CollectionRecord)| {
        let mut reader = TupleReader::new(&bytes);
        let key = reader.u64().and_then(|_| reader.key()).ok_or_else(|| bad_key(Table::Collections))?;
        Ok(record.into_collection(key))
    };
    rows.into_iter().map(read).collect()
}

pub(crate) fn store(tx: &mut WriteTx<'_>, library: LibraryId, collection: &Collection) -> Result<()> {
    put(tx, Table::Collections, &key(library, collection.key), &CollectionRecord::from(collection))
}

pub(crate) fn erase(tx: &mut WriteTx<'_>, library: LibraryId, collection: Key) -> Result<()> {
    tx.delete(Table::Collections, &key(library, collection))
}
