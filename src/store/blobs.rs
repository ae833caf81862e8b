//! What is known of each blob.

use super::access::{find, find_many, put, put_mark, scan, scan_keys};
use super::engine::{Direction, KeyRange};
use super::error::{Error, Result};
use super::items;
use super::records::Blob;
use super::tables::Table;
use super::transaction::{View, WriteTx};
use super::tuple::TupleKey;
use crate::domain::ids::Sha256;
use crate::domain::time::Timestamp;

fn key(sha: &Sha256) -> Vec<u8> {
    TupleKey::new().sha(sha).done()
}

fn orphan_key(since: Timestamp, sha: &Sha256) -> Vec<u8> {
    TupleKey::new().time(since).sha(sha).done()
}

/// The blob of that hash.
pub fn find_blob(tx: &impl View, sha: &Sha256) -> Result<Option<Blob>> {
    find(tx, Table::Blobs, &key(sha))
}

/// The blob of that hash.
///
/// # Errors
/// [`Error::NotFound`] without one.
pub fn get(tx: &impl View, sha: &Sha256) -> Result<Blob> {
    find_blob(tx, sha)?.ok_or(Error::NotFound("file"))
}

/// The blobs of these hashes, in their order.
pub fn get_many(tx: &impl View, shas: &[Sha256]) -> Result<Vec<Option<Blob>>> {
    find_many(tx, Table::Blobs, &shas.iter().map(key).collect::<Vec<_>>())
}

/// At most `limit` blobs by hash, behind `after`.
pub fn list(tx: &impl View, after: Option<&Sha256>, limit: usize) -> Result<Vec<Blob>> {
    let range = match after {
        Some(sha) => KeyRange::all().after(key(sha)),
        None => KeyRange::all(),
    };
    Ok(scan(tx, Table::Blobs, &range, Direction::Up, limit)?.into_iter().map(|(_, blob)| blob).collect())
}

/// Keeps a new or changed blob record.
pub fn put_blob(tx: &mut WriteTx<'_>, blob: &Blob) -> Result<()> {
    let orphan_since = match find_blob(tx, &blob.sha256)? {
        Some(old) => old.orphan_since,
        None if items::is_attached(tx, &blob.sha256)? => None,
        None => {
            put_mark(tx, Table::OrphanBlobs, &orphan_key(blob.first_seen, &blob.sha256))?;
            Some(blob.first_seen)
        }
    };
    put(tx, Table::Blobs, &key(&blob.sha256), &Blob { orphan_since, ..blob.clone() })
}

/// Keeps the index of orphans right after an attachment with these bytes came or went.
pub(crate) fn note_attachments(tx: &mut WriteTx<'_>, sha: &Sha256, now: Timestamp) -> Result<()> {
    let Some(mut blob) = find_blob(tx, sha)? else { return Ok(()) };
    let orphan_since = if items::is_attached(tx, sha)? { None } else { blob.orphan_since.or(Some(now)) };
    if orphan_since == blob.orphan_since {
        return Ok(());
    }
    if let Some(since) = blob.orphan_since {
        tx.delete(Table::OrphanBlobs, &orphan_key(since, sha))?;
    }
    if let Some(since) = orphan_since {
        put_mark(tx, Table::OrphanBlobs, &orphan_key(since, sha))?;
    }
    blob.orphan_since = orphan_since;
    put(tx, Table::Blobs, &key(sha), &blob)
}

/// At most `limit` blobs to which no attachment has pointed since `before`, longest first.
pub fn orphans(tx: &impl View, before: Timestamp, limit: usize) -> Result<Vec<Sha256>> {
    let range = KeyRange::all().before(TupleKey::new().time(before).done());
    scan_keys(tx, Table::OrphanBlobs, &range, limit, |key| {
        key.time()?;
        key.sha()
    })
}

/// Forgets a blob, unless an attachment points to it (again): then `false`, and its bytes must stay.
pub fn delete_orphan(tx: &mut WriteTx<'_>, sha: &Sha256) -> Result<bool> {
    let Some(blob) = find_blob(tx, sha)? else { return Ok(!items::is_attached(tx, sha)?) };
    let Some(since) = blob.orphan_since else { return Ok(false) };
    tx.delete(Table::OrphanBlobs, &orphan_key(since, sha))?;
    tx.delete(Table::Blobs, &key(sha))?;
    Ok(true)
}
