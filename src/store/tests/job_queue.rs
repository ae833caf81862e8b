//! Jobs and leases.

use super::super::jobs::{self, JobFilter, NewJob};
use super::super::leases::{self, Failure, Lease};
use super::*;
use crate::domain::ids::JobId;
use crate::domain::job::{Job, JobKind, JobState};

const LEASE: Lease = Lease { boot: 1, runner: 1, until: Timestamp(1_000) };

fn parse(byte: u8, priority: u8, run_at: i64) -> NewJob {
    NewJob {
        kind: JobKind::Parse { sha256: sha(byte) },
        library: Some(LibraryId(1)),
        key: Some(key(u64::from(byte))),
        user: Some(UserId(1)),
        priority,
        run_at: at(run_at),
    }
}

fn enqueue(store: &Store, new: NewJob) -> Job {
    write(store, move |tx| jobs::enqueue(tx, new.clone(), at(1)))
}

fn lease(store: &Store, kinds: &'static [&'static str], now: i64) -> Option<Job> {
    write(store, move |tx| leases::lease(tx, kinds, &LEASE, at(now)))
}

fn states(store: &Store) -> Vec<(JobState, u64)> {
    read(store, jobs::counts).into_iter().filter(|(_, count)| *count > 0).collect()
}

#[test]
fn the_most_urgent_due_job_runs_first() {
    on_each_engine(|store| {
        for new in [parse(1, 100, 10), parse(2, 100, 5), parse(3, 0, 50), parse(4, 0, 60), parse(5, 200, 0)] {
            enqueue(store, new);
        }
        let sweep = NewJob { kind: JobKind::Sweep, library: None, key: None, user: None, priority: 200, run_at: at(0) };
        enqueue(store, sweep);
        let taken = |now| lease(store, &["parse"], now).map(|job| job.id.0);
        assert_eq!(read(store, |tx| leases::next_due_at(tx, &["parse", "sweep"])), Some(at(0)));
        assert_eq!(taken(20), Some(2), "the longest due of the lowest number");
        assert_eq!(taken(20), Some(1));
        assert_eq!(taken(20), Some(5), "what is not due yet does not hold up the rest");
        assert_eq!(taken(20), None);
        assert_eq!(read(store, |tx| leases::next_due_at(tx, &["parse"])), Some(at(50)));
        assert_eq!(taken(60), Some(3));
        assert_eq!(lease(store, &["parse", "sweep"], 60).map(|job| job.id.0), Some(4));
        assert_eq!(lease(store, &["parse", "sweep"], 60).map(|job| job.id.0), Some(6));
        assert_eq!(read(store, |tx| leases::next_due_at(tx, &["parse", "sweep"])), None);
        assert_eq!(states(store), [(JobState::Running, 6)]);
    });
}

#[test]
fn a_job_ends_well_once() {
    on_each_engine(|store| {
        let job = enqueue(store, parse(1, 0, 0));
        let running = lease(store, &["parse"], 2).unwrap();
        assert_eq!(running, Job { state: JobState::Running, changed_at: at(2), ..job.clone() });
        assert!(lease(store, &["parse"], 2).is_none());
        let id = job.id;
        let other = Lease { runner: 2, ..LEASE };
        assert_eq!(write(store, move |tx| leases::complete(tx, id, &other, at(3))), None, "another runner's job");
        let done = write(store, move |tx| leases::complete(tx, id, &LEASE, at(4))).unwrap();
        assert_eq!((done.state, done.changed_at), (JobState::Done, at(4)));
        assert_eq!(write(store, move |tx| leases::complete(tx, id, &LEASE, at(5))), None);
        assert_eq!(read(store, |tx| jobs::get(tx, id)), done);
        assert_eq!(states(store), [(JobState::Done, 1)]);
    });
}

