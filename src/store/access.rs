//! Reading and writing records, for the accessors of this room.

use minicbor::{Decode, Encode};

use super::engine::{Direction, KeyRange};
use super::error::{Error, Result};
use super::tables::Table;
use super::transaction::{View, WriteTx};
use super::tuple::TupleReader;

/// Understands a stored record.
pub(crate) fn decode<'b, T: Decode<'b, ()>>(table: Table, bytes: &'b [u8]) -> Result<T> {
    minicbor::decode(bytes).map_err(|error| Error::Corrupt { table: table.name(), reason: error.to_string() })
}

/// The failure of a key that does not fit its layout.
pub(crate) fn bad_key(table: Table) -> Error {
    Error::Corrupt { table: table.name(), reason: "a key does not have the table's layout".to_owned() }
}

/// The record under `key`.
pub(crate) fn find<T: for<'b> Decode<'b, ()>>(tx: &impl View, table: Table, key: &[u8]) -> Result<Option<T>> {
    tx.engine().get(table, key)?.map(|bytes| decode(table, &bytes)).transpose()
}

/// The records under `keys`, in their order.
pub(crate) fn find_many<T: for<'b> Decode<'b, ()>>(
    tx: &impl View,
    table: Table,
    keys: &[Vec<u8>],
) -> Result<Vec<Option<T>>> {
    let values = tx.engine().get_many(table, keys)?;
    values.into_iter().map(|value| value.map(|bytes| decode(table, &bytes)).transpose()).collect()
}

/// Whether there is an entry under `key`.
pub(crate) fn exists(tx: &impl View, table: Table, key: &[u8]) -> Result<bool> {
    Ok(tx.engine().get(table, key)?.is_some())
}

/// At most `limit` records of the range with their keys.
pub(crate) fn scan<T: for<'b> Decode<'b, ()>>(
    tx: &impl View,
    table: Table,
    range: &KeyRange,
    direction: Direction,
    limit: usize,
) -> Result<Vec<(Vec<u8>, T)>> {
    let entries = tx.engine().scan(table, range, direction, limit)?;
    entries.into_iter().map(|(key, value)| Ok((key, decode(table, &value)?))).collect()
}

/// What `read` finds in at most `limit` keys of the range, upward.
pub(crate) fn scan_keys<T>(
    tx: &impl View,
    table: Table,
    range: &KeyRange,
    limit: usize,
    read: impl Fn(&mut TupleReader<'_>) -> Option<T>,
) -> Result<Vec<T>> {
    let entries = tx.engine().scan(table, range, Direction::Up, limit)?;
    entries.iter().map(|(key, _)| read(&mut TupleReader::new(key)).ok_or_else(|| bad_key(table))).collect()
}

/// Puts a record.
pub(crate) fn put<T: Encode<()>>(tx: &mut WriteTx<'_>, table: Table, key: &[u8], record: &T) -> Result<()> {
    let bytes =
        minicbor::to_vec(record).map_err(|error| Error::Corrupt { table: table.name(), reason: error.to_string() })?;
    tx.put(table, key, &bytes)
}

/// Puts an index entry that is nothing but its key.
pub(crate) fn put_mark(tx: &mut WriteTx<'_>, table: Table, key: &[u8]) -> Result<()> {
    tx.put(table, key, &[])
}
