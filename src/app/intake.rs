//! What a finished upload becomes: a paper with its file, a file of a paper, or a pointer to what is there already.

use super::activity::{self, Event, Scene};
use super::{App, Result, require_role};
use crate::crypto;
use crate::domain::actor::Actor;
use crate::domain::ids::{Key, LibraryId, Sha256};
use crate::domain::item::{FieldSource, FileRef, Item, ReadState};
use crate::domain::job::JobKind;
use crate::domain::library::Role;
use crate::domain::live::LiveEvent;
use crate::domain::merge::{SOURCE_FILE_NAME, name_after_file};
use crate::domain::time::Timestamp;
use crate::files::FinishedUpload;
use crate::store::jobs::NewJob;
use crate::store::{self, Blob, BlobPlace, Upload, UploadState, WriteTx};

/// Files that a person may add within [`BURST_MS`] before they count as a large drop, whose reading waits behind others'.
const SMALL_DROP: usize = 10;
const BURST_MS: i64 = 60_000;
const PRIORITY_SMALL_DROP: u8 = 50;
const PRIORITY_LARGE_DROP: u8 = 100;

/// Where the papers of an intake ended up.
struct Taken {
    paper: Key,
    attachment: Key,
    duplicate_of: Option<Key>,
    restored: bool,
}

impl App {
    /// Takes a finished upload into its library: one transaction, done once whatever happens between.
    pub(super) async fn take_in(
        &self,
        actor: &Actor,
        upload: Upload,
        finished: FinishedUpload,
        media_type: String,
    ) -> Result<Upload> {
        let (by, now) = (actor.clone(), self.now());
        let priority = self.drop_priority(&upload, now);
        let fresh = [crypto::random_u64(), crypto::random_u64()].map(Key::from_random);
        let (upload, jobs, changes) = self
            .write(move |tx| {
                let present = store::uploads::find_upload(tx, upload.id)?;
                if let Some(done) = present.filter(|present| present.state != UploadState::Open) {
                    return Ok((done, Vec::new(), Vec::new()));
                }
                require_role(tx, &by, upload.library, Role::Editor)?;
                let mut jobs = Vec::new();
                keep_blob(tx, &finished, &media_type, now)?;
                if finished.in_outbox {
                    let kind = JobKind::StoreBlob { sha256: finished.sha256 };
                    let job = NewJob { kind, library: None, key: None, user: None, priority: 200, run_at: now };
                    jobs.push(store::jobs::enqueue_once(tx, job, now)?);
                }
                let taken = match find_twin(tx, &upload, finished.sha256)? {
                    Some((paper, attachment)) => join_twin(tx, &upload, paper, attachment, now)?,
                    None => {
                        let taken = add(tx, &upload, &finished, &media_type, fresh, now)?;
                        if media_type == "application/pdf" {
                            let job = NewJob {
                                kind: JobKind::Parse { sha256: finished.sha256 },
                                library: Some(upload.library),
                                key: Some(taken.attachment),
                                user: Some(upload.user),
                                priority,
                                run_at: now,
                            };
                            jobs.push(store::jobs::enqueue_once(tx, job, now)?);
                        }
                        taken
                    }
                };
                let done = Upload {
                    state: UploadState::Completed {
                        item: Some(taken.paper),
                        attachment: Some(taken.attachment),
                        duplicate_of: taken.duplicate_of,
                        restored: taken.restored,
                    },
                    length: Some(finished.size_bytes),
                    sha256: Some(finished.sha256),
                    ..upload.clone()
                };
                store::uploads::put_upload(tx, &done)?;
                Ok((done, jobs, tx.library_changes()))
            })
            .await?;
        self.tell_changes(changes);
        for job in jobs {
            self.tell(LiveEvent::Job(Box::new(job)));
        }
        self.jobs_wake.notify_waiters();
        Ok(upload)
    }

    /// Lower for the first files that somebody adds, so that one paper is not kept waiting by another's five thousand.
    fn drop_priority(&self, upload: &Upload, now: Timestamp) -> u8 {
        let mut bursts = self.bursts.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        bursts.retain(|_, times| times.last().is_some_and(|last| now.since_ms(*last) < BURST_MS));
        let times = bursts.entry(upload.user).or_default();
        times.retain(|at| now.since_ms(*at) < BURST_MS);
        if times.len() >= SMALL_DROP {
            times.remove(0);
            times.push(now);
            return PRIORITY_LARGE_DROP;
        }
        times.push(now);
        PRIORITY_SMALL_DROP
    }
}