#[test]
fn a_failed_attempt_waits_and_then_gives_up() {
    on_each_engine(|store| {
        let id = enqueue(store, parse(1, 0, 0)).id;
        lease(store, &["parse"], 2);
        let fail = |retry_at: Option<i64>| {
            let failure = Failure { message: "The worker died.".to_owned(), retry_at: retry_at.map(at), crashed: true };
            write(store, move |tx| leases::fail(tx, id, &LEASE, &failure, at(3)))
        };
        let waiting = fail(Some(100)).unwrap();
        assert_eq!((waiting.state, waiting.attempt, waiting.crashes), (JobState::Queued, 2, 1));
        assert_eq!(waiting.message.as_deref(), Some("The worker died."));
        assert!(lease(store, &["parse"], 99).is_none());
        assert_eq!(lease(store, &["parse"], 100).map(|job| job.attempt), Some(2));
        let failed = fail(None).unwrap();
        assert_eq!((failed.state, failed.attempt, failed.crashes), (JobState::Failed, 2, 2));
        assert_eq!(fail(None), None);
        let again = write(store, move |tx| jobs::retry(tx, id, at(7))).unwrap();
        assert_eq!((again.state, again.attempt, again.crashes, again.message), (JobState::Queued, 1, 0, None));
        assert!(lease(store, &["parse"], 7).is_some());
        assert_eq!(write(store, move |tx| jobs::retry(tx, id, at(8))), None, "it runs already");
    });
}

#[test]
fn a_cancelled_job_stops_and_its_runner_learns_so() {
    on_each_engine(|store| {
        let id = enqueue(store, parse(1, 0, 0)).id;
        lease(store, &["parse"], 2);
        assert!(write(store, move |tx| leases::renew(tx, id, &LEASE)));
        let cancelled = write(store, move |tx| jobs::cancel(tx, id, at(3))).unwrap();
        assert_eq!(cancelled.state, JobState::Cancelled);
        assert!(!write(store, move |tx| leases::renew(tx, id, &LEASE)));
        assert_eq!(write(store, move |tx| leases::complete(tx, id, &LEASE, at(4))), None);
        assert_eq!(write(store, move |tx| jobs::cancel(tx, id, at(5))), None);
        assert_eq!(failure(store.write_blocking(|tx| jobs::cancel(tx, JobId(9), at(5)))), "not found: job");
        assert_eq!(states(store), [(JobState::Cancelled, 1)]);
    });
}

#[test]
fn leases_of_an_earlier_start_return_at_once_and_no_clock_ends_the_others() {
    on_each_engine(|store| {
        for byte in 1..=3 {
            enqueue(store, parse(byte, 0, 0));
        }
        let boot = write(store, leases::next_boot);
        assert_eq!(boot, 1);
        lease(store, &["parse"], 2);
        lease(store, &["parse"], 2);
        let boot = write(store, leases::next_boot);
        let mine = Lease { boot, ..LEASE };
        write(store, move |tx| leases::lease(tx, &["parse"], &mine, at(2)));
        let returned = write(store, move |tx| leases::return_leases_of_other_boots(tx, boot, at(i64::MAX / 2)));
        assert_eq!(returned.len(), 2);
        assert!(returned.iter().all(|job| job.state == JobState::Queued && job.attempt == 2));
        assert_eq!(read(store, leases::list_running).len(), 1, "the new program's own job goes on");
        assert_eq!(write(store, move |tx| leases::return_leases_of_other_boots(tx, boot, at(3))), []);
        assert_eq!(read(store, |tx| leases::overdue(tx, boot, at(1_000))), []);
        let overdue = read(store, |tx| leases::overdue(tx, boot, at(1_001)));
        assert_eq!(overdue.iter().map(|(_, lease)| lease.runner).collect::<Vec<_>>(), [1]);
        let id = overdue[0].0.id;
        let later = Lease { until: at(2_000), ..mine };
        assert!(write(store, move |tx| leases::renew(tx, id, &later)));
        assert_eq!(read(store, |tx| leases::overdue(tx, boot, at(1_001))), []);
        let released = write(store, move |tx| leases::release(tx, id, &mine, at(9))).unwrap();
        assert_eq!((released.state, released.attempt), (JobState::Queued, 1));
        assert_eq!(states(store), [(JobState::Queued, 3)]);
    });
}

