//! The handle with which a request writes to an upload.

use bytes::Bytes;
use tokio::task::{JoinHandle, spawn_blocking};

use super::error::{Error, Result};
use super::room::Files;
use super::staging::{Guard, StagingId};
use crate::domain::ids::Sha256;

/// Bytes gathered before they are written. At most twice as many wait in memory.
const WRITE_BYTES: usize = 512 * 1024;
/// Pieces gathered before they are written.
const WRITE_PIECES: usize = 256;

/// One request's hold on an upload. While it lives, all others get [`Error::Busy`].
///
/// Dropping it, even in the middle of a call, keeps the bytes given so far, unless it was opened with
/// [`Files::stage_open_checked`]: then what was not synced is cut off.
#[derive(Debug)]
pub struct StagedUpload {
    files: Files,
    id: StagingId,
    guard: Option<Guard>,
    writing: Option<JoinHandle<(Guard, Result<()>)>>,
    waiting: Vec<Bytes>,
    waiting_bytes: usize,
    offset: u64,
}

/// An upload that has become a blob.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FinishedUpload {
    /// The blob's name.
    pub sha256: Sha256,
    /// Its size.
    pub size_bytes: u64,
    /// Whether it waits in the outbox, so that a job must call [`Files::store_outbox`].
    pub in_outbox: bool,
}

impl StagedUpload {
    pub(super) fn new(files: Files, id: StagingId, guard: Guard) -> Self {
        let offset = guard.as_ref().map_or(0, super::staged_file::StagedFile::written);
        Self { files, id, guard: Some(guard), writing: None, waiting: Vec::new(), waiting_bytes: 0, offset }
    }

    /// Where the next byte goes.
    #[must_use]
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// Tells how large the upload will be, so that a full disk can be told with what is missing for all of it.
    pub async fn expect_bytes(&mut self, total: u64) -> Result<()> {
        self.with(move |file| {
            file.expect_bytes(total);
            Ok(())
        })
        .await
    }

    /// Appends bytes; they are written soon, and durable after [`Self::sync`]. On an error the upload stands at
    /// [`Self::offset`] again and can go on from there.
    pub async fn append(&mut self, bytes: Bytes) -> Result<()> {
        if bytes.is_empty() {
            return Ok(());
        }
        self.offset += bytes.len() as u64;
        self.waiting_bytes += bytes.len();
        self.waiting.push(bytes);
        if self.waiting_bytes >= WRITE_BYTES || self.waiting.len() >= WRITE_PIECES {
            self.idle().await?;
            self.start_writing()?;
        }
        Ok(())
    }

    /// Makes everything appended durable and returns the offset up to which a client may be told so.
    pub async fn sync(&mut self) -> Result<u64> {
        self.with(|file| file.sync()).await
    }

    /// Cuts back to `offset`, at most [`Self::offset`].
    pub async fn cut_back(&mut self, offset: u64) -> Result<()> {
        self.with(move |file| file.cut_back(offset)).await
    }

    /// The SHA-256 of all bytes so far.
    pub async fn hash(&mut self) -> Result<Sha256> {
        self.with(|file| file.hash()).await
    }

    /// Up to `len` bytes from `start`, to see what kind of file this is; also of an upload that has become a blob.
    pub async fn read(&mut self, start: u64, len: usize) -> Result<Bytes> {
        let read = self.with(move |file| match file.moved() {
            Some(sha256) => Ok(Err(sha256)),
            None => file.read(start, len).map(Ok),
        });
        match read.await? {
            Ok(bytes) => Ok(bytes),
            Err(sha256) => self.files.read_range(sha256, start..start + len as u64).await,
        }
    }

    /// Makes the upload a blob: everything appended is synced, moved to its final name, and that is synced.
    ///
    /// May be called again after an error, and on an upload that was finished before; what was known of the upload
    /// stays until [`Files::stage_remove`], which the caller calls once it has committed.
    pub async fn finish(&mut self) -> Result<FinishedUpload> {
        let files = self.files.clone();
        self.with(move |file| {
            let sha256 = file.finish(|paths, sha, size| files.place_upload(paths, sha, size))?;
            Ok(FinishedUpload { sha256, size_bytes: file.written(), in_outbox: files.uses_outbox() })
        })
        .await
    }

    /// Writes what waits, then does `work` on the file, off the async threads.
    async fn with<T: Send + 'static>(
        &mut self,
        work: impl FnOnce(&mut super::staged_file::StagedFile) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.idle().await?;
        let parts = std::mem::take(&mut self.waiting);
        self.waiting_bytes = 0;
        let (answer, result) = tokio::sync::oneshot::channel();
        let mut guard = self.take_guard()?;
        self.writing = Some(spawn_blocking(move || {
            let done = guard.as_mut().ok_or(Error::NotFound).and_then(|file| {
                file.append(&parts)?;
                work(file)
            });
            // Nobody waits for the answer of a request that went away.
            answer.send(done).ok();
            (guard, Ok(()))
        }));
        self.idle().await?;
        result.await.map_err(|error| Error::Io(std::io::Error::other(error)))?
    }

    /// Waits for the running write. After an error, `offset` is where the file stands.
    async fn idle(&mut self) -> Result<()> {
        let Some(writing) = self.writing.as_mut() else { return Ok(()) };
        let joined = writing.await;
        self.writing = None;
        let (guard, done) = joined?;
        let written = guard.as_ref().map_or(0, super::staged_file::StagedFile::written);
        self.guard = Some(guard);
        if done.is_err() {
            self.waiting.clear();
            self.waiting_bytes = 0;
        }
        self.offset = written + self.waiting_bytes as u64;
        done
    }

    /// Hands what waits to a blocking thread, while more comes in.
    fn start_writing(&mut self) -> Result<()> {
        let mut guard = self.take_guard()?;
        let parts = std::mem::take(&mut self.waiting);
        self.waiting_bytes = 0;
        self.writing = Some(spawn_blocking(move || {
            let done = guard.as_mut().ok_or(Error::NotFound).and_then(|file| file.append(&parts));
            (guard, done)
        }));
        Ok(())
    }

    /// The guard is away only while a write runs, or for ever if that write panicked.
    fn take_guard(&mut self) -> Result<Guard> {
        self.guard.take().ok_or_else(|| Error::Io(std::io::Error::other("an earlier write to this upload broke down")))
    }
}

impl Drop for StagedUpload {
    /// What waits is still written: the client has sent it. The right to the upload goes with the last write.
    fn drop(&mut self) {
        let parts = std::mem::take(&mut self.waiting);
        let (guard, writing) = (self.guard.take(), self.writing.take());
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        if parts.is_empty() {
            return;
        }
        let id = self.id.clone();
        runtime.spawn(async move {
            let guard = match (guard, writing) {
                (Some(guard), _) => Some(guard),
                (None, Some(writing)) => writing.await.ok().filter(|(_, done)| done.is_ok()).map(|(guard, _)| guard),
                (None, None) => None,
            };
            let Some(mut guard) = guard else { return };
            let written = spawn_blocking(move || guard.as_mut().map_or(Ok(()), |file| file.append(&parts))).await;
            if let Ok(Err(error)) = written {
                tracing::debug!(upload = id.as_str(), %error, "the last bytes of a broken request were not kept");
            }
        });
    }
}
