//! Random operations: the database, reopened now and then and failing now and then, holds the same as the model.

use proptest::prelude::*;
use proptest::test_runner::Config;

use super::super::jobs::{self, JobFilter, NewJob};
use super::super::leases::{self, Failure, Lease};
use super::super::{Blob, BlobPlace, Session, blobs, changes, items, sessions};
use super::faults::{dump, faulty_stores};
use super::*;
use crate::domain::ids::JobId;
use crate::domain::job::JobKind;
use crate::domain::library::Role;

/// One write, with small numbers so that operations meet.
#[derive(Debug, Clone)]
enum Op {
    PutItem { library: u64, item: u64, parent: Option<u64>, file: Option<u8>, trashed: bool },
    DeleteItem { library: u64, item: u64 },
    PutMember { library: u64, user: u64, role: usize },
    RemoveMember { library: u64, user: u64 },
    PutBlob { sha: u8 },
    DeleteOrphan { sha: u8 },
    CreateUser { name: u8 },
    RenameUser { user: u64, name: u8 },
    PutSession { hash: u8, user: u64, expires_at: i64 },
    PruneSessions,
    Enqueue { sha: u8, priority: u8, delay: i64 },
    Lease { runner: u32 },
    Complete { job: u64, runner: u32 },
    Fail { job: u64, runner: u32, retry: bool },
    Cancel { job: u64 },
    Retry { job: u64 },
    PruneJobs,
    Trim { library: u64, keep: u64 },
    Restart { boot: u64 },
}

fn op() -> impl Strategy<Value = Op> {
    let library = 1..3_u64;
    prop_oneof![
        6 => (library.clone(), 0..6_u64, prop::option::of(0..3_u64), prop::option::of(0..4_u8), any::<bool>())
            .prop_map(|(library, item, parent, file, trashed)| Op::PutItem { library, item, parent, file, trashed }),
        3 => (library.clone(), 0..6_u64).prop_map(|(library, item)| Op::DeleteItem { library, item }),
        1 => (library.clone(), 1..5_u64, 0..5_usize)
            .prop_map(|(library, user, role)| Op::PutMember { library, user, role }),
        1 => (library.clone(), 1..5_u64).prop_map(|(library, user)| Op::RemoveMember { library, user }),
        2 => (0..4_u8).prop_map(|sha| Op::PutBlob { sha }),
        1 => (0..4_u8).prop_map(|sha| Op::DeleteOrphan { sha }),
        1 => (0..4_u8).prop_map(|name| Op::CreateUser { name }),
        1 => (1..4_u64, 0..4_u8).prop_map(|(user, name)| Op::RenameUser { user, name }),
        1 => (0..4_u8, 1..3_u64, 0..100_i64)
            .prop_map(|(hash, user, expires_at)| Op::PutSession { hash, user, expires_at }),
        1 => Just(Op::PruneSessions),
        3 => (0..4_u8, 0..3_u8, 0..40_i64).prop_map(|(sha, priority, delay)| Op::Enqueue { sha, priority, delay }),
        3 => (0..2_u32).prop_map(|runner| Op::Lease { runner }),
        2 => (1..9_u64, 0..2_u32).prop_map(|(job, runner)| Op::Complete { job, runner }),
        2 => (1..9_u64, 0..2_u32, any::<bool>()).prop_map(|(job, runner, retry)| Op::Fail { job, runner, retry }),
        1 => (1..9_u64).prop_map(|job| Op::Cancel { job }),
        1 => (1..9_u64).prop_map(|job| Op::Retry { job }),
        1 => Just(Op::PruneJobs),
        1 => (library, 0..9_u64).prop_map(|(library, keep)| Op::Trim { library, keep }),
        1 => (1..3_u64).prop_map(|boot| Op::Restart { boot }),
    ]
}

