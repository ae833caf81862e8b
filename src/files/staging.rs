//! Uploads in progress: which there are, and who writes to which.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use tokio::sync::OwnedMutexGuard;

use super::drive::Drive;
use super::error::Result;
use super::space::Space;
use super::staged_file::{StagedFile, StagedPaths};

/// Uploads whose files stay open between requests (two descriptors each).
const OPEN_UPLOADS: usize = 64;
/// End of the name of the record beside an upload's bytes.
const RECORD_SUFFIX: &str = ".at";

/// The name of an upload in staging: 1 to 64 ASCII letters, digits, `-` and `_`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StagingId(String);

impl StagingId {
    /// Reads a name; `None` for anything that is not one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (1..=64).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        fits.then(|| Self(text.to_owned()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An upload that has files in staging.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StagedEntry {
    /// Which one.
    pub id: StagingId,
    /// Bytes on the disk, not all of them durable perhaps.
    pub size_bytes: u64,
    /// When the last byte came.
    pub modified: SystemTime,
}

/// The right to work on one upload.
pub(super) type Guard = OwnedMutexGuard<Option<StagedFile>>;

/// All uploads in progress.
#[derive(Debug)]
pub(super) struct Staging {
    dir: PathBuf,
    drive: Drive,
    space: Space,
    open: Mutex<HashMap<StagingId, Upload>>,
}

type Upload = Arc<tokio::sync::Mutex<Option<StagedFile>>>;

impl Staging {
    /// Takes up the staging folder; whatever names are in it are durable afterwards.
    pub fn open(dir: PathBuf, drive: Drive, space: Space) -> Result<Self> {
        drive.make_dir(&dir)?;
        drive.sync_dir(&dir)?;
        Ok(Self { dir, drive, space, open: Mutex::default() })
    }

    /// The room that uploads share.
    pub fn space(&self) -> &Space {
        &self.space
    }

    /// Waits for the right to work on an upload; it lasts as long as the guard.
    pub async fn lock(&self, id: &StagingId) -> Guard {
        loop {
            let upload = self.upload(id);
            let guard = Arc::clone(&upload).lock_owned().await;
            if Arc::ptr_eq(&upload, &self.upload(id)) {
                return guard;
            }
        }
    }

    /// The one place where an upload's right lies. Those that rest are let go when there are many.
    fn upload(&self, id: &StagingId) -> Upload {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.len() >= OPEN_UPLOADS && !open.contains_key(id) {
            open.retain(|_, upload| Arc::strong_count(upload) > 1 || !rests(upload));
        }
        Arc::clone(open.entry(id.clone()).or_default())
    }

    /// The upload's file behind the guard, settled after whatever request went away. Blocks.
    pub fn settled<'a>(&self, id: &StagingId, guard: &'a mut Guard) -> Result<&'a mut StagedFile> {
        let mut file = match guard.take() {
            Some(file) => file,
            None => StagedFile::load(self.drive.clone(), self.space.clone(), self.paths(id))?,
        };
        let settled = file.settle();
        let file = guard.insert(file);
        settled.map(|_| file)
    }

    /// Removes an upload's files. Blocks.
    pub fn remove(&self, id: &StagingId, mut guard: Guard) -> Result<()> {
        match guard.as_mut() {
            Some(file) => file.remove()?,
            None => {
                let paths = self.paths(id);
                self.drive.remove(&paths.bytes)?;
                self.drive.remove(&paths.record)?;
            }
        }
        *guard = None;
        self.open.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
        Ok(())
    }

    /// Every upload that has files. Blocks.
    pub fn list(&self) -> Result<Vec<StagedEntry>> {
        let mut found: HashMap<StagingId, StagedEntry> = HashMap::new();
        for entry in fs::read_dir(&self.dir)? {
            let entry = entry?;
            let name = entry.file_name();
            let Some(name) = name.to_str() else { continue };
            let Some(id) = StagingId::parse(name.strip_suffix(RECORD_SUFFIX).unwrap_or(name)) else { continue };
            let there = match entry.metadata() {
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                there => there?,
            };
            let size_bytes = if name.ends_with(RECORD_SUFFIX) { 0 } else { there.len() };
            let modified = there.modified()?;
            let known = found.entry(id.clone()).or_insert(StagedEntry { id, size_bytes: 0, modified });
            known.size_bytes += size_bytes;
            known.modified = known.modified.max(modified);
        }
        let mut found: Vec<_> = found.into_values().collect();
        found.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(found)
    }

    /// Where an upload's files are.
    pub fn paths(&self, id: &StagingId) -> StagedPaths {
        StagedPaths {
            dir: self.dir.clone(),
            bytes: self.dir.join(id.as_str()),
            record: self.dir.join(format!("{}{RECORD_SUFFIX}", id.as_str())),
        }
    }
}

/// Nobody works on it, and everything worth keeping is on the disk.
fn rests(upload: &Upload) -> bool {
    upload.try_lock().is_ok_and(|file| file.as_ref().is_none_or(StagedFile::is_at_rest))
}
