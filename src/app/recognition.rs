//! Recognising scanned pages: what the job does, and which files want it.
//!
//! What was recognised of each page is kept as a derived file at once. The job reads the PDF again with it in the end, so
//! that recognised text goes the way of any other; one that was interrupted goes on where it was.

use std::sync::{Arc, OnceLock};

use tokio_util::sync::CancellationToken;

use super::rereading::enqueue_everywhere;
use super::running::{Ending, Work};
use super::{App, Result};
use crate::domain::facts::ReadErrorCode;
use crate::domain::ids::{JobId, Sha256};
use crate::domain::item::ReadState;
use crate::domain::job::{Job, JobKind};
use crate::domain::layout::{PageLayout, PageQuality, SLICE_PAGES};
use crate::domain::time::Timestamp;
use crate::pdf::recogniser::PageLimits;
use crate::pdf::{ReadFailure, Recognised, RecognisedPage, Recogniser, codec};
use crate::store::jobs::NewJob;
use crate::store::{self, Blob, WriteTx};

/// Behind all reading, which has runners of its own besides.
const AFTER_READING: u8 = 220;
/// Files looked at in one transaction.
const BATCH: usize = 500;
/// Pages that fail in a row, before any succeeded, until the fault is not theirs.
const MOST_FAILURES: u32 = 5;
/// What may be given to a worker with a document: the words of some thousand pages.
const MOST_WORD_BYTES: usize = 160 << 20;

/// Tesseract, once it was found.
#[derive(Default)]
pub(super) struct Recognition(OnceLock<Ready>);

struct Ready {
    recogniser: Recogniser,
    finds_turn: bool,
}

/// What was recognised of the slice that begins with this page.
fn recognised_name(first_page: u32) -> String {
    format!("recognised.v1.{first_page}")
}

fn slice_of(page: u32) -> u32 {
    page / SLICE_PAGES * SLICE_PAGES
}

/// Whether a page is for recognition, or has been.
pub(super) fn wants_recognition(page: &PageLayout) -> bool {
    page.recognised || page.quality != PageQuality::Good
}

/// Whether a file that was read has pages that recognition has still to look at.
pub(super) fn is_unrecognised(blob: &Blob) -> bool {
    match blob.unrecognised_pages {
        Some(pages) => pages > 0,
        // Read before pages were counted.
        None => matches!(blob.state, ReadState::NoText | ReadState::PoorText),
    }
}

/// Puts the recognition of a file that was just read into the queue.
pub(super) fn enqueue_recognition(tx: &mut WriteTx<'_>, read: &Job, sha256: Sha256, now: Timestamp) -> Result<Job> {
    let job = NewJob {
        kind: JobKind::Recognise { sha256 },
        library: read.library,
        key: read.key,
        user: read.user,
        priority: AFTER_READING,
        run_at: now,
    };
    Ok(store::jobs::enqueue_once(tx, job, now)?)
}

/// Notes that a person stopped a file's recognition, which then does not begin again by itself, or wants it after all.
pub(super) fn note_asked(tx: &mut WriteTx<'_>, sha256: Sha256, wanted: bool) -> Result<()> {
    let Some(mut blob) = store::blobs::find_blob(tx, &sha256)? else { return Ok(()) };
    blob.unrecognised_pages = if wanted { None } else { Some(0) };
    Ok(store::blobs::put_blob(tx, &blob)?)
}

impl App {
    /// Whether scanned pages are recognised on this server.
    #[must_use]
    pub fn is_recognising(&self) -> bool {
        self.recognition.0.get().is_some()
    }

