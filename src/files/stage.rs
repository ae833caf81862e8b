//! The front desk for uploads in progress.

use std::time::Duration;

use bytes::Bytes;

use super::error::{Error, Result};
use super::room::Files;
use super::staged_file::StagedFile;
use super::staging::{Guard, StagedEntry, StagingId};
use super::upload::StagedUpload;
use crate::domain::ids::Sha256;

/// How long a request waits for the last write of one that went away.
const HANDOVER: Duration = Duration::from_millis(500);

/// Uploads in progress.
impl Files {
    /// Refuses an upload of `length` bytes that the disk has no room for. Makes no file: an upload without one
    /// stands at 0.
    pub async fn stage_create(&self, _id: &StagingId, length: Option<u64>) -> Result<()> {
        let need = length.unwrap_or(1);
        self.blocking(move |inner| inner.staging.space().check(need)).await
    }

    /// Takes hold of an upload to write at `offset`; [`Error::WrongOffset`] if it does not stand there.
    pub async fn stage_open(&self, id: &StagingId, offset: u64) -> Result<StagedUpload> {
        self.stage(id, offset, |_| {}).await
    }

    /// Like [`Self::stage_open`], for bytes that come with a checksum: they count only once
    /// [`StagedUpload::sync`] was called; otherwise they are cut off again.
    pub async fn stage_open_checked(&self, id: &StagingId, offset: u64) -> Result<StagedUpload> {
        self.stage(id, offset, StagedFile::hold_until_synced).await
    }

    /// How many bytes of an upload are durable; 0 if none ever came. What a lost connection has left is kept.
    pub async fn stage_offset(&self, id: &StagingId) -> Result<u64> {
        let guard = self.lock(id).await?;
        self.with_staged(id, guard, |file| Ok(file.durable())).await
    }

    /// Cuts an upload back to `offset`.
    pub async fn stage_truncate(&self, id: &StagingId, offset: u64) -> Result<()> {
        let guard = self.lock(id).await?;
        self.with_staged(id, guard, move |file| file.cut_back(offset)).await
    }

    /// Puts the bytes of other uploads behind one another into `id`, in place of whatever it has, and returns its
    /// handle, to be finished. The parts stay until they are removed; one that was finished already stays finished.
    pub async fn stage_concat(&self, id: &StagingId, parts: &[StagingId]) -> Result<StagedUpload> {
        let mut sources = Vec::with_capacity(parts.len());
        for part in parts {
            let length = self.stage_offset(part).await?;
            sources.push((self.staging().paths(part).bytes, length));
        }
        let guard = self.lock(id).await?;
        let guard = self
            .with_guard(id, guard, move |file| {
                if file.finished().is_some() {
                    return Ok(());
                }
                file.cut_back(0)?;
                file.append_copies(&sources)
            })
            .await?;
        Ok(StagedUpload::new(self.clone(), id.clone(), guard))
    }

    /// The SHA-256 of an upload's bytes so far.
    pub async fn stage_hash(&self, id: &StagingId) -> Result<Sha256> {
        let guard = self.lock(id).await?;
        self.with_staged(id, guard, StagedFile::hash).await
    }

    /// Up to `len` bytes of an upload from `start`.
    pub async fn stage_read(&self, id: &StagingId, start: u64, len: usize) -> Result<Bytes> {
        let guard = self.lock(id).await?;
        self.with_staged(id, guard, move |file| file.read(start, len)).await
    }

    /// Forgets an upload: given up, expired, or finished and committed. One that is not there is fine.
    pub async fn stage_remove(&self, id: &StagingId) -> Result<()> {
        let guard = self.lock(id).await?;
        let id = id.clone();
        self.blocking(move |inner| inner.staging.remove(&id, guard)).await
    }

    /// Every upload that has files, with when the last byte came.
    pub async fn stage_list(&self) -> Result<Vec<StagedEntry>> {
        self.blocking(|inner| inner.staging.list()).await
    }
}

impl Files {
    async fn stage(
        &self,
        id: &StagingId,
        offset: u64,
        prepare: impl FnOnce(&mut StagedFile) + Send + 'static,
    ) -> Result<StagedUpload> {
        let guard = self.lock(id).await?;
        let check = move |file: &mut StagedFile| {
            if file.written() != offset {
                return Err(Error::WrongOffset { current: file.written() });
            }
            prepare(file);
            Ok(())
        };
        let guard = self.with_guard(id, guard, check).await?;
        Ok(StagedUpload::new(self.clone(), id.clone(), guard))
    }

    async fn lock(&self, id: &StagingId) -> Result<Guard> {
        tokio::time::timeout(HANDOVER, self.staging().lock(id)).await.map_err(|_| Error::Busy)
    }

    async fn with_guard(
        &self,
        id: &StagingId,
        mut guard: Guard,
        work: impl FnOnce(&mut StagedFile) -> Result<()> + Send + 'static,
    ) -> Result<Guard> {
        let id = id.clone();
        self.blocking(move |inner| {
            work(inner.staging.settled(&id, &mut guard)?)?;
            Ok(guard)
        })
        .await
    }

    async fn with_staged<T: Send + 'static>(
        &self,
        id: &StagingId,
        mut guard: Guard,
        work: impl FnOnce(&mut StagedFile) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let id = id.clone();
        self.blocking(move |inner| work(inner.staging.settled(&id, &mut guard)?)).await
    }
}
