//! Items: finding and listing. Changing them goes through [`super::LibraryWrite`].

use minicbor::Decode;

use super::access::{bad_key, exists, find, find_many, put, put_mark, scan, scan_keys};
use super::blobs;
use super::engine::{Direction, KeyRange};
use super::error::{Error, Result};
use super::records::{ItemRecord, ListedRecord};
use super::tables::Table;
use super::transaction::{View, WriteTx};
use super::tuple::{TupleKey, TupleReader};
use crate::domain::ids::{Key, LibraryId, Sha256, Version};
use crate::domain::item::Item;
use crate::domain::time::Timestamp;

pub(crate) fn key(library: LibraryId, item: Key) -> Vec<u8> {
    TupleKey::new().library(library).key(item).done()
}

fn library_range(library: LibraryId) -> KeyRange {
    KeyRange::prefix(&TupleKey::new().library(library).done())
}

/// The item of that key.
pub fn find_item(tx: &impl View, library: LibraryId, item: Key) -> Result<Option<Item>> {
    let record: Option<ItemRecord> = find(tx, Table::Items, &key(library, item))?;
    Ok(record.map(|record| record.into_item(item)))
}

/// The item of that key.
///
/// # Errors
/// [`Error::NotFound`] without one.
pub fn get(tx: &impl View, library: LibraryId, item: Key) -> Result<Item> {
    find_item(tx, library, item)?.ok_or(Error::NotFound("item"))
}

/// The items of these keys, in their order.
pub fn get_many(tx: &impl View, library: LibraryId, items: &[Key]) -> Result<Vec<Option<Item>>> {
    let keys: Vec<_> = items.iter().map(|item| key(library, *item)).collect();
    let records: Vec<Option<ItemRecord>> = find_many(tx, Table::Items, &keys)?;
    Ok(items.iter().zip(records).map(|(item, record)| Some(record?.into_item(*item))).collect())
}

/// Whether the library has anything under that key; to choose a fresh one.
pub fn contains(tx: &impl View, library: LibraryId, item: Key) -> Result<bool> {
    exists(tx, Table::Items, &key(library, item))
}

/// At most `limit` items of any type by key, behind `after`.
pub fn scan_all(tx: &impl View, library: LibraryId, after: Option<Key>, limit: usize) -> Result<Vec<Item>> {
    scan_records(tx, library, after, limit, ItemRecord::into_item)
}

/// As [`scan_all`], but only what lists need: without abstracts and notes, without who added or changed it, and of the
/// sources only the one that is least sure.
pub fn scan_listed(tx: &impl View, library: LibraryId, after: Option<Key>, limit: usize) -> Result<Vec<Item>> {
    scan_records(tx, library, after, limit, ListedRecord::into_item)
}

fn scan_records<R: for<'b> Decode<'b, ()>>(
    tx: &impl View,
    library: LibraryId,
    after: Option<Key>,
    limit: usize,
    into_item: impl Fn(R, Key) -> Item,
) -> Result<Vec<Item>> {
    let range = match after {
        Some(item) => library_range(library).after(key(library, item)),
        None => library_range(library),
    };
    let rows: Vec<(Vec<u8>, R)> = scan(tx, Table::Items, &range, Direction::Up, limit)?;
    let read = |(bytes, record): (Vec<u8>, R)| {
        let mut reader = TupleReader::new(&bytes);
        let item = reader.u64().and_then(|_| reader.key()).ok_or_else(|| bad_key(Table::Items))?;
        Ok(into_item(record, item))
    };
    rows.into_iter().map(read).collect()
}

/// The keys of a paper's attachments, notes and annotations.
pub fn child_keys(tx: &impl View, library: LibraryId, parent: Key) -> Result<Vec<Key>> {
    let range = KeyRange::prefix(&TupleKey::new().library(library).key(parent).done());
    scan_keys(tx, Table::ItemsByParent, &range, usize::MAX, |key| {
        key.u64()?;
        key.key()?;
        key.key()
    })
}

/// A paper's attachments, notes and annotations.
pub fn children(tx: &impl View, library: LibraryId, parent: Key) -> Result<Vec<Item>> {
    let keys = child_keys(tx, library, parent)?;
    Ok(get_many(tx, library, &keys)?.into_iter().flatten().collect())
}

/// A library's attachments with these bytes, trashed ones too.
pub fn attachments_with(tx: &impl View, library: LibraryId, sha: &Sha256) -> Result<Vec<Key>> {
    let range = KeyRange::prefix(&TupleKey::new().sha(sha).library(library).done());
    Ok(read_attachments(tx, &range, usize::MAX)?.into_iter().map(|(_, key)| key).collect())
}

/// The attachments with these bytes in all libraries.
pub fn attachments_everywhere(tx: &impl View, sha: &Sha256) -> Result<Vec<(LibraryId, Key)>> {
    read_attachments(tx, &KeyRange::prefix(&TupleKey::new().sha(sha).done()), usize::MAX)
}

