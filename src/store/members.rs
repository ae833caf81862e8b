//! Who belongs to which library.

use super::access::{bad_key, find, put, scan};
use super::engine::{Direction, KeyRange};
use super::error::Result;
use super::tables::Table;
use super::transaction::{View, WriteTx};
use super::tuple::{TupleKey, TupleReader};
use crate::domain::ids::{LibraryId, UserId};
use crate::domain::library::Role;

fn key(library: LibraryId, user: UserId) -> Vec<u8> {
    TupleKey::new().library(library).user(user).done()
}

fn by_member_key(user: UserId, library: LibraryId) -> Vec<u8> {
    TupleKey::new().user(user).library(library).done()
}

/// The person's role in a library; `None` for those who are not in it.
pub fn role_of(tx: &impl View, library: LibraryId, user: UserId) -> Result<Option<Role>> {
    find(tx, Table::Members, &key(library, user))
}

/// All members of a library.
pub fn list(tx: &impl View, library: LibraryId) -> Result<Vec<(UserId, Role)>> {
    let range = KeyRange::prefix(&TupleKey::new().library(library).done());
    second_parts(scan(tx, Table::Members, &range, Direction::Up, usize::MAX)?, Table::Members, UserId)
}

/// All libraries of which a person is a member, by number.
pub fn libraries_of(tx: &impl View, user: UserId) -> Result<Vec<(LibraryId, Role)>> {
    let range = KeyRange::prefix(&TupleKey::new().user(user).done());
    let rows = scan(tx, Table::LibrariesByMember, &range, Direction::Up, usize::MAX)?;
    second_parts(rows, Table::LibrariesByMember, LibraryId)
}

fn second_parts<T>(rows: Vec<(Vec<u8>, Role)>, table: Table, make: fn(u64) -> T) -> Result<Vec<(T, Role)>> {
    let read = |(key, role): (Vec<u8>, Role)| {
        let mut reader = TupleReader::new(&key);
        let second = reader.u64().and_then(|_| reader.u64()).ok_or_else(|| bad_key(table))?;
        Ok((make(second), role))
    };
    rows.into_iter().map(read).collect()
}

/// Writes a membership and its index. Callers outside this room go through [`super::LibraryWrite`].
pub(crate) fn store(tx: &mut WriteTx<'_>, library: LibraryId, user: UserId, role: Role) -> Result<()> {
    put(tx, Table::Members, &key(library, user), &role)?;
    put(tx, Table::LibrariesByMember, &by_member_key(user, library), &role)
}

/// Removes a membership and its index.
pub(crate) fn erase(tx: &mut WriteTx<'_>, library: LibraryId, user: UserId) -> Result<()> {
    tx.delete(Table::Members, &key(library, user))?;
    tx.delete(Table::LibrariesByMember, &by_member_key(user, library))
}
