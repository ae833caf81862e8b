//! Resumable uploads: taking bytes, and making a paper of them with the last one.

use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_util::{Stream, StreamExt as _};

pub use super::checksum::Checksum;
use super::checksum::Digest;
use super::file_kind::{SNIFF_BYTES, media_type_of, not_a_pdf, refusal};
use super::upload_writers::Writer;
use super::{App, Error, Result, require_role, require_user};
use crate::crypto;
use crate::domain::actor::{Actor, Scope};
use crate::domain::ids::{Key, LibraryId, UserId};
use crate::domain::library::Role;
use crate::files::{self, StagedUpload, StagingId};
use crate::store::{self, UploadConcat, View};
pub use crate::store::{Upload, UploadState};

/// A transfer as somebody announces it.
#[derive(Debug, Clone, Default)]
pub struct NewUpload {
    /// Its length, if it is known yet.
    pub length: Option<u64>,
    /// The metadata header as given.
    pub metadata: String,
    /// The file's name as given.
    pub filename: String,
    /// Into which library; the person's own if absent.
    pub library: Option<LibraryId>,
    /// Into which collection.
    pub collection: Option<Key>,
    /// The paper to attach the file to, instead of making one.
    pub attach_to: Option<Key>,
    /// Whether it is a part of a later whole.
    pub is_partial: bool,
}

/// How an upload stands.
#[derive(Debug, Clone)]
pub struct UploadStatus {
    /// The record.
    pub upload: Upload,
    /// Durable bytes.
    pub offset: u64,
}

impl Upload {
    /// The header `Upload-Concat` of this upload, with the addresses of its parts.
    #[must_use]
    pub fn concat_header(&self, address: impl Fn(u128) -> String) -> Option<String> {
        match &self.concat {
            UploadConcat::None => None,
            UploadConcat::Partial => Some("partial".to_owned()),
            UploadConcat::Final(parts) => {
                let parts: Vec<String> = parts.iter().map(|part| address(*part)).collect();
                Some(format!("final;{}", parts.join(" ")))
            }
        }
    }
}

/// How long a file may be.
#[derive(Debug, Clone, Copy)]
struct SizeLimits {
    /// This one: as announced.
    here: u64,
    /// Any one.
    most: u64,
}

/// A request that writes without a byte for so long is ended.
const STALLED_AFTER: Duration = Duration::from_secs(90);
/// How long a newer request waits for a dead older one to let go.
const HANDOVER: Duration = Duration::from_secs(5);

pub(super) fn staging_id(id: u128) -> StagingId {
    StagingId::parse(&format!("{id:032x}")).expect("hexadecimal digits are a name of staging")
}

impl App {
    /// Announces an upload.
    ///
    /// # Errors
    /// Forbidden below editor; too large; `empty`; no space.
    pub async fn create_upload(&self, actor: &Actor, new: NewUpload) -> Result<Upload> {
        let upload = self.check_upload(actor, new, UploadConcat::None).await?;
        if upload.length == Some(0) && upload.concat == UploadConcat::None {
            return Err(Error::Invalid {
                code: "empty",
                detail: "This file is empty: it has no bytes. Download it again and check its size.".to_owned(),
                field: None,
            });
        }
        self.files.stage_create(&staging_id(upload.id), upload.length).await?;
        let record = upload.clone();
        self.write(move |tx| Ok(store::uploads::put_upload(tx, &record)?)).await?;
        Ok(upload)
    }

    pub(super) async fn check_upload(&self, actor: &Actor, new: NewUpload, concat: UploadConcat) -> Result<Upload> {
        let user = require_user(actor, Scope::Write)?;
        let (by, now) = (actor.clone(), self.now());
        let most = self.config.max_file_bytes;
        let expires_at = now.plus_ms(self.config.upload_life_ms);
        let concat = if new.is_partial { UploadConcat::Partial } else { concat };
        self.read(move |tx| {
            let library = match new.library {
                Some(library) => library,
                None => store::libraries::find_personal(tx, user)?.ok_or_else(|| Error::not_found("library"))?,
            };
            require_role(tx, &by, library, Role::Editor)?;
            if let Some(collection) = new.collection {
                store::collections::get(tx, library, collection)?;
            }
            if let Some(paper) = new.attach_to {
                let paper = store::items::get(tx, library, paper)?;
                if paper.parent.is_some() {
                    return Err(Error::invalid("parent", "Files are attached to papers, not to what lies below them."));
                }
            }
            check_size(new.length, most_bytes(tx, user, most)?)?;
            Ok(Upload {
                id: u128::from_be_bytes(crypto::random()),
                user,
                library,
                collection: new.collection,
                filename: new.filename,
                metadata: new.metadata,
                length: new.length,
                concat,
                created_at: now,
                expires_at,
                state: UploadState::Open,
                sha256: None,
                attach_to: new.attach_to,
            })
        })
        .await
    }

