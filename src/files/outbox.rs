//! Finished uploads that wait to be moved to a remote store. Everything here blocks.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::disk::{Locks, names};
use super::drive::Drive;
use super::error::Result;
use crate::domain::ids::Sha256;

/// A flat folder of blobs.
#[derive(Debug)]
pub(super) struct Outbox {
    dir: PathBuf,
    drive: Drive,
    locks: Locks,
}

impl Outbox {
    pub fn open(dir: PathBuf, drive: Drive) -> Result<Self> {
        drive.make_dir(&dir)?;
        drive.sync_dir(&dir)?;
        Ok(Self { dir, drive, locks: Locks::default() })
    }

    /// Where a blob is or would be.
    pub fn path(&self, sha: Sha256) -> PathBuf {
        self.dir.join(sha.to_hex())
    }

    /// Opens a blob that waits.
    pub fn find(&self, sha: Sha256) -> Result<Option<File>> {
        match File::open(self.path(sha)) {
            Ok(file) => Ok(Some(file)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Moves a synced file in. Calling it again after it, or the program, stopped half-way is fine.
    pub fn put(&self, from: &Path, sha: Sha256, size: u64) -> Result<()> {
        {
            let _held = self.locks.hold(sha);
            self.drive.place(from, &self.path(sha), size)?;
        }
        Ok(self.drive.sync_dir(&self.dir)?)
    }

    /// Lets go of a blob that the remote store has.
    pub fn release(&self, sha: Sha256, keep: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
        let _held = self.locks.hold(sha);
        let path = self.path(sha);
        keep(&path)?;
        Ok(self.drive.remove(&path)?)
    }

    /// Everything that waits, in order.
    pub fn list(&self) -> Result<Vec<Sha256>> {
        Ok(names(&self.dir)?.iter().filter_map(|name| Sha256::parse_hex(name)).collect())
    }

    /// Size of a blob that waits.
    pub fn size(&self, sha: Sha256) -> Result<Option<u64>> {
        match fs::metadata(self.path(sha)) {
            Ok(there) => Ok(Some(there.len())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}
