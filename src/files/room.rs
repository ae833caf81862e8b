//! The room's front desk.

use std::fs::{self, File};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use futures_util::Stream;
use tokio::task::spawn_blocking;
use tokio_util::task::TaskTracker;

use super::cache::Cache;
use super::config::{FilesConfig, StoreConfig};
use super::derived::Derived;
use super::disk::Disk;
use super::drive::Drive;
use super::error::{Error, Result};
use super::handles::{Handles, OpenBlob};
use super::remote::{self, Remote};
use super::space::Space;
use super::staged_file::StagedPaths;
use super::staging::Staging;
use crate::domain::ids::Sha256;

/// Bytes of one piece of a stream.
const STREAM_BYTES: u64 = 256 * 1024;
/// At most one part in so many of the disk is kept from uploads, so that a small disk takes some.
const MOST_RESERVED: u64 = 8;

/// All bytes that the program keeps. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Files(Arc<Inner>);

#[derive(Debug)]
pub(super) struct Inner {
    place: Place,
    derived: Derived,
    pub staging: Staging,
    handles: Arc<Handles>,
    fills: TaskTracker,
    data_dir: PathBuf,
}

#[derive(Debug)]
enum Place {
    Disk(Disk),
    Remote(Arc<Remote>),
}

/// Opening, blobs, derived files.
impl Files {
    /// Takes up the folders of `data_dir`, which exists; makes those that are missing.
    pub async fn open(config: FilesConfig) -> Result<Self> {
        Self::open_on(Drive::default(), config).await
    }

    pub(super) async fn open_on(drive: Drive, config: FilesConfig) -> Result<Self> {
        spawn_blocking(move || Self::take_up(&drive, &config)).await?
    }

    fn take_up(drive: &Drive, config: &FilesConfig) -> Result<Self> {
        let dir = &config.data_dir;
        let reserve_bytes = config.reserve_bytes.min(drive.total_bytes(dir)? / MOST_RESERVED);
        let space = Space { dir: dir.clone(), reserve_bytes, drive: drive.clone() };
        empty_scratch(drive, &dir.join("scratch"))?;
        let operator = remote::operator(&config.store, dir)?;
        let handles = Arc::new(Handles::default());
        let place = match config.store {
            StoreConfig::Disk => Place::Disk(Disk::open(dir.join("blobs"), drive.clone())?),
            StoreConfig::S3(_) | StoreConfig::Memory => {
                let cache = Cache::open(dir.join("cache"), drive.clone(), config.cache_bytes, Arc::clone(&handles))?;
                let remote = Remote::open(operator.clone(), dir, cache, drive.clone(), space.clone())?;
                Place::Remote(Arc::new(remote))
            }
        };
        let staging = Staging::open(dir.join("staging"), drive.clone(), space.clone())?;
        drive.sync_dir(dir)?;
        Ok(Self(Arc::new(Inner {
            place,
            // What uploads leave is there for what is made of them.
            derived: Derived { operator, space: Space { reserve_bytes: reserve_bytes / 2, ..space } },
            staging,
            handles,
            fills: TaskTracker::new(),
            data_dir: dir.clone(),
        })))
    }

    pub(super) fn data_dir(&self) -> &Path {
        &self.0.data_dir
    }

