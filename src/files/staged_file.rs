//! One upload's bytes on the local disk: append, sync, record the offset, hash. Everything here blocks.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::PathBuf;

use bytes::Bytes;
use sha2::Digest as _;

use super::drive::Drive;
use super::error::{Error, Result};
use super::record::{FILE_BYTES, Record};
use super::space::Space;
use crate::domain::ids::Sha256;

/// Bytes after which the disk is set to work, so that it is not idle until the end of a large upload.
const FLUSH_BYTES: u64 = 32 * 1024 * 1024;
/// Bytes read at once where a hash is made anew.
const READ_BYTES: usize = 256 * 1024;

/// The files of one upload.
#[derive(Debug, Clone)]
pub(super) struct StagedPaths {
    /// The folder of all uploads.
    pub dir: PathBuf,
    /// The bytes.
    pub bytes: PathBuf,
    /// The record of the durable offset.
    pub record: PathBuf,
}

/// One upload's bytes and how far they are safe.
#[derive(Debug)]
pub(super) struct StagedFile {
    drive: Drive,
    space: Space,
    paths: StagedPaths,
    file: Option<File>,
    record_file: Option<File>,
    record: Record,
    written: u64,
    running: RunningHash,
    /// The hash at the durable offset, to which a bad chunk returns.
    durable_hash: RunningHash,
    /// The whole upload's size, where it is known; only for telling how much room is missing.
    expected_bytes: Option<u64>,
    /// Bytes behind the durable offset wait for the caller's checksum.
    unchecked: bool,
    flushed: u64,
    flushing: Option<tokio::task::JoinHandle<()>>,
}

#[derive(Debug, Clone, Default)]
struct RunningHash {
    state: sha2::Sha256,
    upto: u64,
}

impl StagedFile {
    /// Takes up an upload where it is safe, and cuts off what is not. One without files stands at 0.
    pub fn load(drive: Drive, space: Space, paths: StagedPaths) -> Result<Self> {
        let (record_file, record) = load_record(&drive, &paths)?;
        let mut this = Self {
            drive,
            space,
            paths,
            file: None,
            record_file,
            record,
            written: record.offset,
            running: RunningHash::default(),
            durable_hash: RunningHash::default(),
            expected_bytes: None,
            unchecked: false,
            flushed: record.offset,
            flushing: None,
        };
        match fs::metadata(&this.paths.bytes) {
            Ok(there) if there.len() > record.offset => {
                let file = this.drive.open_or_create(&this.paths.bytes)?;
                this.drive.set_len(&file, record.offset)?;
                this.file = Some(file);
            }
            Ok(there) => this.lost_to(there.len())?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => this.lost_to(0)?,
            Err(error) => return Err(error.into()),
        }
        Ok(this)
    }

    /// How many bytes are written.
    pub fn written(&self) -> u64 {
        self.written
    }

    /// How many bytes survive a power cut.
    pub fn durable(&self) -> u64 {
        self.record.offset
    }

    /// The hash under which the upload was finished.
    pub fn finished(&self) -> Option<Sha256> {
        self.record.finished
    }

    /// The blob that the bytes have become, where they have left staging for it.
    pub fn moved(&self) -> Option<Sha256> {
        self.finished().filter(|_| !self.paths.bytes.exists())
    }

    /// Whether everything worth keeping is on the disk, so that [`StagedFile::load`] finds it again.
    pub fn is_at_rest(&self) -> bool {
        self.written == self.record.offset && (self.finished().is_none() || self.record_file.is_some())
    }

    /// Tells how large the upload will be, once that is known.
    pub fn expect_bytes(&mut self, total: u64) {
        self.expected_bytes = Some(total);
    }

    /// From here on, bytes count only once they are synced.
    pub fn hold_until_synced(&mut self) {
        self.unchecked = true;
    }

    /// Appends. Where it fails, the upload stands where it stood before.
    pub fn append(&mut self, parts: &[Bytes]) -> Result<()> {
        let len: u64 = parts.iter().map(|part| part.len() as u64).sum();
        if len == 0 {
            return Ok(());
        }
        if self.finished().is_some() {
            return Err(Error::WrongOffset { current: self.written });
        }
        let missing = |this: &Self| this.space.missing(this.still_to_come(len));
        self.space.check(len).map_err(|error| error.wanting(|| missing(self)))?;
        if let Err(error) = self.write(parts) {
            if let Some(file) = &self.file {
                // A longer file is cut again before it is used, so that a second failure does no harm.
                self.drive.set_len(file, self.written).ok();
            }
            return Err(Error::from(error).wanting(|| missing(self)));
        }
        if self.running.upto == self.written {
            for part in parts {
                self.running.state.update(part);
            }
            self.running.upto += len;
        }
        self.written += len;
        self.flush_early();
        Ok(())
    }

