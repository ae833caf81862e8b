//! Uploads and blobs under faults, crashes and races.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Mutex;

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
    /// Steps done so far, by kind.
    done: BTreeMap<&'static str, u64>,
    steps: u64,
    fail_at: Option<u64>,
    fails_from: Option<u64>,
    free_bytes: Option<u64>,
}

impl Faults {
    pub fn pass(&self, what: &'static str) -> io::Result<()> {
        let mut plan = self.0.lock().unwrap();
        plan.steps += 1;
        *plan.done.entry(what).or_default() += 1;
        if plan.fail_at == Some(plan.steps) {
            return Err(io::ErrorKind::StorageFull.into());
        }
        if plan.fails_from.is_some_and(|from| plan.steps >= from) {
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
    fn fill_at(&self, n: u64) {
        *self.0.lock().unwrap() = Plan { fail_at: Some(n), ..Plan::default() };
    }

    /// The `n`th step from now and all later ones do not happen.
    fn kill_at(&self, n: u64) {
        *self.0.lock().unwrap() = Plan { fails_from: Some(n), ..Plan::default() };
    }

    fn set_free_bytes(&self, free: u64) {
        self.0.lock().unwrap().free_bytes = Some(free);
    }

    fn count(&self, what: &str) -> u64 {
        self.0.lock().unwrap().done.get(what).copied().unwrap_or(0)
    }

    fn steps(&self) -> u64 {
        self.0.lock().unwrap().steps
    }
}

fn config(dir: &Path, store: StoreConfig) -> FilesConfig {
    FilesConfig { data_dir: dir.to_owned(), store, cache_bytes: 1 << 20, reserve_bytes: 0 }
}

async fn open(dir: &Path) -> Files {
    Files::open(config(dir, StoreConfig::Disk)).await.unwrap()
}

async fn open_faulty(dir: &Path) -> (Files, std::sync::Arc<Faults>) {
    let drive = Drive::default();
    let faults = drive.faults.clone();
    let files = Files::open_on(drive, config(dir, StoreConfig::Disk)).await.unwrap();
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

#[tokio::test]
async fn an_upload_in_parts_becomes_a_blob_under_its_hash() {
    let dir = TempDir::new().unwrap();
    let files = open(dir.path()).await;
    let (a, bytes) = (id("a"), sample(1_300_000, 1));
    assert_eq!(files.stage_offset(&a).await.unwrap(), 0);
    assert_eq!(send(&files, &a, 0, &bytes.slice(..700_000)).await.unwrap(), 700_000);
    assert_eq!(send(&files, &a, 700_000, &bytes.slice(700_000..900_000)).await.unwrap(), 900_000);
    assert_eq!(files.stage_hash(&a).await.unwrap(), sha(&bytes[..900_000]));
    assert_eq!(complete(&files, &a, &bytes).await.unwrap(), sha(&bytes));
    assert_eq!(read_all(&files, sha(&bytes)).await, bytes);
    assert_eq!(files.size(sha(&bytes)).await.unwrap(), 1_300_000);
    files.stage_remove(&a).await.unwrap();
    assert_eq!(files.stage_list().await.unwrap(), []);
}
