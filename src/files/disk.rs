//! Blobs in the data folder. Everything here blocks.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use super::drive::Drive;
use super::error::Result;
use crate::domain::ids::Sha256;

/// Folders there can be: second level, then first level.
const FOLDERS: usize = (1 << 16) + (1 << 8);
const LOCKS: usize = 64;

/// The tree of blobs.
#[derive(Debug)]
pub(super) struct Disk {
    root: PathBuf,
    drive: Drive,
    /// One bit a folder: its name is known to be durable.
    durable_folders: Vec<AtomicU64>,
    locks: Locks,
}

/// Locks for hashes: what looks at a blob and then acts on what it saw holds one.
#[derive(Debug)]
pub(super) struct Locks(Vec<Mutex<()>>);

impl Default for Locks {
    fn default() -> Self {
        Self((0..LOCKS).map(|_| Mutex::new(())).collect())
    }
}

impl Locks {
    /// Waits for the lock of this blob.
    pub fn hold(&self, sha: Sha256) -> MutexGuard<'_, ()> {
        self.0[usize::from(sha.0[0]) % LOCKS].lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Disk {
    /// Takes up the tree.
    pub fn open(root: PathBuf, drive: Drive) -> Result<Self> {
        drive.make_dir(&root)?;
        let durable_folders = (0..FOLDERS / 64).map(|_| AtomicU64::new(0)).collect();
        Ok(Self { root, drive, durable_folders, locks: Locks::default() })
    }

    /// Where a blob is or would be.
    pub fn path(&self, sha: Sha256) -> PathBuf {
        self.root.join(relative_path(sha))
    }

    /// Opens a blob.
    pub fn open_blob(&self, sha: Sha256) -> Result<File> {
        Ok(File::open(self.path(sha))?)
    }

    /// Moves a synced file in as a blob. Calling it again after it, or the program, stopped half-way is fine.
    pub fn put(&self, from: &Path, sha: Sha256, size: u64) -> Result<()> {
        let to = self.path(sha);
        let (folder, parent) = folders(&to);
        {
            let _held = self.locks.hold(sha);
            if !folder.exists() {
                self.drive.make_dir(parent)?;
                self.drive.make_dir(folder)?;
            }
            self.drive.place(from, &to, size)?;
        }
        self.drive.sync_dir(folder)?;
        let (first, second) = (usize::from(sha.0[0]), usize::from(sha.0[1]));
        self.sync_name_of(first << 8 | second, parent)?;
        self.sync_name_of((1 << 16) + first, &self.root)
    }

    /// Makes a folder's own name durable, once: another upload may have made the folder and not yet come to that.
    fn sync_name_of(&self, folder: usize, parent: &Path) -> Result<()> {
        let (word, bit) = (&self.durable_folders[folder / 64], 1 << (folder % 64));
        if word.load(Ordering::Acquire) & bit == 0 {
            self.drive.sync_dir(parent)?;
            word.fetch_or(bit, Ordering::Release);
        }
        Ok(())
    }

    /// Removes a blob that has not been uploaded again since `untouched_since`; tells whether it is gone.
    pub fn delete(&self, sha: Sha256, untouched_since: SystemTime) -> Result<bool> {
        let path = self.path(sha);
        let _held = self.locks.hold(sha);
        match fs::metadata(&path) {
            Ok(there) if there.modified()? > untouched_since => Ok(false),
            Ok(_) => {
                self.drive.remove(&path)?;
                Ok(true)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
            Err(error) => Err(error.into()),
        }
    }

    /// The next blobs in order of their names.
    pub fn list(&self, after: Option<Sha256>, limit: usize) -> Result<Vec<Sha256>> {
        let mut found = Vec::new();
        let start = after.map_or(0, |sha| usize::from(sha.0[0]));
        for first in start..256 {
            let folder = self.root.join(format!("{first:02x}"));
            for second in names(&folder)? {
                let at_end =
                    after.is_some_and(|sha| (first, second.as_str()) < (usize::from(sha.0[0]), &sha.to_hex()[2..4]));
                if at_end {
                    continue;
                }
                let blobs = names(&folder.join(&second))?;
                found.extend(blobs.iter().filter_map(|name| Sha256::parse_hex(name)).filter(|sha| Some(*sha) > after));
                if found.len() >= limit {
                    found.truncate(limit);
                    return Ok(found);
                }
            }
        }
        Ok(found)
    }
}

/// `<2>/<2>/<sha256>`.
pub(super) fn relative_path(sha: Sha256) -> String {
    let hex = sha.to_hex();
    format!("{}/{}/{hex}", &hex[..2], &hex[2..4])
}

/// Names in a folder, sorted; none if it is not there.
pub(super) fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(vec![]);
        }
        entries => entries?,
    };
    let mut names = Vec::new();
    for entry in entries {
        names.extend(entry?.file_name().into_string());
    }
    names.sort_unstable();
    Ok(names)
}

fn folders(blob: &Path) -> (&Path, &Path) {
    let folder = blob.parent().expect("a blob's path has two folders");
    (folder, folder.parent().expect("a blob's path has two folders"))
}
