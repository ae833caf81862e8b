//! How much room is left for uploads.

use std::path::PathBuf;

use super::drive::Drive;
use super::error::{Error, Result};

/// The free space of the data folder's disk, less what is kept for the rest of the program.
#[derive(Debug, Clone)]
pub(super) struct Space {
    pub dir: PathBuf,
    pub reserve_bytes: u64,
    pub drive: Drive,
}

impl Space {
    /// Bytes that uploads may still use.
    pub fn usable_bytes(&self) -> Result<u64> {
        Ok(self.drive.free_bytes(&self.dir)?.saturating_sub(self.reserve_bytes))
    }

    /// Size of the disk.
    pub fn total_bytes(&self) -> Result<u64> {
        Ok(self.drive.total_bytes(&self.dir)?)
    }

    /// Refuses where fewer than `bytes` more can be written.
    pub fn check(&self, bytes: u64) -> Result<()> {
        match self.missing(bytes) {
            0 => Ok(()),
            missing_bytes => Err(Error::DiskFull { missing_bytes }),
        }
    }

    /// How much room is missing to write `bytes` more; 0 also when that cannot be told.
    pub fn missing(&self, bytes: u64) -> u64 {
        self.drive.free_bytes(&self.dir).map_or(0, |free| bytes.saturating_add(self.reserve_bytes).saturating_sub(free))
    }
}