/// Does it, and says what came of it.
fn apply(tx: &mut WriteTx<'_>, op: &Op, now: Timestamp) -> Result<String> {
    let lease = |runner| Lease { boot: 1, runner, until: now.plus_ms(10) };
    let text = match *op {
        Op::PutItem { library, item, parent, file, trashed } => {
            let plain = file.map_or_else(|| an_item(item), |byte| an_attachment(item, None, sha(byte)));
            let mut item = Item { parent: parent.map(key), trashed, date_modified: now, ..plain };
            tx.library(LibraryId(library), now)?.put_item(&mut item)?;
            format!("{:?}", item.version)
        }
        Op::DeleteItem { library, item } => {
            format!("{}", tx.library(LibraryId(library), now)?.delete_item(key(item))?)
        }
        Op::PutMember { library, user, role } => {
            format!("{:?}", tx.library(LibraryId(library), now)?.put_member(UserId(user), Role::ALL[role])?)
        }
        Op::RemoveMember { library, user } => {
            format!("{}", tx.library(LibraryId(library), now)?.remove_member(UserId(user))?)
        }
        Op::PutBlob { sha: byte } => {
            let blob = Blob::new(sha(byte), 1, "application/pdf".to_owned(), BlobPlace::Store, now);
            format!("{:?}", blobs::put_blob(tx, &blob)?)
        }
        Op::DeleteOrphan { sha: byte } => format!("{}", blobs::delete_orphan(tx, &sha(byte))?),
        Op::CreateUser { name } => format!("{:?}", users::create(tx, new_user(&format!("user{name}")), now)?),
        Op::RenameUser { user, name } => {
            let user = users::get(tx, UserId(user))?;
            format!("{:?}", users::update(tx, &User { username: format!("USER{name}"), email: None, ..user })?)
        }
        Op::PutSession { hash, user, expires_at } => {
            let session = Session {
                hash: sha(hash),
                user: UserId(user),
                created_at: now,
                last_used_at: now,
                expires_at: at(expires_at),
                address: String::new(),
                user_agent: String::new(),
            };
            format!("{:?}", sessions::put_session(tx, &session)?)
        }
        Op::PruneSessions => format!("{}", sessions::prune(tx, now, 2)?),
        Op::Enqueue { sha: byte, priority, delay } => {
            let new = NewJob {
                kind: JobKind::Parse { sha256: sha(byte) },
                library: Some(LibraryId(1)),
                key: None,
                user: None,
                priority,
                run_at: now.plus_ms(delay),
            };
            format!("{:?}", jobs::enqueue_once(tx, new, now)?)
        }
        Op::Lease { runner } => format!("{:?}", leases::lease(tx, &["parse"], &lease(runner), now)?),
        Op::Complete { job, runner } => format!("{:?}", leases::complete(tx, JobId(job), &lease(runner), now)?),
        Op::Fail { job, runner, retry } => {
            let retry_at = retry.then(|| now.plus_ms(5));
            let failure = Failure { message: "no".to_owned(), retry_at, crashed: retry };
            format!("{:?}", leases::fail(tx, JobId(job), &lease(runner), &failure, now)?)
        }
        Op::Cancel { job } => format!("{:?}", jobs::cancel(tx, JobId(job), now)?),
        Op::Retry { job } => format!("{:?}", jobs::retry(tx, JobId(job), now)?),
        Op::PruneJobs => format!("{}", jobs::prune(tx, now.plus_ms(-10), 2)?),
        Op::Trim { library, keep } => format!("{}", changes::trim_to(tx, LibraryId(library), at(0), keep, 3)?),
        Op::Restart { boot } => format!("{:?}", leases::return_leases_of_other_boots(tx, boot, now)?),
    };
    Ok(text)
}

fn run(store: &Store, op: &Op, now: i64) -> String {
    let op = op.clone();
    match store.write_blocking(move |tx| apply(tx, &op, at(now))) {
        Ok(text) => text,
        Err(error) => error.to_string(),
    }
}

fn versions(store: &Store) -> Vec<u64> {
    read(store, |tx| libraries::list(tx, None, 9)).into_iter().map(|library| library.version.0).collect()
}

