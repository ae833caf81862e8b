//! Derived files: one folder a blob, in the same store as the blobs.

use bytes::Bytes;
use futures_util::TryStreamExt as _;
use opendal::Operator;

use super::error::{Error, Result};
use super::remote::from_opendal;
use super::space::Space;
use crate::domain::ids::Sha256;

/// The derived files of all blobs.
#[derive(Debug, Clone)]
pub(super) struct Derived {
    pub operator: Operator,
    pub space: Space,
}

impl Derived {
    /// Keeps a file; one of that name is replaced at once.
    pub async fn put(&self, sha: Sha256, name: &str, bytes: Bytes) -> Result<()> {
        self.space.check(bytes.len() as u64)?;
        let missing = bytes.len() as u64;
        let done = self.operator.write(&path(sha, name)?, bytes).await;
        done.map_err(|error| from_opendal(error).wanting(|| self.space.missing(missing)))?;
        Ok(())
    }

    /// The file's bytes, if it has been made.
    pub async fn find(&self, sha: Sha256, name: &str) -> Result<Option<Bytes>> {
        match self.operator.read(&path(sha, name)?).await {
            Ok(buffer) => Ok(Some(buffer.to_bytes())),
            Err(error) if error.kind() == opendal::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(from_opendal(error)),
        }
    }

    /// Removes the files whose names begin with `prefix`.
    pub async fn delete(&self, sha: Sha256, prefix: &str) -> Result<()> {
        let folder = folder(sha);
        if prefix.is_empty() {
            return self.operator.delete_with(&folder).recursive(true).await.map_err(from_opendal);
        }
        let mut entries = self.operator.lister(&folder).await.map_err(from_opendal)?;
        while let Some(entry) = entries.try_next().await.map_err(from_opendal)? {
            if entry.metadata().is_file() && entry.name().starts_with(prefix) {
                self.operator.delete(entry.path()).await.map_err(from_opendal)?;
            }
        }
        Ok(())
    }
}

fn folder(sha: Sha256) -> String {
    format!("derived/{sha}/")
}

/// Names are ours, such as `layout.v1` or `page.v1.12.640`; anything else would be a mistake of the caller.
fn path(sha: Sha256, name: &str) -> Result<String> {
    let fits = (1..=100).contains(&name.len())
        && !name.starts_with('.')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'));
    if !fits {
        return Err(Error::Io(std::io::Error::new(std::io::ErrorKind::InvalidInput, "not a name of a derived file")));
    }
    Ok(folder(sha) + name)
}
