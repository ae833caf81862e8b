//! A disk that is full for a while.

use std::fs::OpenOptions;
use std::io::{Error as IoError, ErrorKind};
use std::ops::Bound;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use redb::backends::FileBackend;
use redb::{BackendError, Builder, StorageBackend};

use super::super::redb_engine::RedbEngine;
use super::*;

/// A file whose disk has no room left while `full` is set.
#[derive(Debug)]
struct TightDisk {
    file: FileBackend,
    full: Arc<AtomicBool>,
}

impl TightDisk {
    fn room(&self) -> Result<(), IoError> {
        if self.full.load(Ordering::SeqCst) { Err(ErrorKind::StorageFull.into()) } else { Ok(()) }
    }
}

impl StorageBackend for TightDisk {
    fn len(&self) -> Result<u64, IoError> {
        self.file.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> Result<(), IoError> {
        self.file.read(offset, out)
    }

    fn set_len(&self, len: u64) -> Result<(), IoError> {
        self.room()?;
        self.file.set_len(len)
    }

    fn sync_data(&self) -> Result<(), IoError> {
        self.file.sync_data()
    }

    fn write(&self, offset: u64, data: &[u8]) -> Result<(), IoError> {
        self.room()?;
        self.file.write(offset, data)
    }

    fn close(&self) -> Result<(), IoError> {
        self.file.close()
    }

    fn try_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.file.try_lock_range(start, end)
    }

    fn try_lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.file.try_lock_shared_range(start, end)
    }

    fn lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.file.lock_range(start, end)
    }

    fn lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.file.lock_shared_range(start, end)
    }

    fn unlock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.file.unlock_range(start, end)
    }

    fn query_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.file.query_lock_range(start, end)
    }
}

fn tight_store(path: &Path) -> (Store, Arc<AtomicBool>) {
    let full = Arc::new(AtomicBool::new(false));
    let (path, disk) = (path.to_owned(), Arc::clone(&full));
    let opener = move || {
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).unwrap();
        let backend = TightDisk { file: FileBackend::new(file)?, full: Arc::clone(&disk) };
        Ok(Builder::new().create_with_backend(backend)?)
    };
    let engine = RedbEngine::open_with(Box::new(opener)).unwrap();
    migrations::migrate(&engine, migrations::STEPS, None).unwrap();
    (Store::start(Box::new(engine)).unwrap(), full)
}

#[tokio::test]
async fn a_full_disk_refuses_writes_and_all_goes_on_when_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.redb");
    let (store, full) = tight_store(&path);
    let create = |name: &'static str| store.write(move |tx| users::create(tx, new_user(name), at(1)));
    let find = |name: &'static str| store.read(move |tx| users::find_by_login(tx, name));
    create("ada").await.unwrap();
    let slow_reader = read(&store, |tx| Ok(tx.clone()));
    for round in 0..3 {
        full.store(true, Ordering::SeqCst);
        for _ in 0..3 {
            assert!(create("grace").await.is_err(), "round {round}");
        }
        full.store(false, Ordering::SeqCst);
        let read_first = round == 1;
        if read_first {
            assert!(find("ada").await.unwrap().is_some());
        }
        let name = ["a", "b", "c"][round];
        create(name).await.unwrap();
        assert!(find(name).await.unwrap().is_some());
        assert!(find("ada").await.unwrap().is_some());
        assert_eq!(find("grace").await.unwrap(), None);
    }
    drop((slow_reader, store));
    assert!(Store::check_integrity(&path).unwrap());
    let store = Store::open(&path).unwrap().store;
    assert_eq!(read(&store, |tx| users::list(tx, None, 10)).len(), 4);
}

#[tokio::test]
async fn a_full_disk_is_said_to_be_full() {
    let folder = tempfile::tempdir().unwrap();
    let (store, full) = tight_store(&folder.path().join("store.redb"));
    full.store(true, Ordering::SeqCst);
    let first = store.write(|tx| users::create(tx, new_user("ada"), at(1))).await;
    assert!(matches!(first, Err(Error::DiskFull)), "{first:?}");
    let second = store.write(|tx| users::create(tx, new_user("ada"), at(1))).await;
    assert!(matches!(second, Err(Error::DiskFull)), "{second:?}");
}
