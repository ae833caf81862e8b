//! Running jobs: a runner leases a job, keeps the lease alive, and says how it ended.
//!
//! A lease names the start of the program it belongs to (its boot). Leases of earlier boots return at start-up at once.
//! Leases of the running program end only when their runner says so, or when the program finds that it has no such runner:
//! a clock that jumps and a machine that slept end none.

use super::access::scan_keys;
use super::engine::{Direction, KeyRange};
use super::error::Result;
use super::jobs::{find_with_lease, get_present, state_code, store};
use super::meta::{self, Counter};
use super::records::LeaseRecord;
use super::tables::Table;
use super::transaction::{View, WriteTx};
use super::tuple::{TupleKey, TupleReader};
use crate::domain::ids::JobId;
use crate::domain::job::{Job, JobState};
use crate::domain::time::Timestamp;

/// Who has a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease {
    /// This start of the program, from [`next_boot`].
    pub boot: u64,
    /// The runner in it.
    pub runner: u32,
    /// When the next heartbeat is overdue; for people who look, and for other programs on the same store.
    pub until: Timestamp,
}

/// How an attempt ended without success.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Why, in words for a person.
    pub message: String,
    /// When to try again; `None` to give up.
    pub retry_at: Option<Timestamp>,
    /// Whether the worker died.
    pub crashed: bool,
}

/// The number of this start of the program.
pub fn next_boot(tx: &mut WriteTx<'_>) -> Result<u64> {
    meta::next(tx, Counter::Boots)
}

/// Leases the job that is due first: of the kinds in `kinds` (names of [`crate::domain::job::JobKind`]) the one with the
/// lowest priority number, then the longest due. `None` if nothing is due.
pub fn lease(tx: &mut WriteTx<'_>, kinds: &[&str], lease: &Lease, now: Timestamp) -> Result<Option<Job>> {
    let mut best: Option<(u8, Timestamp, JobId)> = None;
    for kind in kinds {
        let due = first_due(tx, kind, now)?;
        best = [best, due].into_iter().flatten().min();
    }
    let Some((_, _, id)) = best else { return Ok(None) };
    let Some((job, _)) = find_with_lease(tx, id)? else { return Ok(None) };
    let running = Job { state: JobState::Running, changed_at: now, ..job.clone() };
    store(tx, Some(&job), &running, Some(record(lease)))?;
    Ok(Some(running))
}

fn record(lease: &Lease) -> LeaseRecord {
    LeaseRecord { boot: lease.boot, runner: lease.runner, until: lease.until }
}

/// The first due job of a kind. Priorities are few, so each is asked for its first job.
fn first_due(tx: &impl View, kind: &str, now: Timestamp) -> Result<Option<(u8, Timestamp, JobId)>> {
    let of_kind = TupleKey::new().text(kind);
    let mut range = KeyRange::prefix(&of_kind.clone().done());
    loop {
        let Some((priority, run_at, id)) = first_queued(tx, &range)? else { return Ok(None) };
        if run_at <= now {
            return Ok(Some((priority, run_at, id)));
        }
        let Some(next) = priority.checked_add(1) else { return Ok(None) };
        range = range.starting_at(of_kind.clone().byte(next).done());
    }
}

fn first_queued(tx: &impl View, range: &KeyRange) -> Result<Option<(u8, Timestamp, JobId)>> {
    let found = scan_keys(tx, Table::JobsDue, range, 1, |key| {
        key.text()?;
        Some((key.byte()?, key.time()?, JobId(key.u64()?)))
    })?;
    Ok(found.into_iter().next())
}

/// When the next job of these kinds is due, if none is due now; so that a runner knows how long to rest.
pub fn next_due_at(tx: &impl View, kinds: &[&str]) -> Result<Option<Timestamp>> {
    let mut earliest: Option<Timestamp> = None;
    for kind in kinds {
        let of_kind = TupleKey::new().text(kind);
        let mut range = KeyRange::prefix(&of_kind.clone().done());
        while let Some((priority, run_at, _)) = first_queued(tx, &range)? {
            earliest = Some(earliest.map_or(run_at, |earliest| earliest.min(run_at)));
            let Some(next) = priority.checked_add(1) else { break };
            range = range.starting_at(of_kind.clone().byte(next).done());
        }
    }
    Ok(earliest)
}

/// The job, if it still runs under this boot and runner.
fn held(tx: &impl View, id: JobId, lease: &Lease) -> Result<Option<Job>> {
    let found = find_with_lease(tx, id)?;
    let is_held = |(job, held): &(Job, Option<LeaseRecord>)| {
        job.state == JobState::Running
            && held.is_some_and(|held| held.boot == lease.boot && held.runner == lease.runner)
    };
    Ok(found.filter(is_held).map(|(job, _)| job))
}

