//! The data folder and the configuration of one start.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use super::args::Place;
use crate::app::{App, Parts};
use crate::config::{Config, FileStore, Kind, LogFormat, Values, environment};
use crate::crypto::SealingKey;
use crate::domain::time::Timestamp;
use crate::files::{Files, FilesConfig, S3Config, StoreConfig};
use crate::pdf::{Limits, Pool, PoolConfig};
use crate::search::SearchIndex;
use crate::store::Store;

/// Documents after which a worker is replaced.
const RECYCLE_AFTER: u32 = 200;
/// A worker without work ends after this time.
const WORKER_REST_MS: u64 = 30_000;

/// Folders and files inside the data folder.
pub struct DataFolder(PathBuf);

impl DataFolder {
    /// Where the place says, else in the user's folder for data.
    pub fn locate(place: &Place) -> anyhow::Result<Self> {
        if let Some(path) = &place.data {
            return Ok(Self(std::path::absolute(path)?));
        }
        let base = match std::env::var_os("XDG_DATA_HOME").filter(|path| Path::new(path).is_absolute()) {
            Some(path) => PathBuf::from(path),
            None => PathBuf::from(std::env::var_os("HOME").context("no data folder: give one with --data")?)
                .join(".local/share"),
        };
        Ok(Self(base.join("scrollkeeper")))
    }

    /// Makes the folder (0700) if it is not there.
    pub fn make(&self) -> anyhow::Result<()> {
        use std::os::unix::fs::DirBuilderExt as _;
        if self.0.is_dir() {
            return Ok(());
        }
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.0)
            .with_context(|| format!("cannot make the data folder {}", self.0.display()))?;
        if let Some(parent) = self.0.parent() {
            std::fs::File::open(parent).and_then(|folder| folder.sync_all()).ok();
        }
        Ok(())
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The metadata.
    pub fn database(&self) -> PathBuf {
        self.0.join("scrollkeeper.redb")
    }

    /// The search index.
    pub fn index(&self) -> PathBuf {
        self.0.join("index")
    }

    /// The socket through which commands reach the running server.
    pub fn control_socket(&self) -> PathBuf {
        self.0.join("control.sock")
    }

    /// The one-time setup link, while there is one.
    pub fn setup_link(&self) -> PathBuf {
        self.0.join("setup-link.txt")
    }

    /// The key with which secrets are sealed; made at the first start.
    pub fn sealing_key(&self) -> anyhow::Result<SealingKey> {
        let path = self.0.join("secret.key");
        match std::fs::read(&path) {
            Ok(bytes) => {
                let bytes: [u8; 32] = bytes.as_slice().try_into().with_context(|| {
                    format!("{} is damaged: it must hold 32 bytes. Restore it from a backup.", path.display())
                })?;
                Ok(SealingKey::new(&bytes))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let bytes: [u8; 32] = crate::crypto::random();
                write_private(&path, &bytes)?;
                Ok(SealingKey::new(&bytes))
            }
            Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
        }
    }
}

/// Writes a file that only its owner may read, whole or not at all, synced.
pub fn write_private(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    let fresh = path.with_extension("new");
    let write = || -> std::io::Result<()> {
        let mut file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&fresh)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&fresh, path)
    };
    write().with_context(|| format!("cannot write {}", path.display()))
}

/// The values of all settings at a place.
pub fn load_values(place: &Place, flags: &[(&str, String)]) -> anyhow::Result<Values> {
    let in_folder = DataFolder::locate(place)?.path().join("config.toml");
    let file = place.config.clone().or_else(|| in_folder.is_file().then_some(in_folder));
    Ok(Values::load(flags, environment(), file.as_deref())?)
}

/// The configuration at a place.
pub fn load_config(place: &Place, flags: &[(&str, String)]) -> anyhow::Result<Config> {
    Ok(Config::from_values(&load_values(place, flags)?)?)
}

/// `config check`
pub fn check_config(place: &Place) -> anyhow::Result<ExitCode> {
    load_config(place, &[])?;
    println!("The configuration is right.");
    Ok(ExitCode::SUCCESS)
}

/// `config show`
pub fn show_config(place: &Place) -> anyhow::Result<ExitCode> {
    for (setting, value) in load_values(place, &[])?.iter() {
        let hidden = setting.kind == Kind::Secret && !value.text.is_empty();
        let text = if hidden { "(hidden)" } else { &value.text };
        println!("{} = {text:?}  # {}", setting.key, value.source.as_str());
    }
    Ok(ExitCode::SUCCESS)
}

/// Log lines to standard error.
pub fn start_log(config: &Config) -> anyhow::Result<()> {
    let filter = tracing_subscriber::EnvFilter::try_new(&config.log_filter)
        .with_context(|| format!("log.level = {:?} is no level and no filter", config.log_filter))?;
    let registry = tracing_subscriber::registry().with(filter);
    let layer = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    match config.log_format {
        LogFormat::Json => registry.with(layer.json().flatten_event(true)).init(),
        LogFormat::Text => registry.with(layer.with_target(false)).init(),
    }
    Ok(())
}

/// The workers as configured.
pub fn pool(config: &Config) -> anyhow::Result<Pool> {
    Ok(Pool::new(PoolConfig {
        executable: own_executable()?,
        workers: config.workers,
        limits: Limits {
            wall_ms: config.document_ms,
            cpu_s: config.document_ms / 1000,
            memory_bytes: config.worker_memory_bytes,
            max_pages: config.max_pages,
            ..Limits::default()
        },
        recycle_after: RECYCLE_AFTER,
        idle_ms: WORKER_REST_MS,
    }))
}

/// This program as it was started, even if its file was replaced by an update since.
fn own_executable() -> anyhow::Result<PathBuf> {
    let this = PathBuf::from("/proc/self/exe");
    if this.exists() {
        Ok(PathBuf::from(format!("/proc/{}/exe", std::process::id())))
    } else {
        Ok(std::env::current_exe()?)
    }
}

/// Opens everything in the data folder.
pub async fn open_app(data: &DataFolder, config: Config) -> anyhow::Result<Arc<App>> {
    data.make()?;
    let sealing_key = data.sealing_key()?;
    let database = data.database();
    let opened = tokio::task::spawn_blocking(move || Store::open(&database)).await??;
    if let Some(from) = opened.migrated_from {
        tracing::info!(from, "the database was brought up to this version; its former state is kept beside it");
    }
    let files = Files::open(FilesConfig {
        data_dir: data.path().to_owned(),
        store: store_config(&config.file_store),
        cache_bytes: config.cache_bytes,
        reserve_bytes: config.reserve_bytes,
    })
    .await?;
    let folder = data.index();
    let index = tokio::task::spawn_blocking(move || SearchIndex::open(&folder)).await??;
    if index.rebuilt {
        tracing::info!("the search index is built anew");
    }
    let pool = pool(&config)?;
    let clock = Arc::new(|| {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    });
    let parts = Parts { store: opened.store, files, index: Arc::new(index.index), pool, config, clock, sealing_key };
    Ok(App::new(parts)?)
}

fn store_config(store: &FileStore) -> StoreConfig {
    match store.clone() {
        FileStore::Disk => StoreConfig::Disk,
        FileStore::S3 { endpoint, region, bucket, prefix, access_key, secret_key } => {
            StoreConfig::S3(S3Config { endpoint, region, bucket, prefix, access_key, secret_key })
        }
    }
}
