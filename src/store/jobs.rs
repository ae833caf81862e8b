//! Jobs: asking for them, finding and listing them, stopping and retrying them. Running them is in [`super::leases`].

use super::access::{bad_key, find, find_many, put, put_mark, scan_keys};
use super::engine::{Direction, KeyRange};
use super::error::{Error, Result};
use super::meta::{self, Counter};
use super::records::{JobRecord, LeaseRecord};
use super::tables::Table;
use super::transaction::{View, WriteTx};
use super::tuple::{TupleKey, TupleReader};
use crate::domain::ids::{JobId, Key, LibraryId, Sha256, UserId};
use crate::domain::job::{Job, JobKind, JobState};
use crate::domain::time::Timestamp;

/// A job to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    /// What it does.
    pub kind: JobKind,
    /// The library it is about.
    pub library: Option<LibraryId>,
    /// The attachment it is about.
    pub key: Option<Key>,
    /// On whose behalf.
    pub user: Option<UserId>,
    /// Lower runs first.
    pub priority: u8,
    /// Not before.
    pub run_at: Timestamp,
}

/// Which jobs to list; all conditions hold together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct JobFilter {
    /// In any of these states; all if empty.
    pub states: Vec<JobState>,
    /// About this library.
    pub library: Option<LibraryId>,
    /// On this person's behalf.
    pub user: Option<UserId>,
}

impl JobFilter {
    fn admits(&self, job: &Job) -> bool {
        (self.states.is_empty() || self.states.contains(&job.state))
            && (self.library.is_none() || self.library == job.library)
            && (self.user.is_none() || self.user == job.user)
    }
}

pub(crate) fn key(id: JobId) -> Vec<u8> {
    TupleKey::new().u64(id.0).done()
}

/// Puts a job into the queue.
pub fn enqueue(tx: &mut WriteTx<'_>, new: NewJob, now: Timestamp) -> Result<Job> {
    let job = Job {
        id: JobId(meta::next(tx, Counter::Jobs)?),
        kind: new.kind,
        state: JobState::Queued,
        attempt: 1,
        run_at: new.run_at,
        created_at: now,
        changed_at: now,
        library: new.library,
        key: new.key,
        user: new.user,
        message: None,
        priority: new.priority,
        crashes: 0,
    };
    store(tx, None, &job, None)?;
    Ok(job)
}

/// Puts a job into the queue unless one of the same kind is active for the same library and key; returns the active one
/// otherwise (with the more urgent priority of the two).
pub fn enqueue_once(tx: &mut WriteTx<'_>, new: NewJob, now: Timestamp) -> Result<Job> {
    let active = find_active(tx, &new.kind)?;
    match active.into_iter().find(|job| job.library == new.library && job.key == new.key) {
        None => enqueue(tx, new, now),
        Some(job) if job.state == JobState::Queued && new.priority < job.priority => {
            let urgent = Job { priority: new.priority, ..job.clone() };
            store(tx, Some(&job), &urgent, None)?;
            Ok(urgent)
        }
        Some(job) => Ok(job),
    }
}

/// The job of that number.
pub fn find_job(tx: &impl View, id: JobId) -> Result<Option<Job>> {
    Ok(find_with_lease(tx, id)?.map(|(job, _)| job))
}

pub(crate) fn find_with_lease(tx: &impl View, id: JobId) -> Result<Option<(Job, Option<LeaseRecord>)>> {
    let record: Option<JobRecord> = find(tx, Table::Jobs, &key(id))?;
    Ok(record.map(|record| {
        let lease = record.lease;
        (record.into_job(id), lease)
    }))
}

/// The job of that number.
///
/// # Errors
/// [`Error::NotFound`] without one.
pub fn get(tx: &impl View, id: JobId) -> Result<Job> {
    find_job(tx, id)?.ok_or(Error::NotFound("job"))
}

/// The jobs of these numbers, those that are gone left out.
pub(crate) fn get_present(tx: &impl View, ids: &[JobId]) -> Result<Vec<Job>> {
    let keys: Vec<_> = ids.iter().map(|id| key(*id)).collect();
    let records: Vec<Option<JobRecord>> = find_many(tx, Table::Jobs, &keys)?;
    Ok(ids.iter().zip(records).filter_map(|(id, record)| Some(record?.into_job(*id))).collect())
}

/// The queued and running jobs of that kind for the same bytes.
pub fn find_active(tx: &impl View, kind: &JobKind) -> Result<Vec<Job>> {
    let range = KeyRange::prefix(&active_prefix(kind).done());
    let ids = scan_keys(tx, Table::ActiveJobs, &range, usize::MAX, |key| {
        key.text()?;
        key.bytes()?;
        key.u64().map(JobId)
    })?;
    get_present(tx, &ids)
}

