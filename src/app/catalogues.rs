//! The lists of all open libraries, each brought up to the store's version before it answers.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, mpsc};

use super::catalogue::{Catalogue, Entry};
use super::sort_keys::SortKeys;
use super::{App, Result};
use crate::domain::change::{Change, ChangeKind, ObjectKind};
use crate::domain::ids::{Key, LibraryId};
use crate::domain::item::Item;
use crate::store::{self, ReadTx};

/// Items read at once.
const BATCH: usize = 2_000;
/// Batches that wait to be made into rows.
const BATCHES_AHEAD: usize = 4;
/// Changes applied one by one; with more of them the list is made anew.
const MOST_CHANGES: usize = 20_000;
/// Libraries whose lists are kept; the one unused longest goes first.
const MOST_OPEN: usize = 32;

/// The open lists.
#[derive(Default)]
pub(super) struct Catalogues {
    open: Mutex<HashMap<LibraryId, (Arc<Mutex<Option<Catalogue>>>, u64)>>,
    sort_keys: Arc<SortKeys>,
    uses: std::sync::atomic::AtomicU64,
}

impl Catalogues {
    fn slot(&self, library: LibraryId) -> Arc<Mutex<Option<Catalogue>>> {
        let now = self.uses.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = open.entry(library).or_default();
        entry.1 = now;
        let slot = Arc::clone(&entry.0);
        if open.len() > MOST_OPEN
            && let Some(oldest) = open.iter().min_by_key(|(_, (_, used))| *used).map(|(id, _)| *id)
        {
            open.remove(&oldest);
        }
        slot
    }

    /// Closes the list of a library.
    pub(super) fn forget(&self, library: LibraryId) {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).remove(&library);
    }

    fn with<T>(&self, tx: &ReadTx, library: LibraryId, f: impl FnOnce(&mut Catalogue) -> T) -> Result<T> {
        let slot = self.slot(library);
        let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
        let current = match slot.take() {
            Some(catalogue) => follow(tx, library, catalogue)?,
            None => None,
        };
        let catalogue = match current {
            Some(catalogue) => catalogue,
            None => read_all(tx, library, Catalogue::new(Arc::clone(&self.sort_keys)))?,
        };
        Ok(f(slot.insert(catalogue)))
    }
}

/// Applies the changes since the list's version; `None` if it has to be made anew.
fn follow(tx: &ReadTx, library: LibraryId, mut catalogue: Catalogue) -> Result<Option<Catalogue>> {
    let version = store::libraries::get(tx, library)?.version;
    if version <= catalogue.version() {
        return Ok(Some(catalogue));
    }
    let since = catalogue.version();
    // With exactly as many changes as asked for there may be more, and so many are read faster as a whole.
    let changes = store::changes::changes_since(tx, library, since, MOST_CHANGES)?;
    let Some(changes) = changes.filter(|changes| changes.len() < MOST_CHANGES) else { return Ok(None) };
    let items = changes.iter().filter(|change| change.object == ObjectKind::Item);
    let (deleted, changed): (Vec<Change>, Vec<Change>) =
        items.copied().partition(|change| change.kind == ChangeKind::Deleted);
    let mut keys: Vec<Key> = changed.into_iter().map(|change| change.key).collect();
    keys.sort_unstable();
    keys.dedup();
    for batch in keys.chunks(BATCH) {
        for (key, item) in batch.iter().zip(store::items::get_many(tx, library, batch)?) {
            match item {
                Some(item) => catalogue.put(&item),
                None => catalogue.remove(*key),
            }
        }
    }
    for change in deleted {
        if !store::items::contains(tx, library, change.key)? {
            catalogue.remove(change.key);
        }
    }
    catalogue.set_version(version);
    Ok(Some(catalogue))
}

/// Makes the list of a whole library. Rows are made on a second thread while this one reads on.
fn read_all(tx: &ReadTx, library: LibraryId, mut catalogue: Catalogue) -> Result<Catalogue> {
    let version = store::libraries::get(tx, library)?.version;
    let sort_keys = catalogue.sort_keys();
    std::thread::scope(|scope| {
        let (to_make, batches) = mpsc::sync_channel::<Vec<Item>>(BATCHES_AHEAD);
        let (made, entries) = mpsc::channel::<Vec<Entry>>();
        scope.spawn(move || {
            for batch in batches {
                let rows = batch.iter().map(|item| Entry::of(item, &sort_keys)).collect();
                if made.send(rows).is_err() {
                    break;
                }
            }
        });
        let mut after = None;
        loop {
            let items = store::items::scan_all(tx, library, after, BATCH)?;
            let Some(last) = items.last() else { break };
            after = Some(last.key);
            // It only fails where the other thread has ended, which panics when the scope is left.
            drop(to_make.send(items));
            entries.try_iter().flatten().for_each(|entry| catalogue.put_entry(entry));
        }
        drop(to_make);
        entries.iter().flatten().for_each(|entry| catalogue.put_entry(entry));
        Ok::<_, super::Error>(())
    })?;
    catalogue.set_version(version);
    Ok(catalogue)
}

impl App {
    /// Runs `f` with the list of a library at the version of this read transaction (or a later one).
    pub(super) fn with_catalogue<T>(
        &self,
        tx: &ReadTx,
        library: LibraryId,
        f: impl FnOnce(&mut Catalogue) -> T,
    ) -> Result<T> {
        self.catalogues.with(tx, library, f)
    }
}