fn read_attachments(tx: &impl View, range: &KeyRange, limit: usize) -> Result<Vec<(LibraryId, Key)>> {
    scan_keys(tx, Table::AttachmentsByBlob, range, limit, |key| {
        key.sha()?;
        Some((LibraryId(key.u64()?), key.key()?))
    })
}

/// Whether any attachment anywhere has these bytes.
pub(crate) fn is_attached(tx: &impl View, sha: &Sha256) -> Result<bool> {
    Ok(!read_attachments(tx, &KeyRange::prefix(&TupleKey::new().sha(sha).done()), 1)?.is_empty())
}

/// At most `limit` keys of items in the trash that were last changed before `before`, oldest first.
pub fn trashed_before(tx: &impl View, library: LibraryId, before: Timestamp, limit: usize) -> Result<Vec<Key>> {
    let range = library_range(library).before(TupleKey::new().library(library).time(before).done());
    scan_keys(tx, Table::TrashedItems, &range, limit, |key| {
        key.u64()?;
        key.time()?;
        key.key()
    })
}

/// At most `limit` items changed after a version, by version and key; to go on, pass the last one's version and key.
pub fn changed_since(
    tx: &impl View,
    library: LibraryId,
    since: Version,
    after: Option<Key>,
    limit: usize,
) -> Result<Vec<(Version, Key)>> {
    let start = TupleKey::new().library(library);
    let range = match after {
        Some(item) => library_range(library).after(start.version(since).key(item).done()),
        None => library_range(library).starting_at(start.u64(since.0.saturating_add(1)).done()),
    };
    scan_keys(tx, Table::ItemsByVersion, &range, limit, |key| {
        key.u64()?;
        Some((Version(key.u64()?), key.key()?))
    })
}

/// Writes an item and its indexes.
pub(crate) fn store(tx: &mut WriteTx<'_>, library: LibraryId, item: &Item, now: Timestamp) -> Result<()> {
    let old = find_item(tx, library, item.key)?;
    if let Some(old) = &old {
        unindex(tx, library, old)?;
    }
    if let Some(parent) = item.parent {
        put_mark(tx, Table::ItemsByParent, &TupleKey::new().library(library).key(parent).key(item.key).done())?;
    }
    put_mark(tx, Table::ItemsByVersion, &version_key(library, item))?;
    if item.trashed {
        put_mark(tx, Table::TrashedItems, &trash_key(library, item))?;
    }
    if let Some(file) = &item.file {
        put_mark(tx, Table::AttachmentsByBlob, &attachment_key(library, item.key, &file.sha256))?;
    }
    put(tx, Table::Items, &key(library, item.key), &ItemRecord::from(item))?;
    note_attachments(tx, old.as_ref(), Some(item), now)
}

/// Removes an item and its index entries.
pub(crate) fn erase(tx: &mut WriteTx<'_>, library: LibraryId, item: &Item, now: Timestamp) -> Result<()> {
    unindex(tx, library, item)?;
    tx.delete(Table::Items, &key(library, item.key))?;
    note_attachments(tx, Some(item), None, now)
}

/// Tells the blobs about an attachment that came or went.
fn note_attachments(tx: &mut WriteTx<'_>, old: Option<&Item>, new: Option<&Item>, now: Timestamp) -> Result<()> {
    let sha = |item: Option<&Item>| item.and_then(|item| item.file.as_ref()).map(|file| file.sha256);
    let (before, after) = (sha(old), sha(new));
    if before != after {
        for sha in [before, after].into_iter().flatten() {
            blobs::note_attachments(tx, &sha, now)?;
        }
    }
    Ok(())
}

fn unindex(tx: &mut WriteTx<'_>, library: LibraryId, item: &Item) -> Result<()> {
    if let Some(parent) = item.parent {
        tx.delete(Table::ItemsByParent, &TupleKey::new().library(library).key(parent).key(item.key).done())?;
    }
    tx.delete(Table::ItemsByVersion, &version_key(library, item))?;
    if item.trashed {
        tx.delete(Table::TrashedItems, &trash_key(library, item))?;
    }
    if let Some(file) = &item.file {
        tx.delete(Table::AttachmentsByBlob, &attachment_key(library, item.key, &file.sha256))?;
    }
    Ok(())
}

fn version_key(library: LibraryId, item: &Item) -> Vec<u8> {
    TupleKey::new().library(library).version(item.version).key(item.key).done()
}

fn trash_key(library: LibraryId, item: &Item) -> Vec<u8> {
    TupleKey::new().library(library).time(item.date_modified).key(item.key).done()
}

fn attachment_key(library: LibraryId, item: Key, sha: &Sha256) -> Vec<u8> {
    TupleKey::new().sha(sha).library(library).key(item).done()
}