/// At most `limit` jobs, newest first, older than `before`.
pub fn list(tx: &impl View, filter: &JobFilter, before: Option<JobId>, limit: usize) -> Result<Vec<Job>> {
    let mut found = Vec::new();
    for (table, prefix) in sources(filter) {
        found.extend(list_from(tx, table, &prefix, filter, before, limit)?);
    }
    found.sort_by_key(|job| std::cmp::Reverse(job.id));
    found.truncate(limit);
    Ok(found)
}

/// The indexes that together hold all jobs of the filter, with the part of them to read.
fn sources(filter: &JobFilter) -> Vec<(Table, TupleKey)> {
    let by_state = |state: &JobState| (Table::JobsByState, TupleKey::new().byte(state_code(*state)));
    if !filter.states.is_empty() && filter.states.iter().all(|state| state.is_active()) {
        filter.states.iter().map(by_state).collect()
    } else if let Some(library) = filter.library {
        vec![(Table::JobsByLibrary, TupleKey::new().library(library))]
    } else if let Some(user) = filter.user {
        vec![(Table::JobsByUser, TupleKey::new().user(user))]
    } else if filter.states.is_empty() {
        JobState::ALL.iter().map(by_state).collect()
    } else {
        filter.states.iter().map(by_state).collect()
    }
}

fn list_from(
    tx: &impl View,
    table: Table,
    prefix: &TupleKey,
    filter: &JobFilter,
    before: Option<JobId>,
    limit: usize,
) -> Result<Vec<Job>> {
    const BATCH: usize = 256;
    let whole = KeyRange::prefix(&prefix.clone().done());
    let mut range = match before {
        Some(id) => whole.clone().after(prefix.clone().newest(id.0).done()),
        None => whole.clone(),
    };
    let mut found = Vec::new();
    loop {
        let rows = tx.engine().scan(table, &range, Direction::Up, BATCH)?;
        let Some((last, _)) = rows.last() else { return Ok(found) };
        range = whole.clone().after(last.clone());
        let id = |(key, _): &(Vec<u8>, Vec<u8>)| {
            let id = key.len().checked_sub(8).and_then(|at| TupleReader::new(&key[at..]).newest());
            id.map(JobId).ok_or_else(|| bad_key(table))
        };
        let ids: Vec<JobId> = rows.iter().map(id).collect::<Result<_>>()?;
        found.extend(get_present(tx, &ids)?.into_iter().filter(|job| filter.admits(job)));
        if found.len() >= limit {
            found.truncate(limit);
            return Ok(found);
        }
    }
}

/// At most `limit` jobs that ended at `since` or later, oldest first.
pub fn ended_since(tx: &impl View, since: Timestamp, limit: usize) -> Result<Vec<Job>> {
    let range = KeyRange::all().starting_at(TupleKey::new().time(since).done());
    let ids = read_ended(tx, &range, limit)?;
    get_present(tx, &ids)
}

fn read_ended(tx: &impl View, range: &KeyRange, limit: usize) -> Result<Vec<JobId>> {
    scan_keys(tx, Table::EndedJobs, range, limit, |key| {
        key.time()?;
        key.u64().map(JobId)
    })
}

/// How many jobs there are in each state.
pub fn counts(tx: &impl View) -> Result<Vec<(JobState, u64)>> {
    JobState::ALL.into_iter().map(|state| Ok((state, count(tx, state)?))).collect()
}

fn count(tx: &impl View, state: JobState) -> Result<u64> {
    let bytes = tx.engine().get(Table::JobCounts, &[state_code(state)])?;
    bytes.map_or(Ok(0), |bytes| TupleReader::new(&bytes).u64().ok_or_else(|| bad_key(Table::JobCounts)))
}

/// Stops a job that has not ended yet; a runner that has it learns so at its next heartbeat. `None` if it had ended.
///
/// # Errors
/// [`Error::NotFound`] without one.
pub fn cancel(tx: &mut WriteTx<'_>, id: JobId, now: Timestamp) -> Result<Option<Job>> {
    let job = get(tx, id)?;
    if !job.state.is_active() {
        return Ok(None);
    }
    let cancelled = Job { state: JobState::Cancelled, changed_at: now, ..job.clone() };
    store(tx, Some(&job), &cancelled, None)?;
    Ok(Some(cancelled))
}

