//! The metadata: transactions, tables, records, migrations.
//!
//! Invariant: no type of the engine below is seen above this room.
//! Invariant: no transaction outlives its closure or crosses an `.await`.
//! Invariant: a record and its indexes are written by the same function and nowhere else.
//! Invariant: this room knows no permissions, no files and no clock; times and secrets' hashes come in as parameters.
//!
//! Each subject has a file of free functions that take the transaction first: what only reads takes any [`View`], what
//! changes something takes a [`WriteTx`]. Callers are `app` and the wiring in `cli`.

mod access;
mod backup;
mod engine;
mod error;
#[cfg(test)]
mod memory_engine;
mod migrations;
mod queue;
mod redb_engine;
mod tables;
mod transaction;
mod tuple;

pub mod activity;
pub mod answers;
pub mod attempts;
pub mod audit;
pub mod blobs;
pub mod changes;
pub mod collections;
pub mod items;
pub mod jobs;
pub mod leases;
pub mod libraries;
pub mod library_write;
pub mod members;
pub mod meta;
pub mod purge;
pub mod reading;
pub mod records;
pub mod sessions;
pub mod tokens;
pub mod uploads;
pub mod users;

#[cfg(test)]
mod tests;

use std::panic::resume_unwind;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, RwLock};

pub use error::{Error, Result};
pub use library_write::{LibraryChanges, LibraryWrite};
pub use records::{
    Activity, Attempts, AuditEntry, Blob, BlobPlace, IdempotencyKey, ReadingPosition, Session, StoredAnswer, Token,
    Upload, UploadConcat, UploadState, User,
};
pub use transaction::{ReadTx, View, WriteTx};

use engine::{Engine, Snapshot};
use queue::Queue;
use redb_engine::RedbEngine;

/// The store of one data folder. Clones share it; it closes with the last one, after the writes that wait.
#[derive(Clone)]
pub struct Store {
    queue: Arc<Queue>,
    snapshots: Arc<Snapshots>,
}

/// A store just opened.
pub struct Opened {
    /// The store.
    pub store: Store,
    /// The schema it was brought up from, if it was older than the program.
    pub migrated_from: Option<u32>,
}

/// The last durable state, shared by all readers: nobody sees what a power cut could still take away.
pub(crate) struct Snapshots {
    slot: RwLock<Option<Arc<dyn Snapshot>>>,
    generation: AtomicU64,
}

impl Snapshots {
    fn latest(&self) -> Result<ReadTx> {
        let slot = self.slot.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        match slot.as_ref() {
            Some(snapshot) => Ok(ReadTx::new(Arc::clone(snapshot))),
            None => Err(Error::Engine("no snapshot could be taken after the last write".to_owned())),
        }
    }

    /// Lets nobody read until the next [`Snapshots::publish`].
    pub(crate) fn withdraw(&self) {
        *self.slot.write().unwrap_or_else(std::sync::PoisonError::into_inner) = None;
    }

    /// Shows readers the state that `engine` has now; it must be durable.
    pub(crate) fn publish(&self, engine: &dyn Engine) -> Result<()> {
        let fresh = engine.read().map(Arc::from);
        let mut slot = self.slot.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        self.generation.fetch_add(1, Ordering::Release);
        match fresh {
            Ok(snapshot) => {
                *slot = Some(snapshot);
                Ok(())
            }
            Err(error) => {
                *slot = None;
                Err(error)
            }
        }
    }
}

impl Store {
    /// Opens the database file, makes it if there is none, and brings an older one up to date (after copying it beside
    /// itself).
    ///
    /// # Errors
    /// [`Error::InUse`] while another process has it, [`Error::Newer`] for a database of a newer program.
    pub fn open(path: &Path) -> Result<Opened> {
        let engine = RedbEngine::open(path)?;
        let migrated_from = migrations::migrate(&engine, migrations::STEPS, Some(path))?;
        Ok(Opened { store: Self::start(Box::new(engine))?, migrated_from })
    }

    /// An empty store that is gone with its last clone.
    ///
    /// # Errors
    /// Only if the engine fails.
    pub fn in_memory() -> Result<Self> {
        let engine = RedbEngine::in_memory()?;
        migrations::migrate(&engine, migrations::STEPS, None)?;
        Self::start(Box::new(engine))
    }

    /// Verifies every page of a database that no process has open; `false` if something was wrong and had to be mended.
    ///
    /// # Errors
    /// [`Error::InUse`] while another process has it; [`Error::Engine`] if it is beyond repair.
    pub fn check_integrity(path: &Path) -> Result<bool> {
        RedbEngine::open(path)?.check_integrity()
    }

    pub(crate) fn start(engine: Box<dyn Engine>) -> Result<Self> {
        let snapshots = Arc::new(Snapshots { slot: RwLock::new(None), generation: AtomicU64::new(0) });
        snapshots.publish(&*engine)?;
        let queue = Arc::new(Queue::start(engine, Arc::clone(&snapshots))?);
        Ok(Self { queue, snapshots })
    }

    /// Runs `f` on a blocking thread with the last durable state.
    ///
    /// # Errors
    /// What `f` returns, or a failure of the store.
    pub async fn read<T, E, F>(&self, f: F) -> Result<T, E>
    where
        F: FnOnce(&ReadTx) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let snapshot = match self.snapshots.latest() {
            Ok(snapshot) => snapshot,
            Err(_failed_before) => {
                // An empty write lets the writer open the database again.
                self.queue.run(|_| Ok::<_, Error>(())).await?;
                self.snapshots.latest()?
            }
        };
        match tokio::task::spawn_blocking(move || f(&snapshot)).await {
            Ok(result) => result,
            Err(failed) => match failed.try_into_panic() {
                Ok(panic) => resume_unwind(panic),
                Err(_cancelled) => Err(Error::Closed.into()),
            },
        }
    }

    /// A number that rises with each state that readers get to see: what was read after asking for it holds as long as it
    /// stays the same.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.snapshots.generation.load(Ordering::Acquire)
    }

    /// Runs `f` in a transaction of its own on the writer's thread and returns once it is durable. If `f` returns an
    /// error, nothing of it is kept. `f` may be run again and must not act on anything outside the transaction. Writes
    /// that wait at the same time share one sync of the disk.
    ///
    /// The write goes on when the returned future is dropped after its first poll.
    ///
    /// # Errors
    /// What `f` returns, or a failure of the store.
    pub async fn write<T, E, F>(&self, f: F) -> Result<T, E>
    where
        F: FnMut(&mut WriteTx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.queue.run(f).await
    }

    /// As [`Store::read`], on this thread.
    ///
    /// # Errors
    /// What `f` returns, or a failure of the store.
    pub fn read_blocking<T, E: From<Error>>(&self, f: impl FnOnce(&ReadTx) -> Result<T, E>) -> Result<T, E> {
        f(&self.snapshots.latest()?)
    }

    /// As [`Store::write`], waiting on this thread, which must not be one of an async runtime.
    ///
    /// # Errors
    /// What `f` returns, or a failure of the store.
    pub fn write_blocking<T, E, F>(&self, f: F) -> Result<T, E>
    where
        F: FnMut(&mut WriteTx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.queue.run_blocking(f)
    }

    /// Writes a copy of the last durable state to a new file while the store goes on working. Blocks.
    ///
    /// # Errors
    /// If the file is there already or cannot be written.
    pub fn backup_to(&self, path: &Path) -> Result<()> {
        backup::copy(&self.snapshots.latest()?, path)
    }
}
