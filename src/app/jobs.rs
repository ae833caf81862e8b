//! Durable work as people see it: listed, stopped, tried again.

use std::collections::HashMap;

use super::running::note_waiting_file;
use super::{App, Error, Result, require_role, require_user};
use crate::domain::actor::{Actor, Scope};
use crate::domain::facts::ReadErrorCode;
use crate::domain::ids::{JobId, LibraryId};
use crate::domain::item::ReadState;
use crate::domain::job::{Job, JobState};
use crate::domain::library::{Role, ServerRole};
use crate::domain::live::LiveEvent;
use crate::store::jobs::JobFilter;
use crate::store::{self, View};

impl App {
    /// Page and pages of a running job, once they are known.
    #[must_use]
    pub fn job_progress(&self, id: JobId) -> Option<(u32, u32)> {
        self.running.progress(id)
    }

    /// Jobs, newest first: those about a library that the actor may read, or without a library the actor's own, and for a
    /// server administrator everybody's. With counts by state for administrators.
    ///
    /// # Errors
    /// Not found for a library that the actor may not read.
    pub async fn list_jobs(
        &self,
        actor: &Actor,
        library: Option<LibraryId>,
        states: Vec<JobState>,
        before: Option<JobId>,
        limit: usize,
    ) -> Result<(Vec<Job>, HashMap<JobState, u64>)> {
        let user = require_user(actor, Scope::Read)?;
        let actor = actor.clone();
        self.read(move |tx| {
            let sees_all = matches!(actor, Actor::User { role: ServerRole::Admin, scope: Scope::Admin, .. });
            let own = if library.is_none() && !sees_all { Some(user) } else { None };
            if let Some(library) = library {
                require_role(tx, &actor, library, Role::Reader)?;
            }
            let filter = JobFilter { states, library, user: own };
            let jobs = store::jobs::list(tx, &filter, before, limit)?;
            let counts = if sees_all { store::jobs::counts(tx)?.into_iter().collect() } else { HashMap::new() };
            Ok((jobs, counts))
        })
        .await
    }

    /// The active jobs that the actor may see, and those that ended in the last hour.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn job_snapshot(&self, actor: &Actor, libraries: Vec<LibraryId>) -> Result<Vec<Job>> {
        /// More than a person can look at.
        const MOST: usize = 2_000;
        const HOUR_MS: i64 = 3_600_000;
        let (user, now) = (require_user(actor, Scope::Read)?, self.now());
        self.read(move |tx| {
            let active = JobFilter { states: vec![JobState::Queued, JobState::Running], library: None, user: None };
            // One's own first: thousands of somebody else's do not crowd them out.
            let own = JobFilter { user: Some(user), ..active.clone() };
            let mut jobs = store::jobs::list(tx, &own, None, MOST)?;
            let others = store::jobs::list(tx, &active, None, MOST)?;
            jobs.extend(others.into_iter().filter(|job| job.user != Some(user)));
            jobs.extend(store::jobs::ended_since(tx, now.plus_ms(-HOUR_MS), MOST)?);
            jobs.retain(|job| {
                job.user == Some(user) || job.library.is_some_and(|library| libraries.contains(&library))
            });
            Ok(jobs)
        })
        .await
    }

    /// Stops a job.
    ///
    /// # Errors
    /// Forbidden for others than its person, the library's editors and server administrators; not found for who may not see
    /// its library (any more); a conflict if it has ended.
    pub async fn cancel_job(&self, actor: &Actor, id: JobId) -> Result<Job> {
        let (by, now) = (actor.clone(), self.now());
        let (job, changes) = self
            .write(move |tx| {
                require_job(tx, &by, id)?;
                let cancelled = store::jobs::cancel(tx, id, now)?;
                let ended = || Error::Conflict { code: "ended", detail: "This has ended already.".to_owned() };
                let job = cancelled.ok_or_else(ended)?;
                note_waiting_file(tx, &job, ReadState::Failed(ReadErrorCode::Stopped), now)?;
                Ok((job, tx.library_changes()))
            })
            .await?;
        self.running.stop(id);
        self.tell_changes(changes);
        self.tell(LiveEvent::Job(Box::new(job.clone())));
        Ok(job)
    }

    /// Puts a failed or cancelled job back into the queue, or lets a waiting one run at once.
    ///
    /// # Errors
    /// As for [`App::cancel_job`].
    pub async fn retry_job(&self, actor: &Actor, id: JobId) -> Result<Job> {
        let (by, now) = (actor.clone(), self.now());
        let (job, changes) = self
            .write(move |tx| {
                require_job(tx, &by, id)?;
                let again = store::jobs::retry(tx, id, now)?.ok_or_else(|| Error::Conflict {
                    code: "not_failed",
                    detail: "This runs or is done; there is nothing to try again.".to_owned(),
                })?;
                note_waiting_file(tx, &again, ReadState::Waiting, now)?;
                Ok((again, tx.library_changes()))
            })
            .await?;
        self.tell_changes(changes);
        self.tell(LiveEvent::Job(Box::new(job.clone())));
        self.jobs_wake.notify_waiters();
        Ok(job)
    }
}

fn require_job(tx: &impl View, actor: &Actor, id: JobId) -> Result<Job> {
    let job = store::jobs::find_job(tx, id)?.ok_or_else(|| Error::not_found("job"))?;
    if super::require_server_admin(actor).is_ok() {
        return Ok(job);
    }
    let user = require_user(actor, Scope::Write)?;
    let needed = if job.user == Some(user) { Role::Reader } else { Role::Editor };
    match job.library {
        Some(library) => match require_role(tx, actor, library, needed) {
            Ok(_) => Ok(job),
            Err(Error::NotFound(_)) => Err(Error::not_found("job")),
            Err(error) => Err(error),
        },
        None if job.user == Some(user) => Ok(job),
        None => Err(Error::not_found("job")),
    }
}
