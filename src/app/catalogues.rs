//! The lists of all open libraries, each brought up to the store's version before it answers.

use std::collections::HashMap;
use std::panic::resume_unwind;
use std::sync::{Arc, Mutex, PoisonError, mpsc};

use super::catalogue::{Catalogue, Entry};
use super::sort_keys::SortKeys;
use super::{App, Result, kept_lists};
use crate::domain::change::{Change, ChangeKind, ObjectKind};
use crate::domain::ids::{KEY_ALPHABET, Key, LibraryId, Version};
use crate::files::Files;
use crate::store::{self, ReadTx};

/// Items read at once: few enough that what is left of them does not lie between the rows for ever.
const BATCH: usize = 250;
/// Threads that open a library, where there are so many cores.
const MOST_READERS: usize = 8;
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

    fn with<T>(
        &self,
        tx: &ReadTx,
        library: LibraryId,
        files: &Files,
        f: impl FnOnce(&mut Catalogue) -> T,
    ) -> Result<T> {
        let shared = self.slot(library);
        let mut slot = shared.lock().unwrap_or_else(PoisonError::into_inner);
        let current = match slot.take() {
            Some(catalogue) => follow(tx, library, catalogue)?,
            None => match kept_lists::read(tx, library, files, &self.sort_keys)? {
                Some(catalogue) => follow(tx, library, catalogue)?,
                None => None,
            },
        };
        let catalogue = match current {
            Some(catalogue) => catalogue,
            None => read_all(tx, library, Catalogue::new(Arc::clone(&self.sort_keys)))?,
        };
        let catalogue = slot.insert(catalogue);
        if is_worth_keeping(catalogue) {
            keep(tx, library, files, &shared, catalogue);
        }
        Ok(f(catalogue))
    }
}

fn is_worth_keeping(catalogue: &Catalogue) -> bool {
    let (kept, now) = (catalogue.kept_version(), catalogue.version());
    let is_old = kept == Version::default() || now.0 - kept.0 >= kept_lists::VERSIONS_BETWEEN;
    is_old && catalogue.paper_count() >= kept_lists::LEAST_PAPERS
}

/// Keeps the list on the disk, in the background: whoever asked for it does not wait.
fn keep(
    tx: &ReadTx,
    library: LibraryId,
    files: &Files,
    slot: &Arc<Mutex<Option<Catalogue>>>,
    catalogue: &mut Catalogue,
) {
    catalogue.set_kept_version(catalogue.version());
    let (tx, files, slot) = (tx.clone(), files.clone(), Arc::clone(slot));
    std::thread::spawn(move || {
        let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(catalogue) = &mut *slot else { return };
        let encoded = kept_lists::encode(&tx, library, catalogue);
        if !matches!(encoded, Ok(Some(_))) {
            // It went on meanwhile: whoever asks for it next tries again.
            catalogue.set_kept_version(Version::default());
        }
        drop(slot);
        match encoded {
            Ok(Some(bytes)) => kept_lists::write(library, &files, &bytes),
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "the list of a library could not be kept"),
        }
    });
}

/// Applies the changes since the list's version; `None` if it has to be made anew.
pub(super) fn follow(tx: &ReadTx, library: LibraryId, mut catalogue: Catalogue) -> Result<Option<Catalogue>> {
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

/// Makes the list of a whole library: each thread reads a share of the keys and makes the rows, this one puts them in.
pub(super) fn read_all(tx: &ReadTx, library: LibraryId, mut catalogue: Catalogue) -> Result<Catalogue> {
    let version = store::libraries::get(tx, library)?.version;
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(MOST_READERS);
    let bounds: Vec<Option<Key>> = (1..threads).map(|nth| last_key_of_share(nth, threads)).collect();
    let shares = std::iter::once(None).chain(bounds.iter().copied()).zip(bounds.iter().copied().chain([None]));
    let sort_keys = catalogue.sort_keys();
    std::thread::scope(|scope| {
        let (made, entries) = mpsc::sync_channel(2 * threads);
        let readers: Vec<_> = shares
            .map(|(after, until)| {
                let (made, sort_keys) = (made.clone(), &sort_keys);
                scope.spawn(move || read_share(tx, library, after, until, sort_keys, &made))
            })
            .collect();
        drop(made);
        entries.iter().flatten().for_each(|entry| catalogue.put_entry(entry));
        readers.into_iter().try_for_each(|reader| reader.join().unwrap_or_else(|panic| resume_unwind(panic)))
    })?;
    catalogue.set_version(version);
    Ok(catalogue)
}

/// The last key of the `nth` of so many shares of all keys.
fn last_key_of_share(nth: usize, shares: usize) -> Option<Key> {
    let first = char::from(KEY_ALPHABET[nth * KEY_ALPHABET.len() / shares - 1]);
    Key::parse(&format!("{first}ZZZZZZZ"))
}

/// Reads the items behind `after` up to `until`, both as keys, and sends what the list keeps of them.
fn read_share(
    tx: &ReadTx,
    library: LibraryId,
    mut after: Option<Key>,
    until: Option<Key>,
    sort_keys: &SortKeys,
    made: &mpsc::SyncSender<Vec<Entry>>,
) -> Result<()> {
    loop {
        let items = store::items::scan_listed(tx, library, after, BATCH)?;
        let Some(last) = items.last() else { return Ok(()) };
        after = Some(last.key);
        let share = items.iter().take_while(|item| until.is_none_or(|until| item.key <= until));
        // It only fails where the list is no longer wanted.
        let sent = made.send(share.map(|item| Entry::of(item, sort_keys)).collect());
        if sent.is_err() || after > until && until.is_some() {
            return Ok(());
        }
    }
}

impl App {
    /// Runs `f` with the list of a library at the version of this read transaction (or a later one).
    pub(super) fn with_catalogue<T>(
        &self,
        tx: &ReadTx,
        library: LibraryId,
        f: impl FnOnce(&mut Catalogue) -> T,
    ) -> Result<T> {
        self.catalogues.with(tx, library, &self.files, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shares_of_all_keys_follow_one_another() {
        for shares in 1..=MOST_READERS {
            let bounds: Vec<Key> = (1..shares).filter_map(|nth| last_key_of_share(nth, shares)).collect();
            assert_eq!(bounds.len(), shares - 1);
            assert!(bounds.is_sorted_by(|a, b| a < b), "{bounds:?}");
        }
    }
}
