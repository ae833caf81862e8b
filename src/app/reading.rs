//! Reading a PDF: what the parse job does.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use super::documents::{HEAD_NAME, facts_name, slice_name};
use super::recognition::{enqueue_recognition, is_unrecognised, wants_recognition};
use super::rereading::has_been_read;
use super::running::{Ending, Work};
use super::{App, Error, Result, require_role};
use crate::domain::actor::Actor;
use crate::domain::facts::{EXTRACTION_VERSION, Facts, ReadErrorCode};
use crate::domain::ids::{Key, LibraryId, Sha256};
use crate::domain::item::{Item, ReadState};
use crate::domain::job::{Job, JobKind};
use crate::domain::layout::{PageLayout, PageQuality};
use crate::domain::library::Role;
use crate::domain::live::LiveEvent;
use crate::domain::merge::merge_facts;
use crate::domain::time::Timestamp;
use crate::pdf::{ReadEvent, ReadFailure, Recognised, codec};
use crate::store::jobs::NewJob;
use crate::store::{self, WriteTx};

/// What a reading came to.
pub(super) struct Reading {
    pub facts: Box<Facts>,
    pub pages: u32,
    pub state: ReadState,
    /// Pages whose text was recognised.
    pub recognised_pages: u32,
    /// Pages without usable text that recognition has still to look at.
    pub unrecognised_pages: u32,
}

/// Pages of each quality.
#[derive(Default)]
struct Tally {
    good: u32,
    poor: u32,
    none: u32,
    recognised: u32,
    unrecognised: u32,
}

impl Tally {
    fn add(&mut self, page: &PageLayout, has_been_looked_at: bool) {
        match page.quality {
            PageQuality::Good => self.good += 1,
            PageQuality::Poor => self.poor += 1,
            PageQuality::None => self.none += 1,
        }
        self.recognised += u32::from(page.recognised);
        self.unrecognised += u32::from(wants_recognition(page) && !has_been_looked_at);
    }

    /// No page with text: a scan; more garbled than good pages: poor.
    fn state(&self) -> ReadState {
        match self {
            Tally { good: 0, poor: 0, .. } => ReadState::NoText,
            Tally { good, poor, .. } if poor > good => ReadState::PoorText,
            _ => ReadState::Read,
        }
    }
}

/// Said while a PDF that stopped its reader waits for the second try.
const TRIED_AGAIN: &str = "The reader stopped while it read this PDF. It is tried once more.";

/// Events that may wait between the worker and the disk.
const EVENT_QUEUE: usize = 8;

impl App {
    /// Reads a PDF and merges what was read into its paper.
    pub(super) async fn parse(
        self: &Arc<Self>,
        work: &Work,
        sha256: Sha256,
        cancel: &CancellationToken,
    ) -> Result<Ending> {
        if self.is_locked_for(&work.job, sha256).await? {
            return self.finish_locked(work).await;
        }
        let outcome = match self.read_again_from_disk(sha256).await? {
            Some(reading) => Ok(reading),
            None => {
                let recognised = self.kept_recognition(sha256).await?;
                let progress = |page, pages| self.note_progress(&work.job, page, pages);
                tokio::select! {
                    () = cancel.cancelled() => return Ok(Ending::Stopped),
                    outcome = self.read_document(sha256, recognised, progress) => outcome?,
                }
            }
        };
        match outcome {
            Ok(reading) => self.finish_reading(work, sha256, reading).await,
            Err(failure) => self.finish_failure(work, sha256, failure).await,
        }
    }

    /// Whether the file needs a password that is known in other libraries only.
    pub(super) async fn is_locked_for(&self, job: &Job, sha256: Sha256) -> Result<bool> {
        let library = job.library;
        let blob = self.read(move |tx| Ok(store::blobs::get(tx, &sha256)?)).await?;
        Ok(library.is_some_and(|library| blob.is_locked_in(library)))
    }