    /// How an upload stands. One that has all its bytes but was cut off before it was completed is completed now.
    ///
    /// # Errors
    /// Not found for others than who began it; busy while a live request writes to it; `not_a_pdf` where its bytes were
    /// refused.
    pub async fn upload_status(self: &Arc<Self>, actor: &Actor, id: u128) -> Result<UploadStatus> {
        let upload = self.own_upload(actor, id).await?;
        match &upload.state {
            UploadState::Open => {}
            UploadState::Completed { .. } => {
                return Ok(UploadStatus { offset: upload.length.unwrap_or(0), upload });
            }
            // A client that reads "all bytes are there" would think that all is well.
            UploadState::Failed { code } => return Err(refusal(code)),
        }
        if self.writers.end_dead(id) {
            return Err(busy());
        }
        let offset = self.handover(|| self.files.stage_offset_owned(id)).await?;
        if Some(offset) == upload.length && !matches!(upload.concat, UploadConcat::Final(_)) {
            let staged = self.handover(|| self.files.stage_open_owned(id, offset, false)).await?;
            return self.complete_upload(actor, upload, staged).await;
        }
        Ok(UploadStatus { upload, offset })
    }

    /// Appends the bytes of a request at `offset`; with the last one the file becomes a paper.
    ///
    /// # Errors
    /// Wrong offset, busy, too large, checksum mismatch, no space, `not_a_pdf`; forbidden where the actor may no longer add
    /// to the library. Whatever the error, bytes that were acknowledged stay, and a later request goes on from there.
    pub async fn write_upload<S, E>(
        self: &Arc<Self>,
        actor: &Actor,
        id: u128,
        offset: u64,
        announced_length: Option<u64>,
        checksum: Option<Checksum>,
        body: S,
    ) -> Result<UploadStatus>
    where
        S: Stream<Item = std::result::Result<Bytes, E>> + Send + Unpin,
        E: std::fmt::Display + Send,
    {
        let (mut upload, most) = self.writable_upload(actor, id).await?;
        if let UploadConcat::Final(_) = upload.concat {
            return Err(Error::Forbidden("A whole made of parts takes no bytes of its own.".to_owned()));
        }
        if let (UploadState::Open, None, Some(length)) = (&upload.state, upload.length, announced_length) {
            check_size(Some(length), most)?;
            upload = self.change_open_upload(id, move |upload| upload.length = upload.length.or(Some(length))).await?;
        }
        match upload.state {
            UploadState::Open => {}
            UploadState::Completed { .. } if Some(offset) == upload.length => {
                return Ok(UploadStatus { offset, upload });
            }
            UploadState::Completed { .. } => return Err(Error::WrongOffset { current: upload.length.unwrap_or(0) }),
            UploadState::Failed { code } => return Err(refusal(&code)),
        }
        if self.writers.end_dead(id) {
            return Err(busy());
        }
        let checked = checksum.is_some();
        let mut staged = self.handover(|| self.files.stage_open_owned(id, offset, checked)).await?;
        if let Some(length) = upload.length {
            staged.expect_bytes(length).await?;
        }
        let guard = self.writers.begin(id);
        let limits = SizeLimits { here: upload.length.unwrap_or(most), most };
        let received = self.receive(&mut staged, &guard.writer, limits, checksum, body).await;
        drop(guard);
        let offset = received?;
        if upload.concat != UploadConcat::Partial && upload.attach_to.is_none() && offset >= SNIFF_BYTES as u64 {
            self.refuse_other_kinds(&upload, &mut staged).await?;
        }
        if Some(offset) == upload.length {
            return self.complete_upload(actor, upload, staged).await;
        }
        Ok(UploadStatus { upload, offset })
    }

    /// Streams a body into staging and syncs it; answers the durable offset.
    async fn receive<S, E>(
        &self,
        staged: &mut StagedUpload,
        writer: &Writer,
        limits: SizeLimits,
        checksum: Option<Checksum>,
        mut body: S,
    ) -> Result<u64>
    where
        S: Stream<Item = std::result::Result<Bytes, E>> + Send + Unpin,
        E: std::fmt::Display + Send,
    {
        let begin = staged.offset();
        let mut digest = checksum.map(Digest::new);
        let interrupted = loop {
            let next = tokio::select! {
                () = writer.stop.cancelled() => break Some("another request took over"),
                next = tokio::time::timeout(STALLED_AFTER, body.next()) => next,
            };
            match next {
                Err(_) => break Some("no byte came for a long time"),
                Ok(None) => break None,
                Ok(Some(Err(_))) => break Some("the connection broke"),
                Ok(Some(Ok(bytes))) => {
                    *writer.last_byte.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
                    if staged.offset() + bytes.len() as u64 > limits.here {
                        staged.cut_back(begin).await?;
                        return Err(beyond(limits));
                    }
                    if let Some(digest) = &mut digest {
                        digest.update(&bytes);
                    }
                    staged.append(bytes).await?;
                }
            }
        };
        if let Some(digest) = digest
            && (interrupted.is_some() || !digest.matches())
        {
            staged.cut_back(begin).await?;
            staged.sync().await?;
            return Err(if interrupted.is_some() { interruption() } else { Error::ChecksumMismatch });
        }
        let offset = staged.sync().await?;
        if interrupted.is_some() { Err(interruption()) } else { Ok(offset) }
    }

