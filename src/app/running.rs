//! Durable work as the runners do it: leased, done, and its end noted.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio_util::sync::CancellationToken;

use super::{App, Error, Result};
use crate::domain::facts::ReadErrorCode;
use crate::domain::ids::JobId;
use crate::domain::item::ReadState;
use crate::domain::job::{Job, JobKind, JobState};
use crate::domain::live::LiveEvent;
use crate::domain::time::Timestamp;
use crate::store;
use crate::store::leases::{Failure, Lease};

/// A job that a runner has.
#[derive(Debug, Clone)]
pub struct Work {
    /// The job.
    pub job: Job,
    pub(super) lease: Lease,
}

/// How an attempt ended.
#[derive(Debug)]
pub(super) enum Ending {
    /// Written down already, with the job as it is now.
    Ended(Box<Job>),
    /// The worker died; once more, then never again.
    Crashed { message: String },
    /// Somebody cancelled the job, or the program is ending.
    Stopped,
    /// Somebody else has the job now.
    Lost,
}

/// A runner says so often that it is alive.
const HEARTBEAT_MS: i64 = 10_000;
/// The first pause before a job is tried again; each further one is twice as long.
const FIRST_PAUSE_MS: i64 = 2_000;
/// The longest pause.
const LONGEST_PAUSE_MS: i64 = 5 * 60_000;
/// The longest pause while the disk is full: it goes on soon after somebody made room.
const FULL_DISK_PAUSE_MS: i64 = 20_000;
/// Attempts after which a job that fails for reasons that may pass is given up, but never while the disk is full.
const MOST_ATTEMPTS: u32 = 12;
/// The pause before the end of a job is noted again.
const NOTE_AGAIN: std::time::Duration = std::time::Duration::from_secs(2);

/// Jobs in progress, as the live view shows them.
#[derive(Default)]
pub(super) struct Running(Mutex<HashMap<JobId, Progress>>);

struct Progress {
    kind: &'static str,
    page: u32,
    pages: u32,
    told_at: Timestamp,
    stop: CancellationToken,
}

/// Progress is told no more often than this.
const TELL_EVERY_MS: i64 = 250;

/// Says that a job is being done; ends with the runner's hold on it, also when the runner panics.
struct Hold<'a> {
    running: &'a Running,
    id: JobId,
}

impl Drop for Hold<'_> {
    fn drop(&mut self) {
        self.running.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.id);
    }
}

impl Running {
    fn begin(&self, job: &Job, stop: CancellationToken) -> Hold<'_> {
        let progress = Progress { kind: job.kind.name(), page: 0, pages: 0, told_at: Timestamp(0), stop };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(job.id, progress);
        Hold { running: self, id: job.id }
    }

    fn holds(&self, id: JobId) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains_key(&id)
    }

    /// Running jobs of these kinds.
    pub(super) fn count(&self, kinds: &[&str]) -> usize {
        let running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        running.values().filter(|progress| kinds.contains(&progress.kind)).count()
    }

    /// Page and pages of a running job, once they are known.
    pub(super) fn progress(&self, id: JobId) -> Option<(u32, u32)> {
        let running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        running.get(&id).filter(|progress| progress.pages > 0).map(|progress| (progress.page, progress.pages))
    }

    /// Tells the runner that has the job to stop.
    pub(super) fn stop(&self, id: JobId) {
        if let Some(progress) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id) {
            progress.stop.cancel();
        }
    }
}