    pub(super) async fn finish_locked(&self, work: &Work) -> Result<Ending> {
        let (work, now) = (work.clone(), self.now());
        let ended = self
            .write(move |tx| {
                let Some(done) = store::leases::complete(tx, work.job.id, &work.lease, now)? else { return Ok(None) };
                note_state(tx, &work.job, ReadState::Locked, None, now)?;
                Ok(Some((done, tx.library_changes())))
            })
            .await?;
        let Some((done, changes)) = ended else { return Ok(Ending::Lost) };
        self.tell_changes(changes);
        Ok(Ending::Ended(Box::new(done)))
    }

    /// What an earlier reading by the same rules left, if all of it is there.
    pub(super) async fn read_again_from_disk(&self, sha256: Sha256) -> Result<Option<Reading>> {
        let blob = self.read(move |tx| Ok(store::blobs::get(tx, &sha256)?)).await?;
        if !has_been_read(&blob) || blob.extraction_version != EXTRACTION_VERSION {
            return Ok(None);
        }
        let (Some(head), Some(facts)) = (self.read_head(sha256).await?, self.read_facts(sha256).await?) else {
            return Ok(None);
        };
        Ok(Some(Reading {
            facts: Box::new(facts),
            pages: u32::try_from(head.pages.len()).unwrap_or(u32::MAX),
            state: blob.state,
            recognised_pages: blob.recognised_pages,
            unrecognised_pages: u32::from(is_unrecognised(&blob)),
        }))
    }

    /// Reads a document and keeps what is read as it comes; `recognised` stands in where its pages have no usable text.
    pub(super) async fn read_document(
        self: &Arc<Self>,
        sha256: Sha256,
        recognised: Recognised,
        progress: impl Fn(u32, u32),
    ) -> Result<std::result::Result<Reading, ReadFailure>> {
        let password = self.document_password(sha256).await?;
        let file = self.files.open_local(sha256).await?;
        let (sender, mut events) = tokio::sync::mpsc::channel(EVENT_QUEUE);
        let reading = async {
            if recognised.is_wordless() {
                self.pool.read(file.into(), password, sender).await
            } else {
                self.pool.read_recognised(file.into(), password, recognised.clone(), sender).await
            }
        };
        let keeping = async {
            let (mut tally, mut pages, mut found) = (Tally::default(), 0, None);
            while let Some(event) = events.recv().await {
                match event {
                    ReadEvent::Head(head) => {
                        pages = u32::try_from(head.pages.len()).unwrap_or(u32::MAX);
                        self.files.put_derived(sha256, HEAD_NAME, codec::encode_head(&head).into()).await?;
                    }
                    ReadEvent::Slice(slice) => {
                        for page in &slice.pages {
                            tally
                                .add(page, recognised.page(page.index).is_some_and(|seen| self.is_settled(seen, None)));
                        }
                        let name = slice_name(slice.first_page);
                        let bytes = tokio::task::spawn_blocking(move || codec::encode_slice(&slice));
                        let bytes = bytes.await.map_err(Error::internal)?;
                        self.files.put_derived(sha256, &name, bytes.into()).await?;
                    }
                    ReadEvent::Progress { page, pages } => progress(page, pages),
                    ReadEvent::Facts(facts) => {
                        self.files
                            .put_derived(sha256, &facts_name(EXTRACTION_VERSION), codec::encode_facts(&facts).into())
                            .await?;
                        found = Some(facts);
                    }
                }
            }
            Ok::<_, Error>((tally, pages, found))
        };
        // Where nothing can be kept (a full disk), the reading ends at once: nobody takes its events any more.
        let (read, (tally, pages, facts)) = tokio::try_join!(async { Ok(reading.await) }, keeping)?;
        Ok(match (read, facts) {
            (Err(failure), _) => Err(failure),
            (Ok(()), Some(facts)) => Ok(Reading {
                facts,
                pages,
                state: tally.state(),
                recognised_pages: tally.recognised,
                unrecognised_pages: tally.unrecognised,
            }),
            (Ok(()), None) => Err(ReadFailure {
                code: ReadErrorCode::Crashed,
                message: ReadErrorCode::Crashed.message().to_owned(),
                worker_died: true,
            }),
        })
    }

