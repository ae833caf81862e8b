//! Blobs in a store behind the network, with the outbox before it and the cache in front.

use std::collections::HashMap;
use std::error::Error as _;
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use futures_util::TryStreamExt as _;
use opendal::layers::{RetryLayer, TimeoutLayer};
use opendal::{ErrorKind, Operator, services};
use sha2::Digest as _;
use tokio::task::spawn_blocking;

use super::cache::{Cache, hash_file};
use super::config::{S3Config, StoreConfig};
use super::disk::relative_path;
use super::drive::Drive;
use super::error::{Error, Result};
use super::outbox::Outbox;
use super::space::Space;
use crate::domain::ids::Sha256;

/// Bytes of one request to the store.
const PART_BYTES: usize = 8 * 1024 * 1024;
/// Blobs fetched at once.
const FETCHES: usize = 4;
/// Sizes kept in memory.
const KNOWN_SIZES: usize = 10_000;

/// The remote store with what stands before it on the local disk.
#[derive(Debug)]
pub(super) struct Remote {
    operator: Operator,
    pub outbox: Outbox,
    pub cache: Cache,
    scratch: PathBuf,
    scratch_names: AtomicU64,
    space: Space,
    /// One lock a blob for what must not happen twice at once: fetching, storing, deleting.
    flights: Mutex<HashMap<Sha256, Arc<tokio::sync::Mutex<()>>>>,
    fetches: tokio::sync::Semaphore,
    /// Sizes of blobs that were read range by range.
    sizes: Mutex<HashMap<Sha256, u64>>,
}

impl Remote {
    /// Takes up the outbox; the store itself is not asked, so that the program starts without it.
    pub fn open(operator: Operator, data_dir: &Path, cache: Cache, drive: Drive, space: Space) -> Result<Self> {
        Ok(Self {
            operator,
            outbox: Outbox::open(data_dir.join("outbox"), drive)?,
            cache,
            scratch: data_dir.join("scratch"),
            scratch_names: AtomicU64::new(0),
            space,
            flights: Mutex::default(),
            fetches: tokio::sync::Semaphore::new(FETCHES),
            sizes: Mutex::default(),
        })
    }

    /// The blob's bytes on the local disk, if they are there. Blocks.
    pub fn find_local(&self, sha: Sha256) -> Result<Option<File>> {
        match self.outbox.find(sha)? {
            Some(file) => Ok(Some(file)),
            None => self.cache.find(sha),
        }
    }

    /// Size of a blob, wherever it is.
    pub async fn size(&self, sha: Sha256) -> Result<u64> {
        if let Some(size) = self.outbox.size(sha)?.or_else(|| self.cache.size(sha)) {
            return Ok(size);
        }
        Ok(self.operator.stat(&path(sha)).await.map_err(from_opendal)?.content_length())
    }

    /// Reads a range from the store itself, as far as the blob has it. (Stores do not agree on what they do with a
    /// range that reaches behind the end, so it is never asked for.)
    pub async fn read_range(&self, sha: Sha256, range: Range<u64>) -> Result<Bytes> {
        let known = self.sizes.lock().unwrap_or_else(PoisonError::into_inner).get(&sha).copied();
        let size = match known {
            Some(size) => size,
            None => self.learn_size(sha).await?,
        };
        self.read_existing(sha, range.start..range.end.min(size)).await
    }

    /// Whether somebody fetches this blob now.
    pub fn is_fetching(&self, sha: Sha256) -> bool {
        self.flights.lock().unwrap_or_else(PoisonError::into_inner).contains_key(&sha)
    }

    /// The whole blob as a local file. Who asks while it is being fetched waits for that.
    pub async fn fetch(self: &Arc<Self>, sha: Sha256) -> Result<File> {
        let flight = self.flight(sha);
        let _alone = flight.lock().await;
        if let Some(file) = self.blocking(move |this| this.find_local(sha)).await? {
            return Ok(file);
        }
        let _few = self.fetches.acquire().await.map_err(|error| Error::Unavailable(Box::new(error)))?;
        let size = self.learn_size(sha).await?;
        self.space.check(size)?;
        let scratch =
            Scratch(self.scratch.join(format!("fetch-{}", self.scratch_names.fetch_add(1, Ordering::Relaxed))));
        let file = OpenOptions::new().read(true).write(true).create_new(true).open(&scratch.0)?;
        let found = self.copy_out(sha, size, file.try_clone()?).await?;
        if found != sha {
            return Err(Error::Corrupt { sha256: sha });
        }
        self.blocking(move |this| this.cache.put(&scratch.0, sha, size)).await?;
        Ok(file)
    }

