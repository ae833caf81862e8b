//! Where the bytes lie.

use std::fmt;
use std::path::PathBuf;

/// How this room is set up.
#[derive(Debug, Clone)]
pub struct FilesConfig {
    /// The data folder; this room uses `blobs`, `derived`, `staging`, `outbox`, `cache`, `kept` and `scratch` in it.
    pub data_dir: PathBuf,
    /// Where blobs and derived files lie.
    pub store: StoreConfig,
    /// How many bytes of a remote store's blobs are kept on the local disk.
    pub cache_bytes: u64,
    /// Free space that uploads never use up, so that the rest of the program goes on when they stop; at most an
    /// eighth of the disk.
    pub reserve_bytes: u64,
}

/// Where blobs and derived files lie.
#[derive(Debug, Clone)]
pub enum StoreConfig {
    /// In the data folder.
    Disk,
    /// In a bucket; the data folder has staging, outbox and cache.
    S3(S3Config),
    /// In memory, behind the same outbox and cache as a bucket. For tests.
    Memory,
}

/// A bucket of an S3 store.
#[derive(Clone)]
pub struct S3Config {
    /// Address of the service, such as `http://127.0.0.1:8333`.
    pub endpoint: String,
    /// Region, such as `us-east-1`; most own servers take any.
    pub region: String,
    /// Name of the bucket.
    pub bucket: String,
    /// Folder in the bucket, empty for its root.
    pub prefix: String,
    /// Name of the key.
    pub access_key: String,
    /// The key's secret.
    pub secret_key: String,
}

impl fmt::Debug for S3Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("S3Config")
            .field("endpoint", &self.endpoint)
            .field("region", &self.region)
            .field("bucket", &self.bucket)
            .field("prefix", &self.prefix)
            .finish_non_exhaustive()
    }
}