    /// Whether there is such a blob.
    pub async fn contains(&self, sha: Sha256) -> Result<bool> {
        match self.size(sha).await {
            Ok(_) => Ok(true),
            Err(Error::NotFound) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Size of a blob in bytes.
    pub async fn size(&self, sha: Sha256) -> Result<u64> {
        match &self.0.place {
            Place::Disk(_) => self.blocking(move |inner| Ok(fs::metadata(inner.disk()?.path(sha))?.len())).await,
            Place::Remote(remote) => remote.size(sha).await,
        }
    }

    /// The bytes of `range`, as far as the blob has them. For ranges that fit into memory; else see [`Self::stream`].
    pub async fn read_range(&self, sha: Sha256, range: Range<u64>) -> Result<Bytes> {
        if let Some(blob) = self.open_blob(sha).await? {
            return blob.read(range).await;
        }
        let Place::Remote(remote) = &self.0.place else { return Err(Error::NotFound) };
        self.fill_cache(remote, sha);
        remote.read_range(sha, range).await
    }

    /// The bytes of `range` in pieces; each is read when it is asked for.
    pub async fn stream(
        &self,
        sha: Sha256,
        range: Range<u64>,
    ) -> Result<impl Stream<Item = Result<Bytes>> + Send + use<>> {
        let end = range.end.min(self.size(sha).await?);
        let files = self.clone();
        Ok(futures_util::stream::try_unfold(range.start, move |at| {
            let files = files.clone();
            async move {
                if at >= end {
                    return Ok(None);
                }
                let piece = files.read_range(sha, at..end.min(at + STREAM_BYTES)).await?;
                if piece.is_empty() {
                    return Err(Error::Corrupt { sha256: sha });
                }
                let next = at + piece.len() as u64;
                Ok(Some((piece, next)))
            }
        }))
    }

    /// The whole blob as a file of the local disk, for reading; fetched first if it is not there.
    pub async fn open_local(&self, sha: Sha256) -> Result<File> {
        match (self.find_local(sha).await?, &self.0.place) {
            (Some(file), _) => Ok(file),
            (None, Place::Remote(remote)) => remote.fetch(sha).await,
            (None, Place::Disk(_)) => Err(Error::NotFound),
        }
    }

    /// Removes a blob that nobody has uploaded again since `untouched_since`, and tells whether it is gone.
    ///
    /// Only the sweep calls this, for blobs that nothing points to, with a moment before it looked: an upload of
    /// equal bytes that ends meanwhile marks the blob as used, and it stays.
    pub async fn delete_blob(&self, sha: Sha256, untouched_since: SystemTime) -> Result<bool> {
        let gone = match &self.0.place {
            Place::Disk(_) => self.blocking(move |inner| inner.disk()?.delete(sha, untouched_since)).await?,
            Place::Remote(remote) => remote.delete(sha, untouched_since).await?,
        };
        if gone {
            self.0.handles.forget(sha);
        }
        Ok(gone)
    }

    /// Blobs in order of their names, from behind `after`, at most `limit`; fewer only at the end.
    pub async fn list_blobs(&self, after: Option<Sha256>, limit: usize) -> Result<Vec<Sha256>> {
        match &self.0.place {
            Place::Disk(_) => self.blocking(move |inner| inner.disk()?.list(after, limit)).await,
            Place::Remote(remote) => remote.list(after, limit).await,
        }
    }

    /// Whether finished uploads wait in an outbox until [`Self::store_outbox`].
    #[must_use]
    pub fn uses_outbox(&self) -> bool {
        matches!(self.0.place, Place::Remote(_))
    }

    /// Moves a blob from the outbox to the remote store. Fine to call again, and for a blob that is there already.
    pub async fn store_outbox(&self, sha: Sha256) -> Result<()> {
        match &self.0.place {
            Place::Disk(_) => self.size(sha).await.map(|_| ()),
            Place::Remote(remote) => remote.store(sha).await,
        }
    }

    /// Blobs that wait in the outbox.
    pub async fn list_outbox(&self) -> Result<Vec<Sha256>> {
        match &self.0.place {
            Place::Disk(_) => Ok(Vec::new()),
            Place::Remote(_) => self.blocking(|inner| inner.remote()?.outbox.list()).await,
        }
    }

    /// Keeps a derived file of a blob under a name of ASCII letters, digits, `.`, `-` and `_`, such as `layout.v1`.
    pub async fn put_derived(&self, sha: Sha256, name: &str, bytes: Bytes) -> Result<()> {
        self.0.derived.put(sha, name, bytes).await
    }

    /// A derived file, if it has been made.
    pub async fn get_derived(&self, sha: Sha256, name: &str) -> Result<Option<Bytes>> {
        self.0.derived.find(sha, name).await
    }

    /// Removes the derived files of a blob whose names begin with `prefix`; all of them for an empty one.
    pub async fn delete_derived(&self, sha: Sha256, prefix: &str) -> Result<()> {
        self.0.derived.delete(sha, prefix).await
    }
}

/// How the room is.
impl Files {
    /// Bytes that uploads may still use.
    pub fn free_bytes(&self) -> Result<u64> {
        self.0.staging.space().usable_bytes()
    }

    /// Size of the disk that uploads share with everything else.
    pub fn disk_bytes(&self) -> Result<u64> {
        self.0.staging.space().total_bytes()
    }

    /// Whether blobs can be written and read: the data folder is there and writable, the remote store answers.
    pub async fn check(&self) -> Result<()> {
        self.blocking(|inner| Ok(rustix::fs::access(&inner.data_dir, rustix::fs::Access::WRITE_OK)?)).await?;
        match &self.0.place {
            Place::Disk(_) => Ok(()),
            Place::Remote(remote) => remote.check().await,
        }
    }

    /// Waits for what goes on in the background. Call it at shutdown, when no more requests come.
    pub async fn close(&self) {
        self.0.fills.close();
        self.0.fills.wait().await;
    }
}

impl Files {
    pub(super) fn staging(&self) -> &Staging {
        &self.0.staging
    }

    /// Gives a finished upload its final name. Blocks.
    pub(super) fn place_upload(&self, paths: &StagedPaths, sha: Sha256, size: u64) -> Result<()> {
        match &self.0.place {
            Place::Disk(disk) => disk.put(&paths.bytes, sha, size),
            Place::Remote(remote) => remote.outbox.put(&paths.bytes, sha, size),
        }
    }

    async fn open_blob(&self, sha: Sha256) -> Result<Option<Arc<OpenBlob>>> {
        if let Some(blob) = self.0.handles.find(sha) {
            return Ok(Some(blob));
        }
        let Some(file) = self.find_local(sha).await? else { return Ok(None) };
        let blob = OpenBlob::new(file)?;
        self.0.handles.keep(sha, &blob);
        Ok(Some(blob))
    }

    async fn find_local(&self, sha: Sha256) -> Result<Option<File>> {
        self.blocking(move |inner| match &inner.place {
            Place::Disk(disk) => disk.open_blob(sha).map(Some),
            Place::Remote(remote) => remote.find_local(sha),
        })
        .await
    }

    /// Fetches the whole blob in the background, so that the next ranges come from the disk.
    fn fill_cache(&self, remote: &Arc<Remote>, sha: Sha256) {
        if remote.is_fetching(sha) || self.0.fills.is_closed() {
            return;
        }
        let remote = Arc::clone(remote);
        self.0.fills.spawn(async move {
            let filled = match remote.size(sha).await {
                Ok(size) if remote.cache.fits(size) => remote.fetch(sha).await.map(|_| ()),
                other => other.map(|_| ()),
            };
            if let Err(error) = filled {
                tracing::debug!(%sha, %error, "a blob could not be cached; it is read from the store");
            }
        });
    }

    pub(super) async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Inner) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let inner = Arc::clone(&self.0);
        spawn_blocking(move || work(&inner)).await?
    }
}

impl Inner {
    fn disk(&self) -> Result<&Disk> {
        match &self.place {
            Place::Disk(disk) => Ok(disk),
            Place::Remote(_) => Err(Error::NotFound),
        }
    }

    fn remote(&self) -> Result<&Remote> {
        match &self.place {
            Place::Remote(remote) => Ok(remote),
            Place::Disk(_) => Err(Error::NotFound),
        }
    }
}

/// Half-made files of an earlier run mean nothing.
fn empty_scratch(drive: &Drive, scratch: &Path) -> Result<()> {
    drive.make_dir(scratch)?;
    for entry in fs::read_dir(scratch)? {
        drive.remove(&entry?.path())?;
    }
    Ok(())
}