    /// Moves a blob from the outbox to the store, reads it back and compares, and only then lets go of the local file.
    /// A blob that is in the store already is fine.
    pub async fn store(self: &Arc<Self>, sha: Sha256) -> Result<()> {
        let flight = self.flight(sha);
        let _alone = flight.lock().await;
        let Some(size) = self.outbox.size(sha)? else {
            return self.operator.stat(&path(sha)).await.map(|_| ()).map_err(from_opendal);
        };
        if self.blocking(move |this| Ok(hash_file(&this.outbox.path(sha))?)).await? != sha {
            return Err(Error::Corrupt { sha256: sha });
        }
        self.copy_in(sha).await?;
        if self.hash_remote(sha, size).await? != sha {
            return Err(Error::Unavailable("the store gave back other bytes than it was given".into()));
        }
        self.blocking(move |this| this.outbox.release(sha, |path| this.cache.put(path, sha, size))).await
    }

    /// Removes a blob that has not been uploaded again since `untouched_since`; tells whether it is gone.
    pub async fn delete(self: &Arc<Self>, sha: Sha256, untouched_since: SystemTime) -> Result<bool> {
        let flight = self.flight(sha);
        let _alone = flight.lock().await;
        if self.outbox.size(sha)?.is_some() {
            return Ok(false);
        }
        match self.operator.stat(&path(sha)).await {
            Ok(there) if there.last_modified().is_some_and(|at| SystemTime::from(at) > untouched_since) => {
                return Ok(false);
            }
            Ok(_) => self.operator.delete(&path(sha)).await.map_err(from_opendal)?,
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(from_opendal(error)),
        }
        self.sizes.lock().unwrap_or_else(PoisonError::into_inner).remove(&sha);
        self.blocking(move |this| this.cache.remove(sha)).await?;
        Ok(true)
    }

    /// The next blobs in order of their names, those of the outbox among them.
    pub async fn list(self: &Arc<Self>, after: Option<Sha256>, limit: usize) -> Result<Vec<Sha256>> {
        let waiting = self.blocking(|this| this.outbox.list()).await?;
        let mut found: Vec<_> = waiting.into_iter().filter(|sha| Some(*sha) > after).collect();
        let lister = self.operator.lister_with("blobs/").recursive(true);
        let mut entries = match after {
            Some(sha) if self.operator.info().capability().list_with_start_after => {
                lister.start_after(&path(sha)).await
            }
            _ => lister.await,
        }
        .map_err(from_opendal)?;
        let mut stored = Vec::new();
        while let Some(entry) = entries.try_next().await.map_err(from_opendal)? {
            stored.extend(Sha256::parse_hex(entry.name()).filter(|sha| Some(*sha) > after));
            let in_order = stored.is_sorted();
            if in_order && stored.len() >= limit {
                break;
            }
        }
        found.extend(stored);
        found.sort_unstable();
        found.dedup();
        found.truncate(limit);
        Ok(found)
    }

    /// Whether the store answers.
    pub async fn check(&self) -> Result<()> {
        self.operator.check().await.map_err(from_opendal)
    }

    async fn learn_size(&self, sha: Sha256) -> Result<u64> {
        let size = self.operator.stat(&path(sha)).await.map_err(from_opendal)?.content_length();
        let mut sizes = self.sizes.lock().unwrap_or_else(PoisonError::into_inner);
        if sizes.len() >= KNOWN_SIZES {
            sizes.clear();
        }
        sizes.insert(sha, size);
        Ok(size)
    }

    async fn read_existing(&self, sha: Sha256, range: Range<u64>) -> Result<Bytes> {
        if range.is_empty() {
            return Ok(Bytes::new());
        }
        let read = self.operator.read_with(&path(sha)).range(range).await;
        Ok(read.map_err(from_opendal)?.to_bytes())
    }

    async fn copy_in(&self, sha: Sha256) -> Result<()> {
        let mut file = self.outbox.find(sha)?.ok_or(Error::NotFound)?;
        let mut writer = self.operator.writer_with(&path(sha)).chunk(PART_BYTES).await.map_err(from_opendal)?;
        loop {
            let (rest, part) = spawn_blocking(move || read_part(file)).await??;
            file = rest;
            if part.is_empty() {
                break;
            }
            if let Err(error) = writer.write(part).await {
                writer.abort().await.ok();
                return Err(from_opendal(error));
            }
        }
        writer.close().await.map(|_| ()).map_err(from_opendal)
    }

    async fn hash_remote(&self, sha: Sha256, size: u64) -> Result<Sha256> {
        self.each_part(sha, size, |_| Ok(())).await
    }