    /// Makes everything written durable and records how far that is.
    pub fn sync(&mut self) -> Result<u64> {
        if self.written > self.record.offset {
            self.sync_bytes()?;
            let next = Record { sequence: self.record.sequence + 1, offset: self.written, finished: None };
            self.write_record(next)?;
            self.durable_hash = self.running.clone();
        }
        self.unchecked = false;
        Ok(self.record.offset)
    }

    /// What a request that went away has left: kept if it may be, else cut off.
    pub fn settle(&mut self) -> Result<u64> {
        if self.unchecked {
            self.cut_back(self.record.offset)?;
            self.unchecked = false;
        }
        self.sync()
    }

    /// Cuts the upload back to `offset`.
    pub fn cut_back(&mut self, offset: u64) -> Result<()> {
        if offset > self.written || self.finished().is_some() {
            return Err(Error::WrongOffset { current: self.written });
        }
        if offset < self.record.offset {
            self.write_record(Record { sequence: self.record.sequence + 1, offset, finished: None })?;
            self.durable_hash = RunningHash::default();
        }
        let hash = if offset == self.durable_hash.upto { self.durable_hash.clone() } else { RunningHash::default() };
        self.running = hash;
        self.written = offset;
        self.flushed = self.flushed.min(offset);
        let file = self.bytes_file()?.try_clone()?;
        Ok(self.drive.set_len(&file, offset)?)
    }

    /// The SHA-256 of everything written.
    pub fn hash(&mut self) -> Result<Sha256> {
        if let Some(sha) = self.finished() {
            return Ok(sha);
        }
        if self.running.upto < self.written {
            let file = self.bytes_file()?.try_clone()?;
            let mut buffer = vec![0; READ_BYTES];
            while self.running.upto < self.written {
                let want = READ_BYTES.min(usize::try_from(self.written - self.running.upto).unwrap_or(READ_BYTES));
                file.read_exact_at(&mut buffer[..want], self.running.upto)?;
                self.running.state.update(&buffer[..want]);
                self.running.upto += want as u64;
            }
        }
        Ok(Sha256(self.running.state.clone().finalize().into()))
    }

    /// Makes the bytes durable and hands the file to `place`, which gives it its final name. Can be called again.
    pub fn finish(&mut self, place: impl FnOnce(&StagedPaths, Sha256, u64) -> Result<()>) -> Result<Sha256> {
        let sha = self.hash()?;
        if self.finished().is_none() {
            let file = self.bytes_file()?.try_clone()?;
            if file.metadata()?.len() != self.written {
                self.drive.set_len(&file, self.written)?;
            }
            self.sync_bytes()?;
            let next = Record { sequence: self.record.sequence + 1, offset: self.written, finished: Some(sha) };
            match self.record_file {
                Some(_) => self.write_record(next)?,
                None => self.record = next,
            }
            self.unchecked = false;
        }
        place(&self.paths, sha, self.written)?;
        self.file = None;
        Ok(sha)
    }

    /// Appends the bytes of other uploads, sharing blocks where the file system can. They are not yet synced.
    pub fn append_copies(&mut self, parts: &[(PathBuf, u64)]) -> Result<()> {
        if self.finished().is_some() {
            return Err(Error::WrongOffset { current: self.written });
        }
        let total: u64 = parts.iter().map(|(_, len)| len).sum();
        self.space.check(total)?;
        let file = self.bytes_file()?.try_clone()?;
        let mut to = self.written;
        for (path, len) in parts {
            let done = copy_range(&File::open(path)?, &file, to, *len);
            done.map_err(|error| Error::from(error).wanting(|| self.space.missing(total)))?;
            to += len;
        }
        self.written = to;
        Ok(())
    }

    /// Reads some of what is written.
    pub fn read(&mut self, start: u64, len: usize) -> Result<Bytes> {
        let len = usize::try_from(self.written.saturating_sub(start)).map_or(len, |rest| len.min(rest));
        let mut buffer = vec![0; len];
        self.bytes_file()?.read_exact_at(&mut buffer, start)?;
        Ok(buffer.into())
    }

    /// Removes the upload's files.
    pub fn remove(&mut self) -> Result<()> {
        self.file = None;
        self.record_file = None;
        self.drive.remove(&self.paths.bytes)?;
        Ok(self.drive.remove(&self.paths.record)?)
    }

