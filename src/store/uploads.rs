//! Uploads in progress, and those that ended until they expire.

use super::access::{find, find_many, put, put_mark, scan_keys};
use super::engine::KeyRange;
use super::error::Result;
use super::records::Upload;
use super::tables::Table;
use super::transaction::{View, WriteTx};
use super::tuple::TupleKey;
use crate::domain::ids::UserId;
use crate::domain::time::Timestamp;

fn key(id: u128) -> Vec<u8> {
    TupleKey::new().u128(id).done()
}

fn user_key(upload: &Upload) -> Vec<u8> {
    let newest_first = upload.created_at.0.saturating_neg();
    TupleKey::new().user(upload.user).i64(newest_first).u128(upload.id).done()
}

fn expiry_key(upload: &Upload) -> Vec<u8> {
    TupleKey::new().time(upload.expires_at).u128(upload.id).done()
}

/// The upload of that number.
pub fn find_upload(tx: &impl View, id: u128) -> Result<Option<Upload>> {
    find(tx, Table::Uploads, &key(id))
}

/// The uploads of these numbers, in their order (the parts of a whole).
pub fn get_many(tx: &impl View, ids: &[u128]) -> Result<Vec<Option<Upload>>> {
    find_many(tx, Table::Uploads, &ids.iter().map(|id| key(*id)).collect::<Vec<_>>())
}

/// Keeps a new or changed upload.
pub fn put_upload(tx: &mut WriteTx<'_>, upload: &Upload) -> Result<()> {
    if let Some(old) = find_upload(tx, upload.id)? {
        unindex(tx, &old)?;
    }
    put_mark(tx, Table::UploadsByUser, &user_key(upload))?;
    put_mark(tx, Table::UploadsByExpiry, &expiry_key(upload))?;
    put(tx, Table::Uploads, &key(upload.id), upload)
}

fn unindex(tx: &mut WriteTx<'_>, upload: &Upload) -> Result<()> {
    tx.delete(Table::UploadsByUser, &user_key(upload))?;
    tx.delete(Table::UploadsByExpiry, &expiry_key(upload))
}

/// Forgets an upload; `false` if there was none.
pub fn delete(tx: &mut WriteTx<'_>, id: u128) -> Result<bool> {
    let Some(upload) = find_upload(tx, id)? else { return Ok(false) };
    unindex(tx, &upload)?;
    tx.delete(Table::Uploads, &key(id))?;
    Ok(true)
}

/// At most `limit` uploads of a person, newest first.
pub fn list_of_user(tx: &impl View, user: UserId, limit: usize) -> Result<Vec<Upload>> {
    let range = KeyRange::prefix(&TupleKey::new().user(user).done());
    let ids = scan_keys(tx, Table::UploadsByUser, &range, limit, |key| {
        key.u64()?;
        key.i64()?;
        key.u128()
    })?;
    Ok(get_many(tx, &ids)?.into_iter().flatten().collect())
}

/// At most `limit` uploads that expired before `now`, oldest first.
pub fn expired(tx: &impl View, now: Timestamp, limit: usize) -> Result<Vec<Upload>> {
    let range = KeyRange::all().before(TupleKey::new().time(now).done());
    let ids = scan_keys(tx, Table::UploadsByExpiry, &range, limit, |key| {
        key.time()?;
        key.u128()
    })?;
    Ok(get_many(tx, &ids)?.into_iter().flatten().collect())
}

/// The numbers of all uploads, to find staging files that belong to none.
pub fn list_ids(tx: &impl View) -> Result<Vec<u128>> {
    scan_keys(tx, Table::Uploads, &KeyRange::all(), usize::MAX, |key| key.u128())
}
