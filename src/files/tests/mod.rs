//! Uploads and blobs under faults, crashes and races.

mod blobs;
mod remote;
mod uploads;

use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use sha2::Digest as _;
use tempfile::TempDir;

use super::drive::Drive;
use super::{Error, Files, FilesConfig, Result, StagingId, StoreConfig};
use crate::domain::ids::Sha256;

/// What goes wrong on a test's disk.
#[derive(Debug, Default)]
pub(super) struct Faults(Mutex<Plan>);

#[derive(Debug, Default)]
struct Plan {
    /// Steps begun so far.
    done: Vec<&'static str>,
    fail_at: Option<usize>,
    fails_from: Option<usize>,
    free_bytes: Option<u64>,
}

impl Faults {
    pub fn pass(&self, what: &'static str) -> io::Result<()> {
        let mut plan = self.0.lock().unwrap();
        plan.done.push(what);
        let step = plan.done.len();
        if plan.fail_at == Some(step) {
            return Err(io::ErrorKind::StorageFull.into());
        }
        if plan.fails_from.is_some_and(|from| step >= from) {
            return Err(io::Error::other(format!("the program was killed before: {what}")));
        }
        Ok(())
    }

    pub fn free_bytes(&self) -> Option<u64> {
        self.0.lock().unwrap().free_bytes
    }

    fn reset(&self) {
        *self.0.lock().unwrap() = Plan::default();
    }

    /// The `n`th step from now finds the disk full.
    fn fill_at(&self, n: usize) {
        *self.0.lock().unwrap() = Plan { fail_at: Some(n), ..Plan::default() };
    }

    /// The `n`th step from now and all later ones do not happen.
    fn kill_at(&self, n: usize) {
        *self.0.lock().unwrap() = Plan { fails_from: Some(n), ..Plan::default() };
    }

    fn set_free_bytes(&self, free: u64) {
        self.0.lock().unwrap().free_bytes = Some(free);
    }

    /// The steps begun since the plan was made.
    fn steps(&self) -> Vec<&'static str> {
        self.0.lock().unwrap().done.clone()
    }

    fn count(&self, what: &str) -> usize {
        self.steps().iter().filter(|step| **step == what).count()
    }
}

fn config(dir: &Path, store: StoreConfig) -> FilesConfig {
    FilesConfig { data_dir: dir.to_owned(), store, cache_bytes: 1 << 20, reserve_bytes: 0 }
}

async fn open(dir: &Path) -> Files {
    Files::open(config(dir, StoreConfig::Disk)).await.unwrap()
}

async fn open_faulty(dir: &Path, store: StoreConfig) -> (Files, Arc<Faults>) {
    let drive = Drive::default();
    let faults = Arc::clone(&drive.faults);
    let files = Files::open_on(drive, config(dir, store)).await.unwrap();
    faults.reset();
    (files, faults)
}

fn id(name: &str) -> StagingId {
    StagingId::parse(name).unwrap()
}

fn sha(bytes: &[u8]) -> Sha256 {
    Sha256(sha2::Sha256::digest(bytes).into())
}

/// Bytes that differ everywhere.
fn sample(len: usize, seed: u64) -> Bytes {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    (0..len)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 56) as u8
        })
        .collect::<Vec<_>>()
        .into()
}

/// One request: bytes from `offset` on, acknowledged.
async fn send(files: &Files, upload: &StagingId, offset: u64, bytes: &Bytes) -> Result<u64> {
    let mut upload = files.stage_open(upload, offset).await?;
    for piece in bytes.chunks(10_000) {
        upload.append(bytes.slice_ref(piece)).await?;
    }
    upload.sync().await
}

/// Completes an upload from where it stands, as a client does after a failure.
async fn complete(files: &Files, upload: &StagingId, bytes: &Bytes) -> Result<Sha256> {
    let offset = files.stage_offset(upload).await?;
    let mut handle = files.stage_open(upload, offset).await?;
    handle.append(bytes.slice(usize::try_from(offset).unwrap()..)).await?;
    Ok(handle.finish().await?.sha256)
}

async fn read_all(files: &Files, sha: Sha256) -> Bytes {
    files.read_range(sha, 0..u64::MAX).await.unwrap()
}

/// Compares without printing megabytes.
#[track_caller]
fn assert_same(found: &[u8], expected: &[u8]) {
    assert_eq!((found.len(), sha(found)), (expected.len(), sha(expected)));
}
