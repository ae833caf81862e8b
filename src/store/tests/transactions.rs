//! What a transaction promises.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::super::{Error, Store, meta, users};
use super::*;

#[derive(Debug)]
enum AppError {
    Refused,
    #[expect(dead_code, reason = "shown when a test fails")]
    Store(Error),
}

impl From<Error> for AppError {
    fn from(error: Error) -> Self {
        AppError::Store(error)
    }
}

#[test]
fn a_closure_that_fails_leaves_nothing_behind() {
    on_each_engine(|store| {
        let result: Result<(), AppError> = store.write_blocking(|tx| {
            users::create(tx, new_user("ada"), at(1))?;
            Err(AppError::Refused)
        });
        assert!(matches!(result, Err(AppError::Refused)));
        assert_eq!(read(store, |tx| users::find_by_login(tx, "ada")), None);
        assert_eq!(a_user(store, "ada").id, UserId(1), "its number was not used up either");
    });
}

#[test]
fn a_closure_that_panics_leaves_nothing_behind_and_the_store_goes_on() {
    on_each_engine(|store| {
        let writer = store.clone();
        let panicked = std::thread::spawn(move || {
            let _: Result<(), Error> = writer.write_blocking(|tx| {
                users::create(tx, new_user("ada"), at(1))?;
                panic!("a fault in a use case");
            });
        });
        assert!(panicked.join().is_err(), "the panic reaches the caller");
        assert_eq!(read(store, |tx| users::find_by_login(tx, "ada")), None);
        a_user(store, "ada");
    });
}

#[test]
fn a_read_does_not_see_what_is_written_after_it_began() {
    on_each_engine(|store| {
        a_user(store, "ada");
        read(store, |tx| {
            a_user(store, "grace");
            assert_eq!(users::list(tx, None, 10)?.len(), 1);
            Ok(())
        });
        assert_eq!(read(store, |tx| users::list(tx, None, 10)).len(), 2);
    });
}

#[tokio::test]
async fn concurrent_writes_all_take_effect_one_after_the_other() {
    for store in [Store::in_memory().unwrap(), model_store()] {
        let writes = (0..200).map(|_| {
            let store = store.clone();
            tokio::spawn(async move { store.write(|tx| meta::next(tx, meta::Counter::Jobs)).await })
        });
        let mut numbers = Vec::new();
        for write in writes.collect::<Vec<_>>() {
            numbers.push(write.await.unwrap().unwrap());
        }
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=200).collect::<Vec<u64>>());
    }
}

#[tokio::test]
async fn a_write_can_be_read_as_soon_as_it_is_acknowledged() {
    let store = Store::in_memory().unwrap();
    for name in ["ada", "grace", "emmy"] {
        store.write(move |tx| users::create(tx, new_user(name), at(1))).await.unwrap();
        let found: Result<_> = store.read(move |tx| users::find_by_login(tx, name)).await;
        assert_eq!(found.unwrap().map(|user| user.username), Some(name.to_owned()));
    }
}

#[test]
fn a_write_goes_on_when_its_caller_stops_waiting() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let store = Store::in_memory().unwrap();
    runtime.block_on(async {
        let mut write = Box::pin(store.write(|tx| users::create(tx, new_user("ada"), at(1))));
        assert!(futures_util::poll!(&mut write).is_pending() || write.await.is_ok());
    });
    a_user(&store, "grace");
    assert!(read(&store, |tx| users::find_by_login(tx, "ada")).is_some());
}

#[test]
fn waiting_writes_are_done_before_the_store_closes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.redb");
    let opened = Store::open(&path).unwrap();
    assert_eq!(opened.migrated_from, None);
    let done = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&done);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let mut write = Box::pin(opened.store.write(move |tx| {
            let user = users::create(tx, new_user("ada"), at(1));
            seen.store(true, Ordering::SeqCst);
            user
        }));
        assert!(futures_util::poll!(&mut write).is_pending() || done.load(Ordering::SeqCst));
    });
    drop(opened);
    assert!(done.load(Ordering::SeqCst));
    let store = Store::open(&path).unwrap().store;
    assert!(read(&store, |tx| users::find_by_login(tx, "ada")).is_some());
}

#[test]
fn a_second_opener_is_told_that_the_folder_is_in_use() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.redb");
    let first = Store::open(&path).unwrap();
    assert!(matches!(Store::open(&path).map(|_| ()), Err(Error::InUse)));
    assert!(matches!(Store::check_integrity(&path), Err(Error::InUse)));
    drop(first);
    assert!(Store::check_integrity(&path).unwrap());
    Store::open(&path).unwrap();
}

#[test]
fn a_backup_holds_everything_while_writes_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("store.redb")).unwrap().store;
    let library = a_library(&store);
    for number in 0..50 {
        put_item(&store, library, an_item(number), 1);
    }
    let path = folder.path().join("backup.redb");
    store.backup_to(&path).unwrap();
    put_item(&store, library, an_item(99), 1);
    assert!(store.backup_to(&path).is_err(), "an older backup is never overwritten");
    let backup = Store::open(&path).unwrap().store;
    assert_eq!(read(&backup, |tx| super::super::items::scan_all(tx, library, None, 100)).len(), 50);
    assert_eq!(read(&backup, |tx| libraries::get(tx, library)).version, Version(50));
}