/// Puts a failed or cancelled job back into the queue as if it were new, or lets a waiting one run at once. `None` for one
/// that runs or is done.
///
/// # Errors
/// [`Error::NotFound`] without one.
pub fn retry(tx: &mut WriteTx<'_>, id: JobId, now: Timestamp) -> Result<Option<Job>> {
    let job = get(tx, id)?;
    let again = match job.state {
        JobState::Failed | JobState::Cancelled => Job {
            state: JobState::Queued,
            attempt: 1,
            run_at: now,
            changed_at: now,
            message: None,
            crashes: 0,
            ..job.clone()
        },
        JobState::Queued => Job { run_at: now, ..job.clone() },
        JobState::Running | JobState::Done => return Ok(None),
    };
    store(tx, Some(&job), &again, None)?;
    Ok(Some(again))
}

/// Removes at most `limit` jobs that were done or cancelled before `before`; returns how many. Failed ones stay.
pub fn prune(tx: &mut WriteTx<'_>, before: Timestamp, limit: usize) -> Result<usize> {
    let mut removed = 0;
    let end = TupleKey::new().time(before).done();
    let mut range = KeyRange::all().before(end.clone());
    while removed < limit {
        let ids = read_ended(tx, &range, limit)?;
        let jobs = get_present(tx, &ids)?;
        let Some(last) = jobs.last() else { break };
        range = KeyRange::all().after(ended_key(last)).before(end.clone());
        for job in jobs.iter().filter(|job| job.state != JobState::Failed).take(limit - removed) {
            erase(tx, job)?;
            removed += 1;
        }
    }
    Ok(removed)
}

pub(crate) fn state_code(state: JobState) -> u8 {
    match state {
        JobState::Queued => 0,
        JobState::Running => 1,
        JobState::Done => 2,
        JobState::Failed => 3,
        JobState::Cancelled => 4,
    }
}

fn sha_of(kind: &JobKind) -> Option<&Sha256> {
    match kind {
        JobKind::Parse { sha256 } | JobKind::Recognise { sha256 } | JobKind::StoreBlob { sha256 } => Some(sha256),
        JobKind::Sweep => None,
    }
}

fn active_prefix(kind: &JobKind) -> TupleKey {
    TupleKey::new().text(kind.name()).bytes(sha_of(kind).map_or(&[][..], |sha| &sha.0))
}

fn ended_key(job: &Job) -> Vec<u8> {
    TupleKey::new().time(job.changed_at).u64(job.id.0).done()
}

/// The index entries of a job.
fn index_keys(job: &Job) -> Vec<(Table, Vec<u8>)> {
    let id = job.id.0;
    let mut keys = vec![(Table::JobsByState, TupleKey::new().byte(state_code(job.state)).newest(id).done())];
    if let Some(library) = job.library {
        keys.push((Table::JobsByLibrary, TupleKey::new().library(library).newest(id).done()));
    }
    if let Some(user) = job.user {
        keys.push((Table::JobsByUser, TupleKey::new().user(user).newest(id).done()));
    }
    if job.state == JobState::Queued {
        let due = TupleKey::new().text(job.kind.name()).byte(job.priority).time(job.run_at).u64(id);
        keys.push((Table::JobsDue, due.done()));
    }
    if job.state.is_active() {
        keys.push((Table::ActiveJobs, active_prefix(&job.kind).u64(id).done()));
    } else {
        keys.push((Table::EndedJobs, ended_key(job)));
    }
    keys
}

/// Writes a job with its indexes and counts; `old` is what is stored now.
pub(crate) fn store(tx: &mut WriteTx<'_>, old: Option<&Job>, job: &Job, lease: Option<LeaseRecord>) -> Result<()> {
    let before = old.map(index_keys).unwrap_or_default();
    let after = index_keys(job);
    for (table, key) in before.iter().filter(|entry| !after.contains(entry)) {
        tx.delete(*table, key)?;
    }
    for (table, key) in after.iter().filter(|entry| !before.contains(entry)) {
        put_mark(tx, *table, key)?;
    }
    if old.map(|old| old.state) != Some(job.state) {
        if let Some(old) = old {
            set_count(tx, old.state, |count| count.saturating_sub(1))?;
        }
        set_count(tx, job.state, |count| count + 1)?;
    }
    put(tx, Table::Jobs, &key(job.id), &JobRecord::of(job, lease))
}

fn set_count(tx: &mut WriteTx<'_>, state: JobState, change: impl FnOnce(u64) -> u64) -> Result<()> {
    let count = change(count(tx, state)?);
    tx.put(Table::JobCounts, &[state_code(state)], &count.to_be_bytes())
}

/// Removes a job with its indexes.
pub(crate) fn erase(tx: &mut WriteTx<'_>, job: &Job) -> Result<()> {
    for (table, key) in index_keys(job) {
        tx.delete(table, &key)?;
    }
    set_count(tx, job.state, |count| count.saturating_sub(1))?;
    tx.delete(Table::Jobs, &key(job.id))
}
