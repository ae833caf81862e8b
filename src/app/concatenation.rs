//! Uploads whose parts come side by side and are joined to a whole (tus concatenation).

use std::sync::Arc;

use super::file_kind::refusal;
use super::uploads::{NewUpload, Upload, UploadState, UploadStatus, staging_id};
use super::{App, Error, Result, require_user};
use crate::domain::actor::{Actor, Scope};
use crate::domain::ids::UserId;
use crate::files::StagingId;
use crate::store::{self, UploadConcat};

impl App {
    /// Joins completed parts to a whole and completes it.
    ///
    /// # Errors
    /// A conflict while a part is not complete; otherwise as for [`App::create_upload`] and [`App::write_upload`].
    pub async fn concatenate_uploads(
        self: &Arc<Self>,
        actor: &Actor,
        new: NewUpload,
        parts: Vec<u128>,
    ) -> Result<UploadStatus> {
        let user = require_user(actor, Scope::Write)?;
        if let Some(known) = self.find_whole(user, &parts).await? {
            return match &known.state {
                UploadState::Open => self.join_parts(actor, known, parts).await,
                UploadState::Completed { .. } => {
                    self.remove_parts(parts).await?;
                    Ok(UploadStatus { offset: known.length.unwrap_or(0), upload: known })
                }
                UploadState::Failed { code } => Err(refusal(code)),
            };
        }
        let ids = parts.clone();
        let records = self.read(move |tx| Ok(store::uploads::get_many(tx, &ids)?)).await?;
        let mut length = 0;
        for record in records {
            let part = record.filter(|part| part.user == user).ok_or_else(|| Error::not_found("upload"))?;
            if part.concat != UploadConcat::Partial || !matches!(part.state, UploadState::Completed { .. }) {
                return Err(Error::Conflict {
                    code: "part_incomplete",
                    detail: "A part is not complete yet. Send the rest of it first.".to_owned(),
                });
            }
            length += part.length.unwrap_or(0);
        }
        let new = NewUpload { length: Some(length), is_partial: false, ..new };
        let upload = self.check_upload(actor, new, UploadConcat::Final(parts.clone())).await?;
        let record = upload.clone();
        self.write(move |tx| Ok(store::uploads::put_upload(tx, &record)?)).await?;
        self.join_parts(actor, upload, parts).await
    }

    /// The whole that was made, or begun, of just these parts: whoever did not get the answer asks again.
    async fn find_whole(&self, user: UserId, parts: &[u128]) -> Result<Option<Upload>> {
        /// Nobody asks again after so many other uploads.
        const MOST: usize = 256;
        let uploads = self.read(move |tx| Ok(store::uploads::list_of_user(tx, user, MOST)?)).await?;
        Ok(uploads.into_iter().find(|upload| matches!(&upload.concat, UploadConcat::Final(of) if of == parts)))
    }

    /// May be called again after a crash at any point.
    async fn join_parts(self: &Arc<Self>, actor: &Actor, whole: Upload, parts: Vec<u128>) -> Result<UploadStatus> {
        let pieces: Vec<StagingId> = parts.iter().copied().map(staging_id).collect();
        let staged = self.files.stage_concat(&staging_id(whole.id), &pieces).await?;
        let status = self.complete_upload(actor, whole, staged).await?;
        self.remove_parts(parts).await?;
        Ok(status)
    }

    async fn remove_parts(&self, parts: Vec<u128>) -> Result<()> {
        for part in parts {
            self.remove_upload(part).await?;
        }
        Ok(())
    }
}