    pub(super) async fn finish_reading(&self, work: &Work, sha256: Sha256, reading: Reading) -> Result<Ending> {
        let (work, now) = (work.clone(), self.now());
        let is_recognising = self.is_recognising();
        let ended = self
            .write(move |tx| {
                let Some(done) = store::leases::complete(tx, work.job.id, &work.lease, now)? else { return Ok(None) };
                let mut blob = store::blobs::get(tx, &sha256)?;
                blob.pages = Some(reading.pages);
                blob.state = reading.state;
                blob.extraction_version = EXTRACTION_VERSION;
                blob.recognised_pages = reading.recognised_pages;
                blob.unrecognised_pages = Some(reading.unrecognised_pages);
                store::blobs::put_blob(tx, &blob)?;
                note_state(tx, &work.job, reading.state, Some(&reading), now)?;
                let next = if is_recognising && reading.unrecognised_pages > 0 {
                    Some(enqueue_recognition(tx, &work.job, sha256, now)?)
                } else {
                    None
                };
                Ok(Some((done, next, tx.library_changes())))
            })
            .await?;
        let Some((done, next, changes)) = ended else { return Ok(Ending::Lost) };
        self.tell_changes(changes);
        if let Some(next) = next {
            self.tell(LiveEvent::Job(Box::new(next)));
            self.jobs_wake.notify_waiters();
        }
        Ok(Ending::Ended(Box::new(done)))
    }

    pub(super) async fn finish_failure(&self, work: &Work, sha256: Sha256, failure: ReadFailure) -> Result<Ending> {
        if failure.worker_died && work.job.crashes == 0 {
            return Ok(Ending::Crashed { message: TRIED_AGAIN.to_owned() });
        }
        let (work, now) = (work.clone(), self.now());
        let state = match failure.code {
            ReadErrorCode::Encrypted => ReadState::Locked,
            code => ReadState::Failed(code),
        };
        let ended = self
            .write(move |tx| {
                let ended = if state == ReadState::Locked {
                    store::leases::complete(tx, work.job.id, &work.lease, now)?
                } else {
                    let failure = store::leases::Failure {
                        message: failure.message.clone(),
                        retry_at: None,
                        crashed: failure.worker_died,
                    };
                    store::leases::fail(tx, work.job.id, &work.lease, &failure, now)?
                };
                let Some(ended) = ended else { return Ok(None) };
                let mut blob = store::blobs::get(tx, &sha256)?;
                if has_been_read(&blob) {
                    // The earlier reading stays; it is not tried again before the rules change once more.
                    blob.extraction_version = EXTRACTION_VERSION;
                    if work.job.kind == (JobKind::Recognise { sha256 }) {
                        blob.unrecognised_pages = Some(0);
                    }
                } else {
                    blob.state = state;
                }
                store::blobs::put_blob(tx, &blob)?;
                note_state(tx, &work.job, blob.state, None, now)?;
                Ok(Some((ended, tx.library_changes())))
            })
            .await?;
        let Some((ended, changes)) = ended else { return Ok(Ending::Lost) };
        self.tell_changes(changes);
        Ok(Ending::Ended(Box::new(ended)))
    }

    /// Takes the password of a locked PDF and has it read again.
    ///
    /// # Errors
    /// Invalid if the password is wrong; a conflict for a file that needs none.
    pub async fn give_password(
        self: &Arc<Self>,
        actor: &Actor,
        library: LibraryId,
        key: Key,
        password: String,
    ) -> Result<Job> {
        let asker = actor.clone();
        let attachment = self
            .read(move |tx| {
                require_role(tx, &asker, library, Role::Editor)?;
                Ok(super::documents::find_attachment(tx, library, key)?.0)
            })
            .await?;
        let file = attachment.file.as_ref().ok_or_else(|| Error::not_found("file"))?;
        if file.state != ReadState::Locked {
            return Err(Error::Conflict { code: "not_locked", detail: "This file needs no password.".to_owned() });
        }
        let bytes = self.files.open_local(file.sha256).await?;
        // Drawing the first page small is the cheapest way to try a password.
        let tried =
            self.pool.page_image(bytes.into(), Some(password.clone()), 0, super::documents::IMAGE_WIDTHS[0]).await;
        if let Err(ReadFailure { code: ReadErrorCode::Encrypted, .. }) = tried {
            return Err(Error::invalid("password", "This password does not open the file. Check capitals and spaces."));
        }
        let sealed = self.sealing_key.seal(password.as_bytes());
        let sha256 = file.sha256;
        self.write(move |tx| {
            let mut blob = store::blobs::get(tx, &sha256)?;
            blob.sealed_password = Some(sealed.clone());
            if !blob.unlocked_in.contains(&library) {
                blob.unlocked_in.push(library);
            }
            blob.state = ReadState::Waiting;
            Ok(store::blobs::put_blob(tx, &blob)?)
        })
        .await?;
        self.read_file_again(actor, library, attachment.key).await
    }