    /// Ends an upload whose bytes are no PDF.
    async fn refuse_other_kinds(&self, upload: &Upload, staged: &mut StagedUpload) -> Result<()> {
        let head = staged.read(0, SNIFF_BYTES).await?;
        let Some(code) = not_a_pdf(&head) else { return Ok(()) };
        let failed = move |upload: &mut Upload| upload.state = UploadState::Failed { code: code.to_owned() };
        self.change_open_upload(upload.id, failed).await?;
        Err(refusal(code))
    }

    /// Makes a paper (or an attachment) of a whole upload. May be called again after a crash at any point.
    pub(super) async fn complete_upload(
        self: &Arc<Self>,
        actor: &Actor,
        upload: Upload,
        mut staged: StagedUpload,
    ) -> Result<UploadStatus> {
        let offset = staged.offset();
        if upload.concat == UploadConcat::Partial {
            let part = || UploadState::Completed { item: None, attachment: None, duplicate_of: None, restored: false };
            let upload = self.change_open_upload(upload.id, move |upload| upload.state = part()).await?;
            return Ok(UploadStatus { upload, offset });
        }
        let looked_at = staged.read(0, SNIFF_BYTES).await;
        if looked_at.is_ok() && upload.attach_to.is_none() {
            self.refuse_other_kinds(&upload, &mut staged).await?;
        }
        let finished = staged.finish().await?;
        let head = match looked_at {
            Ok(head) => head,
            // The last start was killed after the bytes had become a blob, so they were looked at then.
            Err(_) => {
                let end = finished.size_bytes.min(SNIFF_BYTES as u64);
                self.files.read_range(finished.sha256, 0..end).await?
            }
        };
        let media_type = media_type_of(&head, &upload.filename);
        let id = upload.id;
        let upload = self.take_in(actor, upload, finished, media_type).await?;
        drop(staged);
        if let Err(error) = self.files.stage_remove(&staging_id(id)).await {
            tracing::warn!(%error, "an upload's leftovers could not be removed; the sweep tries again");
        }
        Ok(UploadStatus { upload, offset })
    }

    async fn own_upload(&self, actor: &Actor, id: u128) -> Result<Upload> {
        let user = require_user(actor, Scope::Write)?;
        self.read(move |tx| find_own_upload(tx, user, id)).await
    }

    /// An upload of the actor, and the largest file that they may send. While it is open they must still be allowed to add
    /// to its library.
    async fn writable_upload(&self, actor: &Actor, id: u128) -> Result<(Upload, u64)> {
        let user = require_user(actor, Scope::Write)?;
        let (by, most) = (actor.clone(), self.config.max_file_bytes);
        self.read(move |tx| {
            let upload = find_own_upload(tx, user, id)?;
            if upload.state == UploadState::Open {
                require_role(tx, &by, upload.library, Role::Editor)?;
            }
            Ok((upload, most_bytes(tx, user, most)?))
        })
        .await
    }

    /// Changes an upload unless another request has ended it meanwhile; answers it as it is now.
    async fn change_open_upload(&self, id: u128, change: impl Fn(&mut Upload) + Send + 'static) -> Result<Upload> {
        self.write(move |tx| {
            let mut upload = store::uploads::find_upload(tx, id)?.ok_or_else(no_such_upload)?;
            if upload.state == UploadState::Open {
                change(&mut upload);
                store::uploads::put_upload(tx, &upload)?;
            }
            Ok(upload)
        })
        .await
    }