fn keep_blob(tx: &mut WriteTx<'_>, finished: &FinishedUpload, media_type: &str, now: Timestamp) -> Result<()> {
    if store::blobs::find_blob(tx, &finished.sha256)?.is_some() {
        return Ok(());
    }
    let place = if finished.in_outbox { BlobPlace::Staging } else { BlobPlace::Store };
    let mut blob = Blob::new(finished.sha256, finished.size_bytes, media_type.to_owned(), place, now);
    if media_type != "application/pdf" {
        blob.state = ReadState::Other;
    }
    Ok(store::blobs::put_blob(tx, &blob)?)
}

/// The paper and file of this library that have these bytes already; for a file to be attached, only below that paper.
fn find_twin(tx: &WriteTx<'_>, upload: &Upload, sha256: Sha256) -> Result<Option<(Item, Item)>> {
    let keys = store::items::attachments_with(tx, upload.library, &sha256)?;
    for attachment in store::items::get_many(tx, upload.library, &keys)?.into_iter().flatten() {
        let Some(parent) = attachment.parent else { continue };
        if upload.attach_to.is_some_and(|wanted| wanted != parent) {
            continue;
        }
        if let Some(paper) = store::items::find_item(tx, upload.library, parent)? {
            return Ok(Some((paper, attachment)));
        }
    }
    Ok(None)
}

/// Equal bytes: the paper joins the collection and comes out of the trash.
fn join_twin(
    tx: &mut WriteTx<'_>,
    upload: &Upload,
    mut paper: Item,
    mut attachment: Item,
    now: Timestamp,
) -> Result<Taken> {
    let restored = paper.trashed || attachment.trashed;
    let taken = Taken { paper: paper.key, attachment: attachment.key, duplicate_of: Some(paper.key), restored };
    let collection = still_there(tx, upload.library, upload.collection)?;
    let joins = collection.filter(|collection| !paper.collections.contains(collection));
    if paper.trashed || joins.is_some() {
        paper.trashed = false;
        paper.collections.extend(joins);
        paper.date_modified = now;
        paper.modified_by = Some(upload.user);
        tx.library(upload.library, now)?.put_item(&mut paper)?;
    }
    if restored {
        let scene = Scene { library: upload.library, user: Some(upload.user), now };
        activity::note(tx, scene, Event::ItemRestored, Some(paper.key), paper.field("title"))?;
    }
    if attachment.trashed {
        attachment.trashed = false;
        tx.library(upload.library, now)?.put_item(&mut attachment)?;
    }
    Ok(taken)
}

fn add(
    tx: &mut WriteTx<'_>,
    upload: &Upload,
    finished: &FinishedUpload,
    media_type: &str,
    [paper_key, attachment_key]: [Key; 2],
    now: Timestamp,
) -> Result<Taken> {
    let library = upload.library;
    let parent = match upload.attach_to {
        Some(parent) => {
            store::items::get(tx, library, parent)?;
            parent
        }
        None => {
            let mut paper = Item::blank(paper_key, "journalArticle", now, Some(upload.user));
            name_after_file(&mut paper, &upload.filename);
            let guess = FieldSource { source: SOURCE_FILE_NAME.to_owned(), confidence: 1.0, other_value: None };
            paper.sources.insert("item_type".to_owned(), guess);
            paper.collections.extend(still_there(tx, library, upload.collection)?);
            tx.library(library, now)?.put_item(&mut paper)?;
            let scene = Scene { library, user: Some(upload.user), now };
            activity::note(tx, scene, Event::ItemAdded, Some(paper_key), paper.field("title"))?;
            paper_key
        }
    };
    let mut attachment = Item::blank(attachment_key, "attachment", now, Some(upload.user));
    attachment.parent = Some(parent);
    attachment.file = Some(FileRef {
        sha256: finished.sha256,
        size_bytes: finished.size_bytes,
        name: upload.filename.clone(),
        media_type: media_type.to_owned(),
        pages: None,
        state: if media_type == "application/pdf" { ReadState::Waiting } else { ReadState::Other },
        recognised_pages: 0,
    });
    tx.library(library, now)?.put_item(&mut attachment)?;
    Ok(Taken { paper: parent, attachment: attachment_key, duplicate_of: None, restored: false })
}

/// The collection, unless somebody deleted it while the file was on its way.
fn still_there(tx: &WriteTx<'_>, library: LibraryId, collection: Option<Key>) -> Result<Option<Key>> {
    match collection {
        Some(key) => Ok(store::collections::find_collection(tx, library, key)?.map(|collection| collection.key)),
        None => Ok(None),
    }
}