impl App {
    /// Begins this start of the program: jobs that an earlier one left running return to the queue.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn begin_boot(&self) -> Result<u64> {
        let now = self.now();
        let (boot, returned) = self
            .write(move |tx| {
                let boot = store::leases::next_boot(tx)?;
                let returned = store::leases::return_leases_of_other_boots(tx, boot, now)?;
                Ok((boot, returned))
            })
            .await?;
        if !returned.is_empty() {
            tracing::info!(jobs = returned.len(), "jobs that were running at the last end go on");
        }
        Ok(boot)
    }

    /// Leases the next due job of these kinds; `None` if there is none.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn lease_job(&self, kinds: &'static [&'static str], boot: u64, runner: u32) -> Result<Option<Work>> {
        let now = self.now();
        let lease = Lease { boot, runner, until: now.plus_ms(3 * HEARTBEAT_MS) };
        if self.read(move |tx| Ok(store::leases::next_due_at(tx, kinds)?)).await?.is_none_or(|due| due > now) {
            return Ok(None);
        }
        let job = self.write(move |tx| Ok(store::leases::lease(tx, kinds, &lease, now)?)).await?;
        let Some(job) = job else { return Ok(None) };
        self.tell(LiveEvent::Job(Box::new(job.clone())));
        Ok(Some(Work { job, lease }))
    }

    /// Whether any job of these kinds waits or runs.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn has_jobs(&self, kinds: &'static [&'static str]) -> Result<bool> {
        Ok(self.running.count(kinds) > 0 || self.next_due_in_ms(kinds).await?.is_some())
    }

    /// How long until the next job of these kinds is due; `None` if none waits.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn next_due_in_ms(&self, kinds: &'static [&'static str]) -> Result<Option<i64>> {
        let now = self.now();
        let due = self.read(move |tx| Ok(store::leases::next_due_at(tx, kinds)?)).await?;
        Ok(due.map(|due| due.since_ms(now).max(0)))
    }

    /// Wakes with the next job that is put into the queue. Ask before looking for jobs, then wait.
    pub fn new_jobs(&self) -> tokio::sync::futures::Notified<'_> {
        self.jobs_wake.notified()
    }

    /// Does a job and notes how it ended. With `stop` it is given back unfinished.
    pub async fn do_job(self: &Arc<Self>, work: Work, stop: &CancellationToken) {
        let cancel = stop.child_token();
        let hold = self.running.begin(&work.job, cancel.clone());
        let result = tokio::select! {
            result = self.perform(&work, &cancel) => result,
            () = self.keep_lease(&work, &cancel) => Ok(Ending::Lost),
        };
        // While the disk is full not even the end can be noted. A job that is let go unnoted would be "running" for ever.
        let noted = loop {
            match self.note_end(&work, &result).await {
                Ok(noted) => break noted,
                Err(error) => {
                    let id = work.job.id.0;
                    tracing::error!(job = id, %error, "the end of a job could not be noted yet");
                    if tokio::time::timeout(NOTE_AGAIN, stop.cancelled()).await.is_ok() {
                        tracing::warn!(job = id, "the job runs again at the next start");
                        break None;
                    }
                }
            }
        };
        drop(hold);
        if let Some(job) = noted {
            metrics::counter!("jobs_ended_total", "kind" => job.kind.name(), "state" => job.state.as_str())
                .increment(1);
            self.tell(LiveEvent::Job(Box::new(job)));
        }
    }

    async fn note_end(&self, work: &Work, result: &Result<Ending>) -> Result<Option<Job>> {
        match result {
            Ok(Ending::Ended(job)) => Ok(Some(job.as_ref().clone())),
            Ok(Ending::Lost) => self.read_job(work.job.id).await,
            Ok(Ending::Stopped) => self.give_back(work).await,
            Ok(Ending::Crashed { message }) => {
                self.note_failure(work, message.clone(), true, Some(LONGEST_PAUSE_MS)).await
            }
            Err(error) => {
                let lasting = !matches!(error, Error::NoSpace { .. } | Error::Unavailable(_) | Error::Busy(_));
                let retry = !matches!(error, Error::NotFound(_)) && (!lasting || work.job.attempt < MOST_ATTEMPTS);
                tracing::warn!(job = work.job.id.0, kind = work.job.kind.name(), %error, retry, "a job failed");
                let most_ms =
                    if matches!(error, Error::NoSpace { .. }) { FULL_DISK_PAUSE_MS } else { LONGEST_PAUSE_MS };
                self.note_failure(work, error.to_string(), false, retry.then_some(most_ms)).await
            }
        }
    }

    /// Gives jobs back that are noted as running although no runner of this start has them.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn return_abandoned(&self, boot: u64) -> Result<()> {
        let now = self.now();
        let overdue = self.read(move |tx| Ok(store::leases::overdue(tx, boot, now)?)).await?;
        for (job, lease) in overdue.into_iter().filter(|(job, _)| !self.running.holds(job.id)) {
            let returned = self.write(move |tx| Ok(store::leases::release(tx, job.id, &lease, now)?)).await?;
            if let Some(job) = returned {
                tracing::warn!(job = job.id.0, "a job had no runner any more and goes back to the queue");
                self.tell(LiveEvent::Job(Box::new(job)));
                self.jobs_wake.notify_waiters();
            }
        }
        Ok(())
    }

    async fn perform(self: &Arc<Self>, work: &Work, cancel: &CancellationToken) -> Result<Ending> {
        match &work.job.kind {
            JobKind::Parse { sha256 } => self.parse(work, *sha256, cancel).await,
            JobKind::Recognise { sha256 } => self.recognise(work, *sha256, cancel).await,
            JobKind::StoreBlob { sha256 } => {
                self.files.store_outbox(*sha256).await?;
                let sha256 = *sha256;
                self.complete(work, move |tx| {
                    let mut blob = store::blobs::get(tx, &sha256)?;
                    blob.place = store::BlobPlace::Store;
                    Ok(store::blobs::put_blob(tx, &blob)?)
                })
                .await
            }
            JobKind::Sweep => {
                self.sweep().await?;
                self.complete(work, |_| Ok(())).await
            }
        }
    }

    pub(super) async fn complete(
        &self,
        work: &Work,
        mut also: impl FnMut(&mut store::WriteTx<'_>) -> Result<()> + Send + 'static,
    ) -> Result<Ending> {
        let (work, now) = (work.clone(), self.now());
        let done = self
            .write(move |tx| {
                let done = store::leases::complete(tx, work.job.id, &work.lease, now)?;
                if done.is_some() {
                    also(tx)?;
                }
                Ok(done)
            })
            .await?;
        Ok(done.map_or(Ending::Lost, |job| Ending::Ended(Box::new(job))))
    }

    /// Says again and again that the runner is alive; ends when the job was taken away or cancelled.
    async fn keep_lease(&self, work: &Work, cancel: &CancellationToken) {
        loop {
            tokio::time::sleep(std::time::Duration::from_millis(HEARTBEAT_MS.unsigned_abs())).await;
            let (id, mut lease) = (work.job.id, work.lease);
            lease.until = self.now().plus_ms(3 * HEARTBEAT_MS);
            match self.write(move |tx| Ok(store::leases::renew(tx, id, &lease)?)).await {
                Ok(true) => {}
                Ok(false) => {
                    cancel.cancel();
                    return;
                }
                Err(error) => tracing::warn!(job = id.0, %error, "a heartbeat could not be noted"),
            }
        }
    }

    async fn read_job(&self, id: JobId) -> Result<Option<Job>> {
        self.read(move |tx| Ok(store::jobs::find_job(tx, id)?)).await
    }

    async fn give_back(&self, work: &Work) -> Result<Option<Job>> {
        let (id, lease, now) = (work.job.id, work.lease, self.now());
        let released = self.write(move |tx| Ok(store::leases::release(tx, id, &lease, now)?)).await?;
        match released {
            Some(job) => Ok(Some(job)),
            None => self.read_job(id).await,
        }
    }

    /// Puts the job back for another attempt after a pause of at most `retry_ms`, or gives it up.
    async fn note_failure(
        &self,
        work: &Work,
        message: String,
        crashed: bool,
        retry_ms: Option<i64>,
    ) -> Result<Option<Job>> {
        let (id, lease, now) = (work.job.id, work.lease, self.now());
        let doubled = FIRST_PAUSE_MS.saturating_mul(1 << work.job.attempt.saturating_sub(1).min(10));
        let retry_at = retry_ms.map(|most_ms| {
            let pause = doubled.min(most_ms);
            let jitter = i64::try_from(crate::crypto::random_u64() % pause.unsigned_abs().div_ceil(4)).unwrap_or(0);
            now.plus_ms(pause + jitter)
        });
        let failure = Failure { message, retry_at, crashed };
        let (job, changes) = self
            .write(move |tx| {
                let job = store::leases::fail(tx, id, &lease, &failure, now)?;
                if let Some(job) = job.as_ref().filter(|job| job.state == JobState::Failed) {
                    note_waiting_file(tx, job, ReadState::Failed(ReadErrorCode::Unreadable), now)?;
                }
                Ok((job, tx.library_changes()))
            })
            .await?;
        self.tell_changes(changes);
        self.jobs_wake.notify_waiters();
        Ok(job)
    }

    pub(super) fn note_progress(&self, job: &Job, page: u32, pages: u32) {
        let now = self.now();
        {
            let mut running = self.running.0.lock().unwrap_or_else(PoisonError::into_inner);
            let Some(progress) = running.get_mut(&job.id) else { return };
            (progress.page, progress.pages) = (page, pages);
            if (0..TELL_EVERY_MS).contains(&now.since_ms(progress.told_at)) {
                return;
            }
            progress.told_at = now;
        }
        self.tell(LiveEvent::Progress { id: job.id, library: job.library, key: job.key, user: job.user, page, pages });
    }
}

/// Keeps the file that a job reads in step with it where its end was not brought about by the reading: a file that nobody
/// works for does not wait.
pub(super) fn note_waiting_file(
    tx: &mut store::WriteTx<'_>,
    job: &Job,
    state: ReadState,
    now: Timestamp,
) -> Result<()> {
    match job.kind {
        JobKind::Parse { .. } => super::reading::note_state(tx, job, state, None, now),
        JobKind::Recognise { sha256 } => super::recognition::note_asked(tx, sha256, state == ReadState::Waiting),
        JobKind::StoreBlob { .. } | JobKind::Sweep => Ok(()),
    }
}