    /// The actor's uploads that are not finished, newest first, with their offsets.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn list_uploads(&self, actor: &Actor) -> Result<Vec<UploadStatus>> {
        /// Uploads listed at most.
        const MOST: usize = 10_000;
        let user = require_user(actor, Scope::Write)?;
        let uploads = self.read(move |tx| Ok(store::uploads::list_of_user(tx, user, MOST)?)).await?;
        let mut list = Vec::new();
        for upload in uploads {
            if upload.state == UploadState::Open && upload.concat == UploadConcat::None {
                let offset = match self.files.stage_offset(&staging_id(upload.id)).await {
                    Ok(offset) => offset,
                    Err(files::Error::Busy) => 0,
                    Err(error) => return Err(error.into()),
                };
                list.push(UploadStatus { upload, offset });
            }
        }
        Ok(list)
    }

    /// Gives an upload up; its bytes are removed. A completed one is only forgotten.
    ///
    /// # Errors
    /// Not found; busy.
    pub async fn terminate_upload(&self, actor: &Actor, id: u128) -> Result<()> {
        self.own_upload(actor, id).await?;
        if self.writers.end_dead(id) {
            return Err(busy());
        }
        self.remove_upload(id).await
    }

    pub(super) async fn remove_upload(&self, id: u128) -> Result<()> {
        self.handover(|| self.files.stage_remove_owned(id)).await?;
        self.write(move |tx| Ok(store::uploads::delete(tx, id)?)).await?;
        Ok(())
    }

    /// Does `attempt` again while a dead request that was just ended lets go of the upload.
    async fn handover<T, F>(&self, attempt: impl Fn() -> F) -> Result<T>
    where
        F: Future<Output = files::Result<T>>,
    {
        let begin = Instant::now();
        loop {
            match attempt().await {
                Err(files::Error::Busy) if begin.elapsed() < HANDOVER => {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                other => return other.map_err(Error::from),
            }
        }
    }
}

/// Staging by an upload's number, owning the name, so that a call can be made again.
trait Staging {
    async fn stage_offset_owned(&self, id: u128) -> files::Result<u64>;
    async fn stage_open_owned(&self, id: u128, offset: u64, checked: bool) -> files::Result<StagedUpload>;
    async fn stage_remove_owned(&self, id: u128) -> files::Result<()>;
}

impl Staging for files::Files {
    async fn stage_offset_owned(&self, id: u128) -> files::Result<u64> {
        self.stage_offset(&staging_id(id)).await
    }

    async fn stage_open_owned(&self, id: u128, offset: u64, checked: bool) -> files::Result<StagedUpload> {
        if checked {
            self.stage_open_checked(&staging_id(id), offset).await
        } else {
            self.stage_open(&staging_id(id), offset).await
        }
    }

    async fn stage_remove_owned(&self, id: u128) -> files::Result<()> {
        self.stage_remove(&staging_id(id)).await
    }
}

fn find_own_upload(tx: &impl View, user: UserId, id: u128) -> Result<Upload> {
    let upload = store::uploads::find_upload(tx, id)?;
    upload.filter(|upload| upload.user == user).ok_or_else(no_such_upload)
}

fn no_such_upload() -> Error {
    Error::NotFound("There is no such upload: it was given up or has expired. Begin it anew.".to_owned())
}

/// The largest file that a person may send; `usual` is everybody's limit.
fn most_bytes(tx: &impl View, user: UserId, usual: u64) -> Result<u64> {
    Ok(store::users::get(tx, user)?.upload_limit_bytes.unwrap_or(usual))
}

fn check_size(length: Option<u64>, most: u64) -> Result<()> {
    match length {
        Some(length) if length > most => Err(too_large(most)),
        _ => Ok(()),
    }
}

fn too_large(most: u64) -> Error {
    Error::TooLarge(format!(
        "This file is larger than {} MB, the most that is taken here. Ask the administrator to raise the limit.",
        most >> 20
    ))
}

/// More bytes came than were announced, or than are taken at all.
fn beyond(SizeLimits { here, most }: SizeLimits) -> Error {
    if here >= most {
        return too_large(most);
    }
    Error::TooLarge(format!("More than the {here} bytes came that were announced. This part was dropped."))
}

fn busy() -> Error {
    Error::Busy("Another request is sending this file right now. Try again in a moment.".to_owned())
}

fn interruption() -> Error {
    Error::Unavailable("The connection broke off. What came is kept; go on from the upload's offset.".to_owned())
}

impl From<files::Error> for Error {
    fn from(error: files::Error) -> Self {
        match error {
            files::Error::NotFound => Error::not_found("file"),
            files::Error::DiskFull { missing_bytes } => Error::NoSpace {
                missing_bytes,
                detail: format!(
                    "The disk of the server is full: {} MB are missing. Nothing that came is lost; it goes on when there is room.",
                    missing_bytes.div_ceil(1 << 20)
                ),
            },
            files::Error::WrongOffset { current } => Error::WrongOffset { current },
            files::Error::Busy => busy(),
            files::Error::Unavailable(_) => {
                tracing::warn!(%error, "the blob store does not answer");
                Error::Unavailable("The file store does not answer. Try again in a moment.".to_owned())
            }
            other => Error::internal(other),
        }
    }
}