    async fn copy_out(&self, sha: Sha256, size: u64, file: File) -> Result<Sha256> {
        let (space, file) = (self.space.clone(), Arc::new(file));
        self.each_part(sha, size, move |part| {
            io::Write::write_all(&mut &*file, part)
                .map_err(|error| Error::from(error).wanting(|| space.missing(part.len() as u64)))
        })
        .await
    }

    /// Reads a blob part by part, gives each to `take` off the async threads, and returns the hash of all.
    async fn each_part<F>(&self, sha: Sha256, size: u64, take: F) -> Result<Sha256>
    where
        F: Fn(&[u8]) -> Result<()> + Send + Sync + 'static,
    {
        let take = Arc::new(take);
        let mut state = sha2::Sha256::new();
        let mut at = 0;
        while at < size {
            let end = size.min(at + PART_BYTES as u64);
            let part = self.read_existing(sha, at..end).await?;
            if part.len() as u64 != end - at {
                return Err(Error::Corrupt { sha256: sha });
            }
            let take = Arc::clone(&take);
            state = spawn_blocking(move || {
                state.update(&part);
                take(&part).map(|()| state)
            })
            .await??;
            at = end;
        }
        Ok(Sha256(state.finalize().into()))
    }

    fn flight(self: &Arc<Self>, sha: Sha256) -> Flight {
        let mut flights = self.flights.lock().unwrap_or_else(PoisonError::into_inner);
        let lock = Arc::clone(flights.entry(sha).or_default());
        Flight { remote: Arc::clone(self), sha, lock: Some(lock) }
    }

    async fn blocking<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let this = Arc::clone(self);
        spawn_blocking(move || work(&this)).await?
    }
}

/// A place in the queue for one blob; the last to leave removes the queue.
struct Flight {
    remote: Arc<Remote>,
    sha: Sha256,
    lock: Option<Arc<tokio::sync::Mutex<()>>>,
}

impl Flight {
    async fn lock(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.lock.as_ref().expect("a flight has its lock until it is dropped").lock().await
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        let mut flights = self.remote.flights.lock().unwrap_or_else(PoisonError::into_inner);
        self.lock = None;
        if flights.get(&self.sha).is_some_and(|lock| Arc::strong_count(lock) == 1) {
            flights.remove(&self.sha);
        }
    }
}

/// A file that goes away unless it was renamed.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_file(&self.0)
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "a scratch file could not be removed");
        }
    }
}

fn read_part(mut file: File) -> Result<(File, Bytes)> {
    let mut part = Vec::new();
    (&mut file).take(PART_BYTES as u64).read_to_end(&mut part)?;
    Ok((file, part.into()))
}

fn path(sha: Sha256) -> String {
    format!("blobs/{}", relative_path(sha))
}

/// The store of blobs and derived files; for [`StoreConfig::Disk`] only of derived ones.
pub(super) fn operator(store: &StoreConfig, data_dir: &Path) -> Result<Operator> {
    let made = match store {
        StoreConfig::Disk => {
            let scratch = data_dir.join("scratch");
            Operator::new(
                services::Fs::default().root(&data_dir.to_string_lossy()).atomic_write_dir(&scratch.to_string_lossy()),
            )
        }
        StoreConfig::Memory => Operator::new(services::Memory::default()),
        StoreConfig::S3(s3) => Operator::new(bucket(s3)).map(with_patience),
    };
    made.map_err(from_opendal)
}

fn bucket(s3: &S3Config) -> services::S3 {
    services::S3::default()
        .endpoint(&s3.endpoint)
        .region(&s3.region)
        .bucket(&s3.bucket)
        .root(&s3.prefix)
        .access_key_id(&s3.access_key)
        .secret_access_key(&s3.secret_key)
        .disable_config_load()
        .disable_ec2_metadata()
}

/// A request may take a minute and is tried three times again; jobs try again later themselves.
fn with_patience(operator: Operator) -> Operator {
    let timeout = TimeoutLayer::new().with_timeout(Duration::from_secs(20)).with_io_timeout(Duration::from_secs(60));
    let retry = RetryLayer::new().with_max_times(3).with_min_delay(Duration::from_millis(100)).with_jitter();
    operator.layer(timeout).layer(retry)
}

/// What callers act on differently, out of the store's error.
pub(super) fn from_opendal(error: opendal::Error) -> Error {
    if error.kind() == ErrorKind::NotFound {
        return Error::NotFound;
    }
    let local = error.source().and_then(|source| source.downcast_ref::<io::Error>()).map(io::Error::kind);
    match local {
        Some(io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) => Error::DiskFull { missing_bytes: 1 },
        Some(_) => Error::Io(io::Error::other(error)),
        None => Error::Unavailable(Box::new(error)),
    }
}
