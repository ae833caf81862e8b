//! Lists as they are kept on the disk, so that a large library opens at once after a start.
//!
//! A kept list is the list at some version; what changed since comes from the change log. It is taken only if the log has
//! the same entry at that version, so that a store brought back from a backup never meets a list of another past.

use std::sync::Arc;

use minicbor::{Decode, Encode};

use super::catalogue::{Catalogue, Child, SortColumn};
use super::catalogue_row::KeptRow;
use super::sort_keys::SortKeys;
use super::{Result, work_index};
use crate::domain::change::Change;
use crate::domain::ids::{Key, LibraryId, Version};
use crate::domain::item::ReadState;
use crate::files::Files;
use crate::store::{self, ReadTx};

/// Lists with fewer papers are made anew as fast.
pub(super) const LEAST_PAPERS: usize = 2_000;
/// A list is kept again after so many versions: following them takes a moment.
pub(super) const VERSIONS_BETWEEN: u64 = 2_000;
/// What is written and how its rows sort; lists of another one are made anew.
const FORMAT: &str = concat!("1 ", env!("CARGO_PKG_VERSION"));

#[derive(Encode, Decode)]
struct KeptList<'b> {
    #[b(0)]
    format: &'b str,
    #[n(6)]
    hash_mark: u64,
    #[n(1)]
    version: u64,
    #[n(2)]
    witness: Witness,
    #[b(3)]
    rows: Vec<KeptRow<'b>>,
    #[n(4)]
    children: Vec<KeptChild>,
    #[n(5)]
    orders: Vec<KeptOrder>,
}

/// The first change of the list's version, by which the past is known again.
#[derive(Encode, Decode, PartialEq)]
struct Witness {
    #[n(0)]
    key: Key,
    #[n(1)]
    at: i64,
}

#[derive(Encode, Decode)]
struct KeptChild {
    #[n(0)]
    parent: Key,
    #[n(1)]
    key: Key,
    #[n(2)]
    state: Option<ReadState>,
}

/// The rows' numbers in the order of a column.
#[derive(Encode, Decode)]
struct KeptOrder {
    #[n(0)]
    column: u8,
    #[n(1)]
    rows: Vec<u32>,
}

impl From<Change> for Witness {
    fn from(change: Change) -> Self {
        Self { key: change.key, at: change.at.0 }
    }
}

fn name(library: LibraryId) -> String {
    format!("list-{}", library.0)
}

/// The kept list of a library, where there is one of this store's past. It may be behind.
pub(super) fn read(
    tx: &ReadTx,
    library: LibraryId,
    files: &Files,
    sort_keys: &Arc<SortKeys>,
) -> Result<Option<Catalogue>> {
    let Some(bytes) = files.kept(&name(library))? else { return Ok(None) };
    let Ok(list) = minicbor::decode::<KeptList<'_>>(&bytes) else { return Ok(None) };
    let version = Version(list.version);
    if list.format != FORMAT
        || list.hash_mark != work_index::hash_mark()
        || witness_at(tx, library, version)?.is_none_or(|witness| witness != list.witness)
    {
        return Ok(None);
    }
    let mut catalogue = Catalogue::new(Arc::clone(sort_keys));
    for child in list.children {
        catalogue.put_child(child.parent, Child { key: child.key, state: child.state });
    }
    let orders = list.orders.into_iter().filter_map(|order| {
        let column = SortColumn::ALL.get(usize::from(order.column))?;
        Some((*column, order.rows))
    });
    let is_whole = catalogue.take_kept(list.rows, orders.collect());
    catalogue.set_version(version);
    catalogue.set_kept_version(version);
    Ok(is_whole.then_some(catalogue))
}

/// The list as bytes; `None` where the log does not reach back to its version.
pub(super) fn encode(tx: &ReadTx, library: LibraryId, catalogue: &Catalogue) -> Result<Option<Vec<u8>>> {
    let version = catalogue.version();
    let Some(witness) = witness_at(tx, library, version)? else { return Ok(None) };
    let (rows, orders) = catalogue.kept();
    let orders = orders.into_iter().map(|(column, rows)| KeptOrder { column: column as u8, rows });
    let children = catalogue.all_children();
    let children = children.map(|(parent, child)| KeptChild { parent, key: child.key, state: child.state });
    let list = KeptList {
        format: FORMAT,
        hash_mark: work_index::hash_mark(),
        version: version.0,
        witness,
        rows,
        children: children.collect(),
        orders: orders.collect(),
    };
    Ok(Some(minicbor::to_vec(list).map_err(super::Error::internal)?))
}

/// Keeps what [`encode`] gave.
pub(super) fn write(library: LibraryId, files: &Files, bytes: &[u8]) {
    let room = files.free_bytes().unwrap_or_default();
    if room < bytes.len() as u64 {
        return;
    }
    if let Err(error) = files.keep(&name(library), bytes) {
        tracing::warn!(%error, "the list of a library could not be kept; it is made anew at the next start");
    }
}

/// Removes the list of a library that is gone.
pub(super) fn forget(library: LibraryId, files: &Files) {
    if let Err(error) = files.forget_kept(&name(library)) {
        tracing::warn!(%error, "the kept list of a deleted library could not be removed");
    }
}

