//! An engine that fails on demand, and what must hold then.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use super::super::engine::{Direction, Durability, Engine, EngineRead, EngineWrite, Entry, KeyRange, Snapshot};
use super::super::redb_engine::RedbEngine;
use super::super::tables::Table;
use super::super::{ReadTx, View, jobs};
use super::*;
use crate::domain::job::JobKind;

/// How many more writes of an engine succeed before one fails.
#[derive(Clone)]
pub(super) struct Fuse(Arc<AtomicI64>);

impl Fuse {
    fn unlit() -> Self {
        Self(Arc::new(AtomicI64::new(i64::MAX)))
    }

    /// Lets `writes` more puts, deletes and commits succeed; the next one fails, and all after it work again.
    pub(super) fn light(&self, writes: i64) {
        self.0.store(writes, Ordering::SeqCst);
    }

    /// Whether the failure is still to come.
    pub(super) fn is_lit(&self) -> bool {
        self.0.load(Ordering::SeqCst) >= 0
    }

    fn burn(&self) -> Result<()> {
        match self.0.fetch_sub(1, Ordering::SeqCst) {
            0 => Err(Error::Engine("a fault for a test".to_owned())),
            _ => Ok(()),
        }
    }
}

struct FaultyEngine<E> {
    inner: E,
    fuse: Fuse,
}

struct FaultyWrite<'e> {
    inner: Box<dyn EngineWrite + 'e>,
    fuse: Fuse,
}

impl<E: Engine> Engine for FaultyEngine<E> {
    fn read(&self) -> Result<Box<dyn Snapshot>> {
        self.inner.read()
    }

    fn write(&self) -> Result<Box<dyn EngineWrite + '_>> {
        Ok(Box::new(FaultyWrite { inner: self.inner.write()?, fuse: self.fuse.clone() }))
    }

    fn reopen(&mut self) -> Result<()> {
        self.inner.reopen()
    }

    fn check_integrity(&mut self) -> Result<bool> {
        self.inner.check_integrity()
    }
}

impl EngineRead for FaultyWrite<'_> {
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>> {
        self.inner.get(table, key)
    }

    fn get_many(&self, table: Table, keys: &[Vec<u8>]) -> Result<Vec<Option<Vec<u8>>>> {
        self.inner.get_many(table, keys)
    }

    fn scan(&self, table: Table, range: &KeyRange, direction: Direction, limit: usize) -> Result<Vec<Entry>> {
        self.inner.scan(table, range, direction, limit)
    }
}

impl EngineWrite for FaultyWrite<'_> {
    fn put(&mut self, table: Table, key: &[u8], value: &[u8]) -> Result<()> {
        self.fuse.burn()?;
        self.inner.put(table, key, value)
    }

    fn delete(&mut self, table: Table, key: &[u8]) -> Result<()> {
        self.fuse.burn()?;
        self.inner.delete(table, key)
    }

    fn commit(self: Box<Self>, durability: Durability) -> Result<()> {
        self.fuse.burn()?;
        self.inner.commit(durability)
    }
}

/// A store that fails when its fuse has burnt down, over a model or a database in memory.
pub(super) fn faulty_stores() -> [(Store, Fuse); 2] {
    fn faulty(inner: impl Engine + 'static) -> (Store, Fuse) {
        migrations::migrate(&inner, migrations::STEPS, None).unwrap();
        let fuse = Fuse::unlit();
        (Store::start(Box::new(FaultyEngine { inner, fuse: fuse.clone() })).unwrap(), fuse)
    }
    [faulty(MemoryEngine::default()), faulty(RedbEngine::in_memory().unwrap())]
}

/// Everything that a store holds.
pub(super) fn dump(store: &Store) -> Vec<(Table, Vec<Entry>)> {
    let all = |tx: &ReadTx, table| tx.engine().scan(table, &KeyRange::all(), Direction::Up, usize::MAX);
    read(store, |tx| Table::ALL.into_iter().map(|table| Ok((table, all(tx, table)?))).collect())
}

/// A write that touches many tables: what completes an upload.
fn complete_upload(tx: &mut WriteTx<'_>) -> Result<Vec<super::super::LibraryChanges>> {
    let blob =
        super::super::Blob::new(sha(1), 10, "application/pdf".to_owned(), super::super::BlobPlace::Staging, at(1));
    super::super::blobs::put_blob(tx, &blob)?;
    let mut library = tx.library(LibraryId(1), at(1))?;
    library.put_item(&mut an_item(1))?;
    library.put_item(&mut an_attachment(2, Some(key(1)), sha(1)))?;
    let job = jobs::NewJob {
        kind: JobKind::Parse { sha256: sha(1) },
        library: Some(LibraryId(1)),
        key: Some(key(2)),
        user: Some(UserId(1)),
        priority: 0,
        run_at: at(1),
    };
    jobs::enqueue(tx, job, at(1))?;
    Ok(tx.library_changes())
}

#[test]
fn a_fault_at_any_write_of_a_transaction_leaves_nothing_half_done() {
    for (store, fuse) in faulty_stores() {
        a_library(&store);
        let before = dump(&store);
        let mut faults = 0;
        loop {
            fuse.light(faults);
            let result = store.write_blocking(complete_upload);
            if fuse.is_lit() {
                assert!(result.is_ok());
                break;
            }
            assert!(result.is_err(), "the fault at write {faults} reaches the caller");
            assert!(dump(&store) == before, "the fault at write {faults} left something behind");
            faults += 1;
        }
        assert!(faults > 20, "{faults} writes were tried");
        assert!(dump(&store) != before);
    }
}

#[tokio::test]
async fn a_fault_within_a_batch_loses_no_acknowledged_write() {
    for (store, fuse) in faulty_stores() {
        for fault in 0..60 {
            fuse.light(fault);
            let writes: Vec<_> = (0..20)
                .map(|number| {
                    let store = store.clone();
                    let name = format!("user{fault}x{number}");
                    tokio::spawn(async move {
                        let new = new_user(&name);
                        store.write(move |tx| users::create(tx, new.clone(), at(1))).await
                    })
                })
                .collect();
            for write in writes {
                if let Ok(user) = write.await.unwrap() {
                    assert_eq!(read(&store, |tx| users::get(tx, user.id)), user);
                }
            }
        }
    }
}
