//! The few things done to local files whose order decides what survives a power cut. Everything here blocks.
//!
//! They pass through one place so that tests can let any of them fail.

use std::fs::{self, File, OpenOptions};
use std::io::{self, IoSlice};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;

use bytes::Bytes;
use rustix::fs::{AtFlags, CWD, Timespec, Timestamps, UTIME_NOW};

/// Slices given to one system call (the kernel takes at most 1024).
const SLICES: usize = 256;

/// Acts on local files.
#[derive(Debug, Clone, Default)]
pub(super) struct Drive {
    #[cfg(test)]
    pub faults: std::sync::Arc<super::tests::Faults>,
}

impl Drive {
    /// Opens the file for reading and writing, and makes it if it is not there.
    pub fn open_or_create(&self, path: &Path) -> io::Result<File> {
        self.pass("create")?;
        OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path)
    }

    /// Writes all of `parts`, one behind the other, from `offset` on.
    pub fn write_all_at(&self, file: &File, parts: &[Bytes], mut offset: u64) -> io::Result<()> {
        for parts in parts.chunks(SLICES) {
            let mut slices: Vec<IoSlice<'_>> =
                parts.iter().filter(|part| !part.is_empty()).map(|part| IoSlice::new(part)).collect();
            let mut rest = slices.as_mut_slice();
            while !rest.is_empty() {
                self.pass("write").inspect_err(|_| self.tear(file, rest, offset))?;
                match rustix::io::pwritev(file, rest, offset) {
                    Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                    Ok(written) => {
                        offset += written as u64;
                        IoSlice::advance_slices(&mut rest, written);
                    }
                    Err(rustix::io::Errno::INTR) => {}
                    Err(error) => return Err(error.into()),
                }
            }
        }
        Ok(())
    }

    /// Makes the bytes of a file and its length durable.
    pub fn sync_data(&self, file: &File) -> io::Result<()> {
        self.pass("sync")?;
        file.sync_data()
    }

    /// Makes names in a folder durable.
    pub fn sync_dir(&self, path: &Path) -> io::Result<()> {
        self.pass("sync folder")?;
        File::open(path)?.sync_all()
    }

    /// Cuts or extends a file.
    pub fn set_len(&self, file: &File, len: u64) -> io::Result<()> {
        self.pass("set length")?;
        file.set_len(len)
    }

    /// Makes a folder; one that is there is fine.
    pub fn make_dir(&self, path: &Path) -> io::Result<()> {
        self.pass("make folder")?;
        match fs::DirBuilder::new().mode(0o700).create(path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            done => done,
        }
    }

    /// Brings a synced file to its final name. Where that name already has `size` bytes, these stay, are marked as
    /// used now, and `from` goes away. Neither name is durable before the folder is synced.
    pub fn place(&self, from: &Path, to: &Path, size: u64) -> io::Result<()> {
        match fs::metadata(to) {
            Ok(there) if there.len() == size => {
                self.touch(to)?;
                self.remove(from)
            }
            Ok(_) => self.rename(from, to),
            Err(error) if error.kind() == io::ErrorKind::NotFound => self.rename(from, to),
            Err(error) => Err(error),
        }
    }

    /// Gives a file a new name.
    pub fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.pass("rename")?;
        fs::rename(from, to)
    }

    /// Marks a file as used now.
    pub fn touch(&self, path: &Path) -> io::Result<()> {
        self.pass("touch")?;
        let now = Timespec { tv_sec: 0, tv_nsec: UTIME_NOW };
        Ok(rustix::fs::utimensat(
            CWD,
            path,
            &Timestamps { last_access: now, last_modification: now },
            AtFlags::empty(),
        )?)
    }

    /// Removes a file; one that is not there is fine.
    pub fn remove(&self, path: &Path) -> io::Result<()> {
        self.pass("remove")?;
        match fs::remove_file(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            done => done,
        }
    }

    /// Bytes that may still be written on the file system of `path`.
    pub fn free_bytes(&self, path: &Path) -> io::Result<u64> {
        let room = rustix::fs::statvfs(path)?;
        #[cfg(test)]
        if let Some(free) = self.faults.free_bytes() {
            return Ok(free);
        }
        Ok(room.f_bavail.saturating_mul(room.f_frsize))
    }

    /// Size of the file system of `path`, free or not.
    #[expect(clippy::unused_self, reason = "all that is asked of a disk is asked here")]
    pub fn total_bytes(&self, path: &Path) -> io::Result<u64> {
        let room = rustix::fs::statvfs(path)?;
        Ok(room.f_blocks.saturating_mul(room.f_frsize))
    }

    #[cfg(not(test))]
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "tests fail here")]
    fn pass(&self, _what: &str) -> io::Result<()> {
        Ok(())
    }

    #[cfg(test)]
    fn pass(&self, what: &'static str) -> io::Result<()> {
        self.faults.pass(what)
    }

    #[cfg(not(test))]
    #[expect(clippy::unused_self, reason = "tests tear writes here")]
    fn tear(&self, _file: &File, _parts: &[IoSlice<'_>], _offset: u64) {}

    /// A write that fails may have written a part.
    #[cfg(test)]
    fn tear(&self, file: &File, parts: &[IoSlice<'_>], offset: u64) {
        let half = &parts[0][..parts[0].len() / 2];
        rustix::io::pwrite(file, half, offset).expect("tests have room for a torn write");
    }
}