/// A heartbeat: extends the lease to `lease.until`. `false` if the job was cancelled or taken away; then stop.
pub fn renew(tx: &mut WriteTx<'_>, id: JobId, lease: &Lease) -> Result<bool> {
    let Some(job) = held(tx, id, lease)? else { return Ok(false) };
    store(tx, Some(&job), &job, Some(record(lease)))?;
    Ok(true)
}

/// The job ended well. `None` if the lease was lost; then nothing of the work may be kept.
pub fn complete(tx: &mut WriteTx<'_>, id: JobId, lease: &Lease, now: Timestamp) -> Result<Option<Job>> {
    let Some(job) = held(tx, id, lease)? else { return Ok(None) };
    let done = Job { state: JobState::Done, changed_at: now, message: None, ..job.clone() };
    store(tx, Some(&job), &done, None)?;
    Ok(Some(done))
}

/// The attempt ended badly: back into the queue until `retry_at`, or failed for good. `None` if the lease was lost.
pub fn fail(tx: &mut WriteTx<'_>, id: JobId, lease: &Lease, failure: &Failure, now: Timestamp) -> Result<Option<Job>> {
    let Some(job) = held(tx, id, lease)? else { return Ok(None) };
    let crashes = job.crashes + u32::from(failure.crashed);
    let message = Some(failure.message.clone());
    let failed = match failure.retry_at {
        Some(run_at) => Job {
            state: JobState::Queued,
            attempt: job.attempt + 1,
            run_at,
            changed_at: now,
            message,
            crashes,
            ..job.clone()
        },
        None => Job { state: JobState::Failed, changed_at: now, message, crashes, ..job.clone() },
    };
    store(tx, Some(&job), &failed, None)?;
    Ok(Some(failed))
}

/// Gives a job back unfinished without counting the attempt (the program is being stopped). `None` if the lease was lost.
pub fn release(tx: &mut WriteTx<'_>, id: JobId, lease: &Lease, now: Timestamp) -> Result<Option<Job>> {
    let Some(job) = held(tx, id, lease)? else { return Ok(None) };
    let queued = give_back(tx, &job, now)?;
    Ok(Some(queued))
}

fn give_back(tx: &mut WriteTx<'_>, job: &Job, now: Timestamp) -> Result<Job> {
    let queued = Job { state: JobState::Queued, changed_at: now, ..job.clone() };
    store(tx, Some(job), &queued, None)?;
    Ok(queued)
}

/// Gives back all jobs that an earlier start of the program left running: it was killed, so the attempt counts and the next
/// one is shown as such, but not as the document's fault. To be called once at start-up.
pub fn return_leases_of_other_boots(tx: &mut WriteTx<'_>, boot: u64, now: Timestamp) -> Result<Vec<Job>> {
    let mut returned = Vec::new();
    for (job, lease) in running(tx)? {
        if lease.is_none_or(|lease| lease.boot != boot) {
            let next = Job { state: JobState::Queued, attempt: job.attempt + 1, changed_at: now, ..job.clone() };
            store(tx, Some(&job), &next, None)?;
            returned.push(next);
        }
    }
    Ok(returned)
}

/// The jobs that run, with their leases.
fn running(tx: &impl View) -> Result<Vec<(Job, Option<LeaseRecord>)>> {
    let range = KeyRange::prefix(&[state_code(JobState::Running)]);
    let rows = tx.engine().scan(Table::JobsByState, &range, Direction::Up, usize::MAX)?;
    let mut found = Vec::with_capacity(rows.len());
    for (key, _) in rows {
        let mut reader = TupleReader::new(&key);
        let id = reader.byte().and_then(|_| reader.newest()).map(JobId);
        let id = id.ok_or_else(|| super::access::bad_key(Table::JobsByState))?;
        found.extend(find_with_lease(tx, id)?);
    }
    Ok(found)
}

/// The running jobs of this boot whose heartbeat is overdue at `now`, with their runner. The caller knows which of its
/// runners are alive; it gives back only the jobs of those that are not.
pub fn overdue(tx: &impl View, boot: u64, now: Timestamp) -> Result<Vec<(Job, Lease)>> {
    let lease = |lease: LeaseRecord| Lease { boot: lease.boot, runner: lease.runner, until: lease.until };
    let held = running(tx)?.into_iter().filter_map(|(job, held)| Some((job, lease(held?))));
    Ok(held.filter(|(_, lease)| lease.boot == boot && lease.until < now).collect())
}

/// The running jobs by number, newest first.
pub fn list_running(tx: &impl View) -> Result<Vec<Job>> {
    let ids: Vec<_> = running(tx)?.into_iter().map(|(job, _)| job.id).collect();
    get_present(tx, &ids)
}
