//! PDFium as a file that a child can load: a sealed piece of memory, or a file in the user's cache where that is refused.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::os::fd::{AsFd as _, OwnedFd};
use std::path::{Path, PathBuf};

use rustix::fs::{MemfdFlags, SealFlags, fcntl_add_seals, memfd_create};

const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/pdfium.zst"));
const SHA256: &str = include_str!(concat!(env!("OUT_DIR"), "/pdfium.sha256"));
/// The library has eight megabytes.
const SIZE_MAX: usize = 64 << 20;

/// Where the library lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// In memory that nobody can change.
    SealedMemory,
    /// In the user's cache folder.
    CacheFile,
}

/// The library as an open file of this kind.
///
/// # Errors
/// What the system refused.
pub fn open(kind: Kind) -> io::Result<OwnedFd> {
    let bytes = zstd::bulk::decompress(PACKED, SIZE_MAX)?;
    match kind {
        Kind::SealedMemory => sealed(&bytes),
        Kind::CacheFile => cached(&bytes, &cache_folder()?),
    }
}

fn sealed(bytes: &[u8]) -> io::Result<OwnedFd> {
    let memory = memfd_create("pdfium", MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING)?;
    let mut file = File::from(memory);
    file.write_all(bytes)?;
    fcntl_add_seals(file.as_fd(), SealFlags::SEAL | SealFlags::SHRINK | SealFlags::GROW | SealFlags::WRITE)?;
    Ok(file.into())
}

fn cached(bytes: &[u8], folder: &Path) -> io::Result<OwnedFd> {
    fs::create_dir_all(folder)?;
    let path = folder.join(format!("pdfium-{}.so", &SHA256[..16]));
    // The content is compared each time: a file in a cache folder may have been changed.
    if !fs::read(&path).is_ok_and(|found| found == bytes) {
        let partial = folder.join(format!("pdfium-{}.part", std::process::id()));
        fs::write(&partial, bytes)?;
        fs::rename(&partial, &path)?;
    }
    Ok(File::open(path)?.into())
}

fn cache_folder() -> io::Result<PathBuf> {
    let base = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")));
    base.map(|base| base.join("scrollkeeper"))
        .ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "neither XDG_CACHE_HOME nor HOME is set"))
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn the_library_lies_in_memory_that_nobody_can_change() {
        let mut memory = File::from(open(Kind::SealedMemory).unwrap());
        assert!(memory.write_all(b"x").is_err());
        assert!(memory.set_len(0).is_err());
    }

    #[test]
    fn a_changed_file_in_the_cache_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let content = |file: OwnedFd| {
            let mut text = String::new();
            File::from(file).read_to_string(&mut text).unwrap();
            text
        };
        assert_eq!(content(cached(b"library", folder.path()).unwrap()), "library");
        let path = fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
        fs::write(&path, b"somebody else's").unwrap();
        assert_eq!(content(cached(b"library", folder.path()).unwrap()), "library");
    }
}
