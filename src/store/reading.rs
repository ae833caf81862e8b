//! Where each person is in each document, and what they have read.

use super::access::{bad_key, find, put, scan};
use super::engine::{Direction, KeyRange};
use super::error::Result;
use super::records::ReadingPosition;
use super::tables::Table;
use super::transaction::{View, WriteTx};
use super::tuple::{TupleKey, TupleReader};
use crate::domain::ids::{Key, LibraryId, UserId};

fn key(user: UserId, library: LibraryId, item: Key) -> Vec<u8> {
    TupleKey::new().user(user).library(library).key(item).done()
}

/// Where a person is in a document.
pub fn find_position(tx: &impl View, user: UserId, library: LibraryId, item: Key) -> Result<Option<ReadingPosition>> {
    find(tx, Table::Reading, &key(user, library, item))
}

/// Notes where a person is in a document.
pub fn put_position(
    tx: &mut WriteTx<'_>,
    user: UserId,
    library: LibraryId,
    item: Key,
    position: &ReadingPosition,
) -> Result<()> {
    put(tx, Table::Reading, &key(user, library, item), position)
}

/// All positions of a person in a library.
pub fn list(tx: &impl View, user: UserId, library: LibraryId) -> Result<Vec<(Key, ReadingPosition)>> {
    let range = KeyRange::prefix(&TupleKey::new().user(user).library(library).done());
    let rows = scan(tx, Table::Reading, &range, Direction::Up, usize::MAX)?;
    let read = |(bytes, position): (Vec<u8>, ReadingPosition)| {
        let mut reader = TupleReader::new(&bytes);
        let item = reader.u64().and_then(|_| reader.u64()).and_then(|_| reader.key());
        Ok((item.ok_or_else(|| bad_key(Table::Reading))?, position))
    };
    rows.into_iter().map(read).collect()
}
