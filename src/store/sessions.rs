//! Signed-in browsers, by the SHA-256 of their cookie.

use super::access::{find, find_many, put, put_mark, scan_keys};
use super::engine::KeyRange;
use super::error::Result;
use super::records::Session;
use super::tables::Table;
use super::transaction::{View, WriteTx};
use super::tuple::TupleKey;
use crate::domain::ids::{Sha256, UserId};
use crate::domain::time::Timestamp;

fn key(hash: &Sha256) -> Vec<u8> {
    TupleKey::new().sha(hash).done()
}

fn user_key(session: &Session) -> Vec<u8> {
    TupleKey::new().user(session.user).sha(&session.hash).done()
}

fn expiry_key(session: &Session) -> Vec<u8> {
    TupleKey::new().time(session.expires_at).sha(&session.hash).done()
}

/// Keeps a new session, or a changed one under the same hash.
pub fn put_session(tx: &mut WriteTx<'_>, session: &Session) -> Result<()> {
    if let Some(old) = find_session(tx, &session.hash)? {
        unindex(tx, &old)?;
    }
    put_mark(tx, Table::SessionsByUser, &user_key(session))?;
    put_mark(tx, Table::SessionsByExpiry, &expiry_key(session))?;
    put(tx, Table::Sessions, &key(&session.hash), session)
}

fn unindex(tx: &mut WriteTx<'_>, session: &Session) -> Result<()> {
    tx.delete(Table::SessionsByUser, &user_key(session))?;
    tx.delete(Table::SessionsByExpiry, &expiry_key(session))
}

/// The session of that secret. The caller compares `expires_at` with its clock.
pub fn find_session(tx: &impl View, hash: &Sha256) -> Result<Option<Session>> {
    find(tx, Table::Sessions, &key(hash))
}

/// Notes that a session was used and moves its end. Nothing happens when it is gone.
pub fn touch(tx: &mut WriteTx<'_>, hash: &Sha256, now: Timestamp, expires_at: Timestamp) -> Result<()> {
    match find_session(tx, hash)? {
        Some(session) => put_session(tx, &Session { last_used_at: now, expires_at, ..session }),
        None => Ok(()),
    }
}

/// All sessions of a person.
pub fn list_of_user(tx: &impl View, user: UserId) -> Result<Vec<Session>> {
    let range = KeyRange::prefix(&TupleKey::new().user(user).done());
    let hashes = scan_keys(tx, Table::SessionsByUser, &range, usize::MAX, |key| {
        key.u64()?;
        key.sha()
    })?;
    let keys: Vec<_> = hashes.iter().map(key).collect();
    Ok(find_many(tx, Table::Sessions, &keys)?.into_iter().flatten().collect())
}

/// Ends a session; `false` if there was none.
pub fn delete(tx: &mut WriteTx<'_>, hash: &Sha256) -> Result<bool> {
    let Some(session) = find_session(tx, hash)? else { return Ok(false) };
    unindex(tx, &session)?;
    tx.delete(Table::Sessions, &key(hash))?;
    Ok(true)
}

/// Ends all sessions of a person, `except` one; returns how many.
pub fn delete_of_user(tx: &mut WriteTx<'_>, user: UserId, except: Option<&Sha256>) -> Result<usize> {
    let sessions = list_of_user(tx, user)?;
    let mut ended = 0;
    for session in sessions.iter().filter(|session| Some(&session.hash) != except) {
        ended += usize::from(delete(tx, &session.hash)?);
    }
    Ok(ended)
}

/// Removes at most `limit` sessions that ended before `now`; returns how many.
pub fn prune(tx: &mut WriteTx<'_>, now: Timestamp, limit: usize) -> Result<usize> {
    let range = KeyRange::all().before(TupleKey::new().time(now).done());
    let hashes = scan_keys(tx, Table::SessionsByExpiry, &range, limit, |key| {
        key.time()?;
        key.sha()
    })?;
    for hash in &hashes {
        delete(tx, hash)?;
    }
    Ok(hashes.len())
}
