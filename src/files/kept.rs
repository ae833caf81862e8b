//! What only saves work: whole files under names of their own on the local disk, lost without harm.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use super::error::Result;
use super::room::Files;

/// Names of files that are being written.
static WRITING: AtomicU64 = AtomicU64::new(0);

impl Files {
    /// Keeps `bytes` under `name` (letters, digits, `-` and `.`), in place of what was there. Blocks; not synced: what a
    /// power cut leaves half-written is told by its sum and counts as missing.
    pub fn keep(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let to = self.kept_path(name);
        let from = self.data_dir().join("scratch").join(format!("kept-{}", WRITING.fetch_add(1, Ordering::Relaxed)));
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        let written = fs::write(&from, [&crc32fast::hash(bytes).to_le_bytes(), bytes].concat());
        let placed = written.and_then(|()| fs::rename(&from, &to));
        if placed.is_err() {
            fs::remove_file(&from).ok();
        }
        Ok(placed?)
    }

    /// What was kept under `name`, if it is there and whole. Blocks.
    pub fn kept(&self, name: &str) -> Result<Option<Vec<u8>>> {
        let mut bytes = match fs::read(self.kept_path(name)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let Some((sum, body)) = bytes.split_first_chunk::<4>() else { return Ok(None) };
        if u32::from_le_bytes(*sum) != crc32fast::hash(body) {
            return Ok(None);
        }
        bytes.drain(..4);
        Ok(Some(bytes))
    }

    /// Forgets what was kept under `name`. Blocks.
    pub fn forget_kept(&self, name: &str) -> Result<()> {
        match fs::remove_file(self.kept_path(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    fn kept_path(&self, name: &str) -> PathBuf {
        debug_assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.')));
        self.data_dir().join("kept").join(name)
    }
}