    /// Has a file read again from its bytes; what people typed stays.
    ///
    /// # Errors
    /// Forbidden below editor; not found.
    pub async fn read_file_again(&self, actor: &Actor, library: LibraryId, key: Key) -> Result<Job> {
        let (by, now) = (actor.clone(), self.now());
        let (job, changes) = self
            .write(move |tx| {
                require_role(tx, &by, library, Role::Editor)?;
                let (mut attachment, _) = super::documents::find_attachment(tx, library, key)?;
                let Some(file) = attachment.file.as_mut().filter(|file| file.media_type == "application/pdf") else {
                    return Err(Error::NotFound("Only PDFs are read.".to_owned()));
                };
                file.state = ReadState::Waiting;
                let sha256 = file.sha256;
                let mut blob = store::blobs::get(tx, &sha256)?;
                blob.state = ReadState::Waiting;
                store::blobs::put_blob(tx, &blob)?;
                let job = NewJob {
                    kind: JobKind::Parse { sha256 },
                    library: Some(library),
                    key: Some(attachment.key),
                    user: by.user_id(),
                    priority: 0,
                    run_at: now,
                };
                tx.library(library, now)?.put_item(&mut attachment)?;
                let job = store::jobs::enqueue_once(tx, job, now)?;
                Ok((job, tx.library_changes()))
            })
            .await?;
        self.tell_changes(changes);
        self.tell(LiveEvent::Job(Box::new(job.clone())));
        self.jobs_wake.notify_waiters();
        Ok(job)
    }
}

/// Writes how far the reader got into the attachment, and what it read into the paper.
pub(super) fn note_state(
    tx: &mut WriteTx<'_>,
    job: &Job,
    state: ReadState,
    reading: Option<&Reading>,
    now: Timestamp,
) -> Result<()> {
    let (Some(library), Some(key)) = (job.library, job.key) else { return Ok(()) };
    let Some(mut attachment) = store::items::find_item(tx, library, key)? else { return Ok(()) };
    let Some(file) = attachment.file.as_mut() else { return Ok(()) };
    if file.state == state && reading.is_none() {
        return Ok(());
    }
    file.state = state;
    if let Some(reading) = reading {
        file.pages = Some(reading.pages);
        file.recognised_pages = reading.recognised_pages;
    }
    tx.library(library, now)?.put_item(&mut attachment)?;
    let (Some(parent), Some(reading)) = (attachment.parent, reading) else { return Ok(()) };
    let Some(mut paper) = store::items::find_item(tx, library, parent)? else { return Ok(()) };
    if is_main_file(tx, library, &attachment)? && merge_facts(&mut paper, &reading.facts) {
        paper.date_modified = now;
        paper.modified_by = None;
        tx.library(library, now)?.put_item(&mut paper)?;
    }
    Ok(())
}

/// Whether the paper's details come from this file: the first of its PDFs.
fn is_main_file(tx: &WriteTx<'_>, library: LibraryId, attachment: &Item) -> Result<bool> {
    let Some(parent) = attachment.parent else { return Ok(false) };
    let mut files = store::items::children(tx, library, parent)?;
    files.retain(|child| child.file.as_ref().is_some_and(|file| file.media_type == "application/pdf"));
    super::items::sort_files(&mut files);
    Ok(files.first().is_some_and(|first| first.key == attachment.key))
}
