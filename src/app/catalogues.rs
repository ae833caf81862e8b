//! The lists of all open libraries, each brought up to the store's version before it answers.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::catalogue::Catalogue;
use super::sort_keys::SortKeys;
use super::{App, Result};
use crate::domain::change::{Change, ChangeKind, ObjectKind};
use crate::domain::ids::{Key, LibraryId};
use crate::store::{self, ReadTx};

/// Items read at once.
const BATCH: usize = 2_000;
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

fn read_all(tx: &ReadTx, library: LibraryId, mut catalogue: Catalogue) -> Result<Catalogue> {
    let version = store::libraries::get(tx, library)?.version;
    let mut after = None;
    loop {
        let items = store::items::scan_all(tx, library, after, BATCH)?;
        let Some(last) = items.last() else { break };
        after = Some(last.key);
        items.iter().for_each(|item| catalogue.put(item));
    }
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
