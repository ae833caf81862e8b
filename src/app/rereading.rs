//! Reads again, in the background, what older rules have read.

use super::{App, Result};
use crate::domain::facts::EXTRACTION_VERSION;
use crate::domain::ids::{LibraryId, Sha256};
use crate::domain::item::ReadState;
use crate::domain::job::JobKind;
use crate::domain::time::Timestamp;
use crate::store::jobs::NewJob;
use crate::store::{self, Blob, WriteTx};

/// Files looked at in one transaction.
const BATCH: usize = 500;
/// Behind everything that somebody waits for.
const LAST: u8 = 250;

/// Whether a file has been read, by rules older than today's.
pub(super) fn is_outdated(blob: &Blob) -> bool {
    has_been_read(blob) && blob.extraction_version < EXTRACTION_VERSION
}

/// Whether there is a reading that people may be looking at.
pub(super) fn has_been_read(blob: &Blob) -> bool {
    matches!(blob.state, ReadState::Read | ReadState::PoorText | ReadState::NoText)
}

impl App {
    /// Puts every PDF that older rules have read into the queue, behind everything else; what people typed stays when it
    /// is read again. Answers how many.
    pub(super) async fn schedule_rereading(&self) -> Result<usize> {
        let (mut scheduled, mut after) = (0, None);
        loop {
            let from = after;
            let blobs = self.read(move |tx| Ok(store::blobs::list(tx, from.as_ref(), BATCH)?)).await?;
            let Some(last) = blobs.last() else { break };
            after = Some(last.sha256);
            let outdated: Vec<Sha256> = blobs.iter().filter(|blob| is_outdated(blob)).map(|blob| blob.sha256).collect();
            if !outdated.is_empty() {
                scheduled += self.schedule(outdated).await?;
            }
        }
        if scheduled > 0 {
            tracing::info!(scheduled, "papers are read again, since reading has improved");
            self.jobs_wake.notify_waiters();
        }
        Ok(scheduled)
    }

    async fn schedule(&self, files: Vec<Sha256>) -> Result<usize> {
        let now = self.now();
        self.write(move |tx| {
            let mut scheduled = 0;
            for &sha256 in &files {
                scheduled += enqueue_everywhere(tx, &sha256, &JobKind::Parse { sha256 }, |_| true, now)?;
            }
            Ok(scheduled)
        })
        .await
    }
}

/// Puts a job behind all others into the queue for each library that has the file, of those that `may` have it done.
pub(super) fn enqueue_everywhere(
    tx: &mut WriteTx<'_>,
    sha256: &Sha256,
    kind: &JobKind,
    may: impl Fn(LibraryId) -> bool,
    now: Timestamp,
) -> Result<usize> {
    let mut enqueued = 0;
    for (library, key) in store::items::attachments_everywhere(tx, sha256)? {
        if !may(library) || store::libraries::find_library(tx, library)?.is_none() {
            continue;
        }
        let (library, key) = (Some(library), Some(key));
        let job = NewJob { kind: kind.clone(), library, key, user: None, priority: LAST, run_at: now };
        store::jobs::enqueue_once(tx, job, now)?;
        enqueued += 1;
    }
    Ok(enqueued)
}