    /// Starts writing to the disk what is in memory, without waiting. An error is not lost here: the file is opened
    /// anew, so the kernel tells it once more to the sync that counts.
    fn flush_early(&mut self) {
        let busy = self.flushing.as_ref().is_some_and(|task| !task.is_finished());
        if busy || self.written < self.flushed + FLUSH_BYTES {
            return;
        }
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        let Ok(file) = File::open(&self.paths.bytes) else { return };
        self.flushed = self.written;
        self.flushing = Some(runtime.spawn_blocking(move || {
            if let Err(error) = file.sync_data() {
                tracing::debug!(%error, "writing an upload ahead of its sync failed");
            }
        }));
    }

    fn write(&mut self, parts: &[Bytes]) -> io::Result<()> {
        let offset = self.written;
        let drive = self.drive.clone();
        drive.write_all_at(self.bytes_file()?, parts, offset)
    }

    fn bytes_file(&mut self) -> io::Result<&File> {
        let file = match self.file.take() {
            Some(file) => file,
            None => self.drive.open_or_create(&self.paths.bytes)?,
        };
        Ok(self.file.insert(file))
    }

    /// After a failed sync the kernel may have dropped the pages: nothing behind the durable offset can be trusted.
    fn sync_bytes(&mut self) -> Result<()> {
        let file = self.bytes_file()?.try_clone()?;
        let Err(error) = self.drive.sync_data(&file) else { return Ok(()) };
        let lost = self.written - self.record.offset;
        self.cut_back(self.record.offset)?;
        Err(Error::from(error).wanting(|| self.space.missing(lost)))
    }

    fn write_record(&mut self, next: Record) -> Result<()> {
        if self.record_file.is_none() {
            let file = self.drive.open_or_create(&self.paths.record)?;
            self.drive.write_all_at(&file, &[Bytes::from_static(&[0; FILE_BYTES])], 0)?;
            self.put_record(&file, next)?;
            self.drive.sync_dir(&self.paths.dir)?;
            self.record_file = Some(file);
        } else if let Some(file) = &self.record_file {
            self.put_record(file, next)?;
        }
        self.record = next;
        Ok(())
    }

    fn put_record(&self, file: &File, next: Record) -> io::Result<()> {
        self.drive.write_all_at(file, &[Bytes::copy_from_slice(&next.encode())], next.position())?;
        self.drive.sync_data(file)
    }

    /// Fewer bytes than recorded: a finished upload has been renamed; otherwise the disk has lost them.
    fn lost_to(&mut self, len: u64) -> Result<()> {
        if len < self.record.offset && self.record.finished.is_none() {
            self.written = len;
            self.write_record(Record { sequence: self.record.sequence + 1, offset: len, finished: None })?;
        }
        Ok(())
    }

    fn still_to_come(&self, at_least: u64) -> u64 {
        self.expected_bytes.map_or(at_least, |total| total.saturating_sub(self.written).max(at_least))
    }
}

/// Reads the record and makes sure that it is durable: it is about to be told to a client.
fn load_record(drive: &Drive, paths: &StagedPaths) -> Result<(Option<File>, Record)> {
    let bytes = match fs::read(&paths.record) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((None, Record::default())),
        Err(error) => return Err(error.into()),
    };
    let Some(record) = Record::newest(&bytes) else { return Ok((None, Record::default())) };
    let file = drive.open_or_create(&paths.record)?;
    drive.sync_data(&file)?;
    Ok((Some(file), record))
}

fn copy_range(from: &File, to: &File, at: u64, len: u64) -> io::Result<()> {
    let (mut read, mut write) = (0, at);
    while read < len {
        let want = usize::try_from(len - read).unwrap_or(usize::MAX).min(1 << 30);
        match rustix::fs::copy_file_range(from, Some(&mut read), to, Some(&mut write), want) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) if read == 0 && error.raw_os_error() != rustix::io::Errno::NOSPC.raw_os_error() => {
                return copy_bytes(from, to, at, len);
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Where the kernel cannot copy between the two files.
fn copy_bytes(from: &File, to: &File, at: u64, len: u64) -> io::Result<()> {
    let mut buffer = vec![0; READ_BYTES];
    let mut done = 0;
    while done < len {
        let want = READ_BYTES.min(usize::try_from(len - done).unwrap_or(READ_BYTES));
        from.read_exact_at(&mut buffer[..want], done)?;
        to.write_all_at(&buffer[..want], at + done)?;
        done += want as u64;
    }
    Ok(())
}
