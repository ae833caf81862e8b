//! Open files of blobs, so that a range costs one system call.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, IoSliceMut};
use std::ops::Range;
use std::os::unix::fs::FileExt as _;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use rustix::io::{Errno, ReadWriteFlags};
use tokio::task::spawn_blocking;

use super::error::Result;
use crate::domain::ids::Sha256;

/// Files kept open.
const OPEN_FILES: usize = 128;
/// Reads up to this size are first tried without leaving the async thread: the page cache has most of them.
const QUICK_BYTES: usize = 256 * 1024;

/// An open blob.
#[derive(Debug)]
pub(super) struct OpenBlob {
    file: File,
    /// Its size.
    pub size: u64,
}

impl OpenBlob {
    pub fn new(file: File) -> io::Result<Arc<Self>> {
        let size = file.metadata()?.len();
        Ok(Arc::new(Self { file, size }))
    }

    /// The bytes of `range`, as far as the blob has them.
    pub async fn read(self: &Arc<Self>, range: Range<u64>) -> Result<Bytes> {
        let (start, end) = (range.start, range.end.min(self.size));
        let len = usize::try_from(end.saturating_sub(start)).map_err(io::Error::other)?;
        let mut buffer = vec![0; len];
        if len <= QUICK_BYTES && self.read_if_cached(&mut buffer, start)? {
            return Ok(buffer.into());
        }
        let this = Arc::clone(self);
        spawn_blocking(move || {
            this.file.read_exact_at(&mut buffer, start)?;
            Ok(buffer.into())
        })
        .await?
    }

    /// Fills the buffer from the page cache; false where that would have to wait for the disk.
    fn read_if_cached(&self, buffer: &mut [u8], start: u64) -> io::Result<bool> {
        let mut done = 0;
        while done < buffer.len() {
            let slice = IoSliceMut::new(&mut buffer[done..]);
            match rustix::io::preadv2(&self.file, &mut [slice], start + done as u64, ReadWriteFlags::NOWAIT) {
                Ok(0) | Err(Errno::AGAIN | Errno::OPNOTSUPP | Errno::NOSYS | Errno::INVAL) => return Ok(false),
                Ok(read) => done += read,
                Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(true)
    }
}

/// The blobs used last.
#[derive(Debug, Default)]
pub(super) struct Handles(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    open: HashMap<Sha256, (Arc<OpenBlob>, u64)>,
    clock: u64,
}

impl Handles {
    /// The open file of a blob.
    pub fn find(&self, sha: Sha256) -> Option<Arc<OpenBlob>> {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        inner.clock += 1;
        let now = inner.clock;
        inner.open.get_mut(&sha).map(|(blob, used)| {
            *used = now;
            Arc::clone(blob)
        })
    }

    /// Keeps a file open, and lets go of the one used longest ago if there are too many.
    pub fn keep(&self, sha: Sha256, blob: &Arc<OpenBlob>) {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        inner.clock += 1;
        let now = inner.clock;
        inner.open.insert(sha, (Arc::clone(blob), now));
        if inner.open.len() > OPEN_FILES {
            let oldest = inner.open.iter().min_by_key(|(_, (_, used))| *used).map(|(sha, _)| *sha);
            oldest.and_then(|sha| inner.open.remove(&sha));
        }
    }

    /// Lets go of a blob's file.
    pub fn forget(&self, sha: Sha256) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).open.remove(&sha);
    }
}
