//! The daily upkeep: removes what nothing points to any more, and what has been kept long enough; has read again what older
//! rules have read.

use std::time::{Duration, SystemTime};

use super::uploads::staging_id;
use super::{App, Error, Result};
use crate::domain::job::JobKind;
use crate::domain::time::Timestamp;
use crate::store::{self, WriteTx};

/// Entries looked at, or removed, in one transaction.
const BATCH: usize = 500;
const DAY_MS: i64 = 24 * 3_600_000;
const DAY: Duration = Duration::from_secs(24 * 3_600);
/// Ended jobs are forgotten after this time; failed ones stay.
const KEEP_ENDED_MS: i64 = 7 * DAY_MS;
/// A blob that an upload has just marked as used stays, although nothing points to it yet.
const JUST_USED: Duration = Duration::from_secs(3_600);

impl App {
    /// Puts the sweep into the queue, if none waits.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn schedule_sweep(&self) -> Result<()> {
        let now = self.now();
        let job = store::jobs::NewJob {
            kind: JobKind::Sweep,
            library: None,
            key: None,
            user: None,
            priority: 200,
            run_at: now,
        };
        self.write(move |tx| Ok(store::jobs::enqueue_once(tx, job.clone(), now)?)).await?;
        self.jobs_wake.notify_waiters();
        Ok(())
    }

    /// Removes what nothing points to any more, and what has been kept long enough. May be ended at any point.
    pub(super) async fn sweep(&self) -> Result<()> {
        let now = self.now();
        let uploads = self.sweep_uploads().await?;
        let blobs = self.sweep_orphans(now).await? + self.sweep_unclaimed().await?;
        self.in_batches(move |tx| store::jobs::prune(tx, now.plus_ms(-KEEP_ENDED_MS), BATCH)).await?;
        self.in_batches(move |tx| store::sessions::prune(tx, now, BATCH)).await?;
        self.in_batches(move |tx| store::answers::prune(tx, now, BATCH)).await?;
        self.write(move |tx| Ok(store::attempts::prune(tx, now.plus_ms(-DAY_MS))?)).await?;
        for library in self.read(|tx| Ok(store::libraries::list(tx, None, usize::MAX)?)).await? {
            self.in_batches(move |tx| store::changes::trim(tx, library.id, now, BATCH)).await?;
        }
        for library in self.read(|tx| Ok(store::libraries::list_deleted(tx)?)).await? {
            while !self.write(move |tx| Ok(store::purge::purge(tx, library, now, BATCH)?)).await? {}
        }
        self.schedule_rereading().await?;
        tracing::info!(uploads, blobs, "swept");
        Ok(())
    }

    /// Does a part of the work, a transaction each time, until one finds less than it may take.
    async fn in_batches(
        &self,
        part: impl Fn(&mut WriteTx<'_>) -> store::Result<usize> + Clone + Send + 'static,
    ) -> Result<()> {
        loop {
            let part = part.clone();
            if self.write(move |tx| Ok(part(tx)?)).await? < BATCH {
                return Ok(());
            }
        }
    }

    /// Removes uploads whose time has passed, and staged bytes that no upload knows. Answers how many uploads.
    ///
    /// # Errors
    /// If the store or the disk fails.
    pub async fn sweep_uploads(&self) -> Result<usize> {
        let now = self.now();
        let mut removed = 0;
        loop {
            let expired = self.read(move |tx| Ok(store::uploads::expired(tx, now, BATCH)?)).await?;
            let (found, before) = (expired.len(), removed);
            for upload in expired {
                match self.remove_upload(upload.id).await {
                    Ok(()) => removed += 1,
                    // Somebody is sending it at this moment; the next sweep finds it again.
                    Err(Error::Busy(_)) => {}
                    Err(error) => return Err(error),
                }
            }
            if found < BATCH || removed == before {
                break;
            }
        }
        let known: std::collections::BTreeSet<_> = self
            .read(|tx| Ok(store::uploads::list_ids(tx)?))
            .await?
            .into_iter()
            .map(|id| staging_id(id).as_str().to_owned())
            .collect();
        for entry in self.files.stage_list().await? {
            let old = entry.modified.elapsed().is_ok_and(|age| age > DAY);
            if old && !known.contains(entry.id.as_str()) {
                self.files.stage_remove(&entry.id).await?;
            }
        }
        Ok(removed)
    }

    /// Removes blobs to which no attachment has pointed for a day.
    async fn sweep_orphans(&self, now: Timestamp) -> Result<usize> {
        let mut removed = 0;
        loop {
            let orphans = self.read(move |tx| Ok(store::blobs::orphans(tx, now.plus_ms(-DAY_MS), BATCH)?)).await?;
            for sha256 in &orphans {
                let sha256 = *sha256;
                if self.write(move |tx| Ok(store::blobs::delete_orphan(tx, &sha256)?)).await? {
                    self.files.delete_blob(sha256, SystemTime::now() - JUST_USED).await?;
                    self.files.delete_derived(sha256, "").await?;
                    removed += 1;
                }
            }
            if orphans.len() < BATCH {
                return Ok(removed);
            }
        }
    }

    /// Removes blobs of which the store knows nothing: the program was ended between an upload's last byte and its paper, and
    /// the client never came back. Younger ones stay: their upload may still be gone on with.
    async fn sweep_unclaimed(&self) -> Result<usize> {
        let life = Duration::from_millis(self.config.upload_life_ms.unsigned_abs());
        let untouched_since = SystemTime::now() - life - DAY;
        let (mut after, mut removed) = (None, 0);
        loop {
            let found = self.files.list_blobs(after, BATCH).await?;
            let Some(last) = found.last().copied() else { return Ok(removed) };
            let asked = found.clone();
            let known = self.read(move |tx| Ok(store::blobs::get_many(tx, &asked)?)).await?;
            for (sha256, _) in found.into_iter().zip(known).filter(|(_, known)| known.is_none()) {
                if self.files.delete_blob(sha256, untouched_since).await? {
                    self.files.delete_derived(sha256, "").await?;
                    removed += 1;
                } else if self.files.uses_outbox() {
                    // From there it is removed once it is old enough; nothing else would take it out of the outbox.
                    self.files.store_outbox(sha256).await?;
                }
            }
            after = Some(last);
        }
    }
}