    /// Looks for tesseract, if recognition is switched on, and puts every scan that waits for it into the queue. Without
    /// tesseract it says so in the log, and nothing is recognised.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn prepare_recognition(&self) -> Result<()> {
        let Some(config) = &self.config.ocr else { return Ok(()) };
        match Recogniser::find(self.pool.clone(), config, PageLimits::of(&self.config)).await {
            Ok((recogniser, installed)) => {
                let finds_turn = installed.finds_turn();
                drop(self.recognition.0.set(Ready { recogniser, finds_turn }));
                tracing::info!(
                    version = installed.version,
                    languages = config.languages,
                    "scanned pages are recognised"
                );
                self.schedule_recognition().await
            }
            Err(reason) => {
                tracing::warn!("scanned pages are not recognised: {reason}");
                Ok(())
            }
        }
    }

    /// Puts every file into the queue that was read before recognition was switched on, or while it was off.
    async fn schedule_recognition(&self) -> Result<()> {
        let (mut scheduled, mut after) = (0, None);
        loop {
            let from = after;
            let blobs = self.read(move |tx| Ok(store::blobs::list(tx, from.as_ref(), BATCH)?)).await?;
            let Some(last) = blobs.last() else { break };
            after = Some(last.sha256);
            let scans: Vec<Blob> = blobs.into_iter().filter(is_unrecognised).collect();
            if !scans.is_empty() {
                scheduled += self.schedule_scans(scans).await?;
            }
        }
        if scheduled > 0 {
            tracing::info!(scheduled, "scans wait for recognition");
            self.jobs_wake.notify_waiters();
        }
        Ok(())
    }

    async fn schedule_scans(&self, scans: Vec<Blob>) -> Result<usize> {
        let now = self.now();
        self.write(move |tx| {
            let mut scheduled = 0;
            for blob in &scans {
                let kind = JobKind::Recognise { sha256: blob.sha256 };
                let opens = |library| !blob.is_locked_in(library);
                scheduled += enqueue_everywhere(tx, &blob.sha256, &kind, opens, now)?;
            }
            Ok(scheduled)
        })
        .await
    }

    /// Recognises the pages of a PDF that have no usable text, and reads it again with what was seen.
    pub(super) async fn recognise(
        self: &Arc<Self>,
        work: &Work,
        sha256: Sha256,
        cancel: &CancellationToken,
    ) -> Result<Ending> {
        // Switched off meanwhile: the file waits until it is on again.
        let Some(ready) = self.recognition.0.get() else { return self.complete(work, |_| Ok(())).await };
        if self.is_locked_for(&work.job, sha256).await? {
            return self.complete(work, |_| Ok(())).await;
        }
        let blob = self.read(move |tx| Ok(store::blobs::get(tx, &sha256)?)).await?;
        if !is_unrecognised(&blob) && blob.unrecognised_pages.is_some() {
            // Done for another library that has the same file.
            return match self.read_again_from_disk(sha256).await? {
                Some(reading) => self.finish_reading(work, sha256, reading).await,
                None => self.complete(work, |_| Ok(())).await,
            };
        }
        tokio::select! {
            () = cancel.cancelled() => Ok(Ending::Stopped),
            ending = self.recognise_document(work, sha256, ready) => ending,
        }
    }

    async fn recognise_document(self: &Arc<Self>, work: &Work, sha256: Sha256, ready: &Ready) -> Result<Ending> {
        let pages = self.pages_without_text(sha256).await?;
        let mut seen = self.kept_recognition(sha256).await?;
        if let Err(failure) = self.recognise_pages(work, sha256, ready, &pages, &mut seen).await? {
            return self.finish_failure(work, sha256, failure).await;
        }
        let seen = seen.within(MOST_WORD_BYTES);
        if seen.is_wordless() {
            return self.complete(work, move |tx| note_asked(tx, sha256, false)).await;
        }
        match self.read_document(sha256, seen, |_, _| ()).await? {
            Ok(mut reading) => {
                reading.unrecognised_pages = 0;
                self.finish_reading(work, sha256, reading).await
            }
            Err(failure) => self.finish_failure(work, sha256, failure).await,
        }
    }

    /// Recognises those of `pages` that are not in `seen` yet, and keeps each at once. A page that fails costs only itself.
    async fn recognise_pages(
        &self,
        work: &Work,
        sha256: Sha256,
        ready: &Ready,
        pages: &[u32],
        seen: &mut Recognised,
    ) -> Result<std::result::Result<(), ReadFailure>> {
        let JobId(asking) = work.job.id;
        let total = u32::try_from(pages.len()).unwrap_or(u32::MAX);
        let password = self.document_password(sha256).await?;
        let (mut failures, mut successes) = (0, 0);
        for (number, index) in (1..).zip(pages.iter().copied()) {
            if seen.page(index).is_some_and(|page| self.is_settled(page, Some(asking))) {
                continue;
            }
            self.note_progress(&work.job, number, total);
            let file = self.files.open_local(sha256).await?;
            let page = match ready.recogniser.recognise(file.into(), password.clone(), index, ready.finds_turn).await {
                Ok(page) => {
                    successes += 1;
                    page
                }
                Err(failure) => {
                    failures += 1;
                    let is_hopeless = failures >= MOST_FAILURES && successes == 0;
                    if failure.code == ReadErrorCode::Encrypted || is_hopeless {
                        return Ok(Err(ReadFailure { worker_died: false, ..failure }));
                    }
                    let page = index + 1;
                    tracing::warn!(%sha256, page, reason = failure.message, "a page could not be recognised");
                    let languages = ready.recogniser.languages().to_owned();
                    RecognisedPage { languages, failed_in: Some(asking), ..RecognisedPage::default() }
                }
            };
            metrics::counter!("pages_recognised_total").increment(1);
            seen.put(index, page);
            let first = slice_of(index);
            let bytes = codec::encode_recognised(&seen.part(first..first + SLICE_PAGES));
            self.files.put_derived(sha256, &recognised_name(first), bytes.into()).await?;
        }
        Ok(Ok(()))
    }

    /// Whether a page needs no further look: it was looked at for today's languages, and did not fail unless in this very
    /// `asking`.
    pub(super) fn is_settled(&self, page: &RecognisedPage, asking: Option<u64>) -> bool {
        let fits = self.config.ocr.as_ref().is_none_or(|config| config.languages == page.languages);
        fits && (page.failed_in.is_none() || page.failed_in == asking)
    }

    /// The pages of a file that was read that are for recognition, by index.
    async fn pages_without_text(&self, sha256: Sha256) -> Result<Vec<u32>> {
        let Some(head) = self.read_head(sha256).await? else { return Ok(Vec::new()) };
        let count = u32::try_from(head.pages.len()).unwrap_or(u32::MAX);
        let mut pages = Vec::new();
        for first in (0..count).step_by(SLICE_PAGES as usize) {
            let Some(slice) = self.read_slice(sha256, first).await? else { continue };
            pages.extend(slice.pages.iter().filter(|page| wants_recognition(page)).map(|page| page.index));
        }
        Ok(pages)
    }

    /// What was recognised of a file so far; nothing of one that was never read.
    pub(super) async fn kept_recognition(&self, sha256: Sha256) -> Result<Recognised> {
        let blob = self.read(move |tx| Ok(store::blobs::get(tx, &sha256)?)).await?;
        let mut seen = Recognised::default();
        for first in (0..blob.pages.unwrap_or(0)).step_by(SLICE_PAGES as usize) {
            let Some(bytes) = self.files.get_derived(sha256, &recognised_name(first)).await? else { continue };
            match codec::decode_recognised(&bytes) {
                Ok(part) => seen.extend(part),
                Err(error) => tracing::warn!(%error, "a derived file is damaged"),
            }
        }
        Ok(seen.within(MOST_WORD_BYTES))
    }
}