#[test]
fn the_same_work_is_queued_once() {
    on_each_engine(|store| {
        let once = |new: NewJob| write(store, move |tx| jobs::enqueue_once(tx, new.clone(), at(1)));
        let first = once(parse(1, 100, 0));
        assert_eq!(once(parse(1, 200, 0)), first);
        assert_eq!(once(parse(1, 0, 0)), Job { priority: 0, ..first.clone() }, "the more urgent wish counts");
        let elsewhere = NewJob { library: Some(LibraryId(2)), ..parse(1, 100, 0) };
        assert_ne!(once(elsewhere).id, first.id);
        assert_ne!(once(NewJob { kind: JobKind::StoreBlob { sha256: sha(1) }, ..parse(1, 0, 0) }).id, first.id);
        assert_eq!(read(store, |tx| jobs::find_active(tx, &JobKind::Parse { sha256: sha(1) })).len(), 2);
        let running = lease(store, &["parse"], 1).unwrap();
        assert_eq!(running.id, first.id);
        assert_eq!(once(parse(1, 0, 0)), running);
        write(store, move |tx| leases::complete(tx, running.id, &LEASE, at(2)));
        assert_ne!(once(parse(1, 0, 0)).id, first.id, "what is done can be asked for again");
    });
}

#[test]
fn jobs_are_listed_newest_first_by_every_filter() {
    on_each_engine(|store| {
        for number in 0..6_u8 {
            let new = NewJob {
                library: Some(LibraryId(u64::from(number % 2))),
                user: Some(UserId(u64::from(number % 3))),
                ..parse(number, 0, 0)
            };
            enqueue(store, new);
        }
        lease(store, &["parse"], 1);
        write(store, |tx| jobs::cancel(tx, JobId(6), at(9)));
        let list = |filter: &JobFilter, before: Option<u64>, limit| {
            let jobs = read(store, |tx| jobs::list(tx, filter, before.map(JobId), limit));
            jobs.into_iter().map(|job| job.id.0).collect::<Vec<_>>()
        };
        let all = JobFilter::default();
        assert_eq!(list(&all, None, 10), [6, 5, 4, 3, 2, 1]);
        assert_eq!(list(&all, Some(5), 2), [4, 3]);
        let states = |states: &[JobState]| JobFilter { states: states.to_vec(), ..JobFilter::default() };
        assert_eq!(list(&states(&[JobState::Running]), None, 10), [1]);
        assert_eq!(list(&states(&[JobState::Cancelled, JobState::Running]), None, 10), [6, 1]);
        let of_library = JobFilter { library: Some(LibraryId(0)), ..all.clone() };
        assert_eq!(list(&of_library, None, 10), [5, 3, 1]);
        let of_user = JobFilter { user: Some(UserId(2)), ..all };
        assert_eq!(list(&of_user, None, 10), [6, 3]);
        let both = JobFilter { user: Some(UserId(2)), library: Some(LibraryId(0)), states: vec![JobState::Queued] };
        assert_eq!(list(&both, None, 10), [3]);
        assert_eq!(list(&both, Some(3), 10), [0; 0]);
    });
}

#[test]
fn ended_jobs_are_listed_for_a_while_and_failed_ones_stay() {
    on_each_engine(|store| {
        for byte in 1..=4 {
            enqueue(store, parse(byte, 0, 0));
        }
        for (number, now) in [(1, 10), (2, 20), (3, 30)] {
            lease(store, &["parse"], 1);
            write(store, move |tx| match number {
                2 => {
                    let failure = Failure { message: String::new(), retry_at: None, crashed: false };
                    leases::fail(tx, JobId(number), &LEASE, &failure, at(now))
                }
                _ => leases::complete(tx, JobId(number), &LEASE, at(now)),
            });
        }
        let ended = |since| {
            let jobs = read(store, |tx| jobs::ended_since(tx, at(since), 10));
            jobs.into_iter().map(|job| job.id.0).collect::<Vec<_>>()
        };
        assert_eq!(ended(20), [2, 3]);
        assert_eq!(write(store, |tx| jobs::prune(tx, at(30), 10)), 1);
        assert_eq!(ended(0), [2, 3]);
        assert_eq!(write(store, |tx| jobs::prune(tx, at(31), 10)), 1);
        assert_eq!(ended(0), [2]);
        assert_eq!(states(store), [(JobState::Queued, 1), (JobState::Failed, 1)]);
        assert_eq!(read(store, |tx| jobs::list(tx, &JobFilter::default(), None, 10)).len(), 2);
        assert_eq!(read(store, |tx| jobs::find_job(tx, JobId(1))), None);
    });
}