/// What must hold between records and indexes, whatever happened.
fn check_indexes(store: &Store) {
    read(store, |tx| {
        let mut attached = BTreeMap::new();
        for library in libraries::list(tx, None, 9)? {
            let all = items::scan_all(tx, library.id, None, 99)?;
            let newest = items::changed_since(tx, library.id, Version(0), None, 99)?;
            let expected: BTreeSet<_> = all.iter().map(|item| (item.version, item.key)).collect();
            assert_eq!(newest, expected.into_iter().collect::<Vec<_>>());
            let mut trash: Vec<_> = all.iter().filter(|item| item.trashed).collect();
            trash.sort_by_key(|item| (item.date_modified, item.key));
            let trashed = items::trashed_before(tx, library.id, at(i64::MAX), 99)?;
            assert_eq!(trashed, trash.iter().map(|item| item.key).collect::<Vec<_>>());
            for item in &all {
                if let Some(file) = &item.file {
                    attached.entry(file.sha256).or_insert_with(Vec::new).push((library.id, item.key));
                }
                let children = all.iter().filter(|child| child.parent == Some(item.key)).count();
                assert_eq!(items::child_keys(tx, library.id, item.key)?.len(), children);
            }
        }
        let orphans: BTreeSet<_> = blobs::orphans(tx, at(i64::MAX), 99)?.into_iter().collect();
        for blob in blobs::list(tx, None, 99)? {
            assert_eq!(orphans.contains(&blob.sha256), !attached.contains_key(&blob.sha256));
        }
        for (sha, places) in attached {
            assert_eq!(items::attachments_everywhere(tx, &sha)?, places);
        }
        let all = jobs::list(tx, &JobFilter::default(), None, 99)?;
        for (state, count) in jobs::counts(tx)? {
            assert_eq!(all.iter().filter(|job| job.state == state).count() as u64, count);
        }
        let active: usize = (0..4)
            .map(|byte| Ok(jobs::find_active(tx, &JobKind::Parse { sha256: sha(byte) })?.len()))
            .sum::<Result<usize>>()?;
        assert_eq!(all.iter().filter(|job| job.state.is_active()).count(), active);
        Ok(())
    });
}

fn two_libraries(store: &Store) {
    a_library(store);
    a_library(store);
}

proptest! {
    #![proptest_config(Config { cases: 24, failure_persistence: None, ..Config::default() })]

    #[test]
    fn the_database_holds_what_the_model_holds(ops in prop::collection::vec((op(), 0..20_u8), 1..60)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.redb");
        let model = model_store();
        let mut store = Store::open(&path).unwrap().store;
        two_libraries(&model);
        two_libraries(&store);
        for (now, (op, reopen)) in (1..).zip(&ops) {
            if *reopen == 0 {
                drop(store);
                store = Store::open(&path).unwrap().store;
            }
            prop_assert_eq!(run(&store, op, now), run(&model, op, now), "{:?}", op);
        }
        prop_assert!(dump(&store) == dump(&model));
        check_indexes(&store);
    }

    #[test]
    fn faults_leave_nothing_half_done_and_versions_never_fall(
        ops in prop::collection::vec((op(), prop::option::of(0..25_i64)), 1..60)
    ) {
        for (store, fuse) in faulty_stores() {
            two_libraries(&store);
            for (now, (op, fault)) in (1..).zip(&ops) {
                let (before, old) = (dump(&store), versions(&store));
                if let Some(writes) = fault {
                    fuse.light(*writes);
                    run(&store, op, now);
                    if !fuse.is_lit() {
                        prop_assert!(dump(&store) == before, "{:?}", op);
                    }
                    fuse.light(i64::MAX);
                }
                run(&store, op, now);
                prop_assert!(versions(&store).iter().zip(&old).all(|(new, old)| new >= old));
            }
            check_indexes(&store);
        }
    }
}