fn witness_at(tx: &ReadTx, library: LibraryId, version: Version) -> Result<Option<Witness>> {
    let Some(before) = version.0.checked_sub(1) else { return Ok(None) };
    let changes = store::changes::changes_since(tx, library, Version(before), 1)?;
    let first = changes.and_then(|changes| changes.first().copied());
    Ok(first.filter(|change| change.version == version).map(Witness::from))
}

#[cfg(test)]
mod tests {
    use super::super::catalogue::tests::paper;
    use super::super::catalogue::{ListQuery, SortColumn};
    use super::super::catalogues::{follow, read_all};
    use super::*;
    use crate::domain::ids::UserId;
    use crate::domain::item::Item;
    use crate::domain::library::LibraryKind;
    use crate::domain::time::Timestamp;
    use crate::files::{FilesConfig, StoreConfig};
    use crate::store::Store;

    const TITLES: [&str; 4] = ["The Brook", "Árbol", "cove", "Delta"];

    /// A store with a library whose papers came at these times.
    fn store_of(came: i64) -> (Store, LibraryId, Vec<Item>) {
        let store = Store::in_memory().unwrap();
        let mut papers: Vec<Item> = (0..).zip(TITLES).map(|(n, title)| paper(n, title, "A", "2000")).collect();
        let library = store
            .write_blocking::<_, store::Error, _>(move |tx| {
                store::libraries::create(tx, LibraryKind::User, "Papers", UserId(1), Timestamp(0))
            })
            .unwrap();
        for paper in &mut papers {
            put(&store, library.id, paper, came);
        }
        (store, library.id, papers)
    }

    fn put(store: &Store, library: LibraryId, paper: &Item, at: i64) {
        let paper = paper.clone();
        let write = move |tx: &mut store::WriteTx<'_>| tx.library(library, Timestamp(at))?.put_item(&mut paper.clone());
        store.write_blocking::<_, store::Error, _>(write).unwrap();
    }

    fn with_tx<T>(store: &Store, f: impl FnOnce(&ReadTx) -> Result<T>) -> T {
        store.read_blocking(f).unwrap()
    }

    fn list(catalogue: &mut Catalogue) -> Vec<Key> {
        let query = ListQuery { sort: SortColumn::Title, descending: false, ..ListQuery::default() };
        catalogue.list(&query, 0, 100).0
    }

    fn files() -> (tempfile::TempDir, Files) {
        let folder = tempfile::tempdir().unwrap();
        let config = FilesConfig {
            data_dir: folder.path().to_owned(),
            store: StoreConfig::Disk,
            cache_bytes: 0,
            reserve_bytes: 0,
        };
        let runtime = tokio::runtime::Runtime::new().unwrap();
        (folder, runtime.block_on(Files::open(config)).unwrap())
    }

    #[test]
    fn a_kept_list_is_the_list_and_is_brought_up_to_date() {
        let (_folder, files) = files();
        let (store, library, papers) = store_of(1);
        let sort_keys = Arc::<SortKeys>::default();
        let new = || Catalogue::new(Arc::clone(&sort_keys));
        let mut made = with_tx(&store, |tx| read_all(tx, library, new()));
        let order = list(&mut made);
        let bytes = with_tx(&store, |tx| encode(tx, library, &made)).expect("the log reaches back");
        write(library, &files, &bytes);

        let mut kept = with_tx(&store, |tx| read(tx, library, &files, &sort_keys)).expect("it is there");
        assert_eq!((kept.version(), kept.paper_count(), kept.facets()), (made.version(), 4, made.facets()));
        assert_eq!(list(&mut kept), order);

        let mut changed = papers[2].clone();
        changed.fields.insert("title".into(), "Zenith".into());
        put(&store, library, &changed, 2);
        let mut followed = with_tx(&store, |tx| follow(tx, library, kept)).expect("few changes");
        let mut anew = with_tx(&store, |tx| read_all(tx, library, new()));
        assert_eq!(list(&mut followed), list(&mut anew));
        assert_eq!(list(&mut followed).last(), Some(&changed.key));
    }

    #[test]
    fn a_list_of_another_past_or_one_cut_short_is_not_taken() {
        let (folder, files) = files();
        let ((store, library, _), (other, _, _)) = (store_of(1), store_of(7));
        let sort_keys = Arc::<SortKeys>::default();
        let made = with_tx(&store, |tx| read_all(tx, library, Catalogue::new(Arc::clone(&sort_keys))));
        let bytes = with_tx(&store, |tx| encode(tx, library, &made)).unwrap();
        write(library, &files, &bytes);
        assert!(with_tx(&other, |tx| read(tx, library, &files, &sort_keys)).is_none(), "same version, other changes");
        assert!(with_tx(&store, |tx| read(tx, library, &files, &sort_keys)).is_some());

        let path = folder.path().join("kept").join(name(library));
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(&path, &whole[..whole.len() - 1]).unwrap();
        assert!(with_tx(&store, |tx| read(tx, library, &files, &sort_keys)).is_none(), "cut short");
        forget(library, &files);
        assert!(!path.exists());
    }
}
