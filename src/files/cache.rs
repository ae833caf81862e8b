//! Copies of a remote store's blobs on the local disk, bounded by bytes. Everything here blocks.
//!
//! The folder is the truth: what is in it at the start is taken up again. A copy that an earlier run made is hashed
//! before its first use, because nothing here is synced.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use sha2::Digest as _;

use super::disk::names;
use super::drive::Drive;
use super::error::Result;
use super::handles::Handles;
use crate::domain::ids::Sha256;

/// The copies, and how much they take.
#[derive(Debug)]
pub(super) struct Cache {
    dir: PathBuf,
    drive: Drive,
    limit_bytes: u64,
    /// A removed copy takes room until its last open file is closed.
    handles: Arc<Handles>,
    index: Mutex<Index>,
}

#[derive(Debug, Default)]
struct Index {
    copies: HashMap<Sha256, Copy>,
    bytes: u64,
    clock: u64,
}

#[derive(Debug, Clone)]
struct Copy {
    size: u64,
    used: u64,
    verified: bool,
}

impl Cache {
    /// Takes up what an earlier run has left, the one used longest ago first to go.
    pub fn open(dir: PathBuf, drive: Drive, limit_bytes: u64, handles: Arc<Handles>) -> Result<Self> {
        drive.make_dir(&dir)?;
        let mut found: Vec<(SystemTime, Sha256, u64)> = Vec::new();
        for name in names(&dir)? {
            let there = fs::metadata(dir.join(&name))?;
            match Sha256::parse_hex(&name) {
                Some(sha) if there.is_file() => found.push((there.modified()?, sha, there.len())),
                _ => {}
            }
        }
        found.sort_unstable();
        let this = Self { dir, drive, limit_bytes, handles, index: Mutex::default() };
        for (_, sha, size) in found {
            this.index().insert(sha, size, false);
        }
        this.shrink(None)?;
        Ok(this)
    }

    /// Whether a blob of that size can be kept.
    pub fn fits(&self, size: u64) -> bool {
        size <= self.limit_bytes
    }

    /// Whether there is a copy.
    pub fn size(&self, sha: Sha256) -> Option<u64> {
        self.index().copies.get(&sha).map(|copy| copy.size)
    }

    /// Opens a copy and marks it as used. One that turns out to be damaged is removed.
    pub fn find(&self, sha: Sha256) -> Result<Option<File>> {
        let Some(verified) = self.index().touch(sha) else { return Ok(None) };
        let path = self.path(sha);
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.index().remove(sha);
                return Ok(None);
            }
            Err(error) => return Err(error.into()),
        };
        if !verified {
            if hash_file(&path)? != sha {
                self.remove(sha)?;
                return Ok(None);
            }
            self.index().mark_verified(sha);
        }
        self.drive.touch(&path).or_else(|error| match error.kind() {
            io::ErrorKind::NotFound => Ok(()),
            _ => Err(error),
        })?;
        Ok(Some(file))
    }

    /// Moves a verified copy in and makes room for it. One that is too large is only removed.
    pub fn put(&self, from: &Path, sha: Sha256, size: u64) -> Result<()> {
        if !self.fits(size) {
            self.handles.forget(sha);
            return Ok(self.drive.remove(from)?);
        }
        self.drive.rename(from, &self.path(sha))?;
        self.index().insert(sha, size, true);
        self.shrink(Some(sha))
    }

    /// Removes a copy.
    pub fn remove(&self, sha: Sha256) -> Result<()> {
        self.index().remove(sha);
        self.drive.remove(&self.path(sha))?;
        self.handles.forget(sha);
        Ok(())
    }

    fn path(&self, sha: Sha256) -> PathBuf {
        self.dir.join(sha.to_hex())
    }

    /// Removes what was used longest ago until the rest fits. Open files of it stay readable.
    fn shrink(&self, newest: Option<Sha256>) -> Result<()> {
        loop {
            let oldest = {
                let index = self.index();
                if index.bytes <= self.limit_bytes {
                    return Ok(());
                }
                let others = index.copies.iter().filter(|(sha, _)| Some(**sha) != newest);
                others.min_by_key(|(_, copy)| copy.used).map(|(sha, _)| *sha)
            };
            match oldest {
                Some(sha) => self.remove(sha)?,
                None => return Ok(()),
            }
        }
    }

    fn index(&self) -> std::sync::MutexGuard<'_, Index> {
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Index {
    fn insert(&mut self, sha: Sha256, size: u64, verified: bool) {
        self.clock += 1;
        let old = self.copies.insert(sha, Copy { size, used: self.clock, verified });
        self.bytes = self.bytes + size - old.map_or(0, |copy| copy.size);
    }

    fn remove(&mut self, sha: Sha256) {
        self.bytes -= self.copies.remove(&sha).map_or(0, |copy| copy.size);
    }

    fn touch(&mut self, sha: Sha256) -> Option<bool> {
        self.clock += 1;
        let copy = self.copies.get_mut(&sha)?;
        copy.used = self.clock;
        Some(copy.verified)
    }

    fn mark_verified(&mut self, sha: Sha256) {
        if let Some(copy) = self.copies.get_mut(&sha) {
            copy.verified = true;
        }
    }
}

/// The SHA-256 of a file's bytes.
pub(super) fn hash_file(path: &Path) -> io::Result<Sha256> {
    let mut file = File::open(path)?;
    let mut state = sha2::Sha256::new();
    let mut buffer = vec![0; 256 * 1024];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(Sha256(state.finalize().into())),
            read => state.update(&buffer[..read]),
        }
    }
}
