//! Writes that wait together share a sync, and nobody sees or is told anything before it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;

use super::super::engine::{Direction, Durability, Engine, EngineRead, EngineWrite, Entry, KeyRange, Snapshot};
use super::super::tables::Table;
use super::super::{Error, meta};
use super::*;

/// What an engine was asked for.
#[derive(Default)]
struct Witness {
    is_unsynced: AtomicBool,
    commits: AtomicUsize,
    syncs: AtomicUsize,
}

struct WitnessedEngine(MemoryEngine, Arc<Witness>);

struct WitnessedWrite<'e>(Box<dyn EngineWrite + 'e>, Arc<Witness>);

impl Engine for WitnessedEngine {
    fn read(&self) -> Result<Box<dyn Snapshot>> {
        assert!(!self.1.is_unsynced.load(Ordering::SeqCst), "readers must not see what is not durable");
        self.0.read()
    }

    fn write(&self) -> Result<Box<dyn EngineWrite + '_>> {
        Ok(Box::new(WitnessedWrite(self.0.write()?, Arc::clone(&self.1))))
    }

    fn reopen(&mut self) -> Result<()> {
        self.0.reopen()
    }

    fn check_integrity(&mut self) -> Result<bool> {
        self.0.check_integrity()
    }
}

impl EngineRead for WitnessedWrite<'_> {
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>> {
        self.0.get(table, key)
    }

    fn get_many(&self, table: Table, keys: &[Vec<u8>]) -> Result<Vec<Option<Vec<u8>>>> {
        self.0.get_many(table, keys)
    }

    fn scan(&self, table: Table, range: &KeyRange, direction: Direction, limit: usize) -> Result<Vec<Entry>> {
        self.0.scan(table, range, direction, limit)
    }
}

impl EngineWrite for WitnessedWrite<'_> {
    fn put(&mut self, table: Table, key: &[u8], value: &[u8]) -> Result<()> {
        self.0.put(table, key, value)
    }

    fn delete(&mut self, table: Table, key: &[u8]) -> Result<()> {
        self.0.delete(table, key)
    }

    fn commit(self: Box<Self>, durability: Durability) -> Result<()> {
        self.0.commit(durability)?;
        self.1.is_unsynced.store(durability == Durability::Later, Ordering::SeqCst);
        self.1.commits.fetch_add(1, Ordering::SeqCst);
        self.1.syncs.fetch_add(usize::from(durability == Durability::Durable), Ordering::SeqCst);
        Ok(())
    }
}

fn witnessed_store() -> (Store, Arc<Witness>) {
    let witness = Arc::new(Witness::default());
    let engine = WitnessedEngine(MemoryEngine::default(), Arc::clone(&witness));
    migrations::migrate(&engine, migrations::STEPS, None).unwrap();
    witness.commits.store(0, Ordering::SeqCst);
    witness.syncs.store(0, Ordering::SeqCst);
    (Store::start(Box::new(engine)).unwrap(), witness)
}

/// What the writes of a batch do: number something, only look, or fail.
#[derive(Clone, Copy)]
enum Kind {
    Writes,
    Looks,
    Fails,
}

async fn run(store: Store, kind: Kind) -> Result<u64> {
    store
        .write(move |tx| match kind {
            Kind::Writes => meta::next(tx, meta::Counter::Jobs),
            Kind::Looks => Ok(0),
            Kind::Fails => {
                meta::next(tx, meta::Counter::Jobs)?;
                Err(Error::NotFound("user"))
            }
        })
        .await
}

/// Holds the writer until all of `kinds` wait, lets them go, and returns how many syncs they took.
async fn syncs_of(kinds: &[Kind]) -> (usize, usize) {
    let (store, witness) = witnessed_store();
    let (go, gate) = mpsc::channel::<()>();
    let first = {
        let store = store.clone();
        tokio::spawn(async move { store.write(move |_| gate.recv().map_err(|_| Error::Closed)).await })
    };
    // Every write is queued as soon as its future is polled once.
    tokio::task::yield_now().await;
    let mut waiting: Vec<_> = kinds.iter().map(|kind| Box::pin(run(store.clone(), *kind))).collect();
    for write in &mut waiting {
        assert!(futures_util::poll!(write).is_pending());
    }
    go.send(()).unwrap();
    first.await.unwrap().unwrap();
    let mut numbers = Vec::new();
    for write in waiting {
        numbers.extend(write.await.ok().filter(|number| *number > 0));
    }
    let writes = kinds.iter().filter(|kind| matches!(kind, Kind::Writes)).count() as u64;
    assert_eq!(numbers, (1..=writes).collect::<Vec<_>>(), "in the order in which they came, none lost");
    (witness.commits.load(Ordering::SeqCst), witness.syncs.load(Ordering::SeqCst))
}

#[tokio::test]
async fn writes_that_wait_together_share_one_sync() {
    assert_eq!(syncs_of(&[Kind::Writes; 50]).await, (50, 1));
}

#[tokio::test]
async fn a_batch_that_ends_with_a_failure_or_a_look_is_synced_too() {
    for last in [Kind::Fails, Kind::Looks] {
        let (_, syncs) = syncs_of(&[Kind::Writes, Kind::Fails, Kind::Looks, Kind::Writes, last]).await;
        assert_eq!(syncs, 1);
    }
    assert_eq!(syncs_of(&[Kind::Fails, Kind::Looks]).await, (0, 0), "nothing written, nothing to sync");
}
