//! The whole program for one test: real store and index in memory, real files, real readers of PDFs, a clock that stands
//! still until it is moved, and the routes as they are served.

mod calls;
mod papers;
mod people;
mod served;
mod uploads;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use poem::endpoint::BoxEndpoint;
use scrollkeeper::app::{App, Parts};
use scrollkeeper::config::{Config, Values};
use scrollkeeper::crypto::SealingKey;
use scrollkeeper::domain::library::Library;
use scrollkeeper::domain::live::Told;
use scrollkeeper::domain::time::Timestamp;
use scrollkeeper::files::{Files, FilesConfig, StoreConfig};
use scrollkeeper::http;
use scrollkeeper::pdf::{Limits, Pool, PoolConfig};
use scrollkeeper::search::SearchIndex;
use scrollkeeper::store::{Store, libraries};
use tokio::sync::broadcast::Receiver;
use tokio_util::sync::CancellationToken;

pub use calls::{Answer, Call};
pub use papers::{PAPER_TITLE, paper_pdf};
pub use people::{PASSWORD, Person};
pub use served::Served;
pub use uploads::{Uploaded, metadata};

/// Nothing here takes longer than this unless it hangs.
pub const PATIENCE: Duration = Duration::from_secs(60);
/// 2026-11-25, noon.
const NOON_MS: i64 = 1_795_608_000_000;
/// What the routes are told they are bound to.
pub const BOUND: &str = "127.0.0.1:7171";

/// A clock that stands still.
#[derive(Clone)]
pub struct TestClock(Arc<AtomicI64>);

impl TestClock {
    /// Moves it on.
    pub fn advance_ms(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }

    /// Moves it on.
    pub fn advance_minutes(&self, minutes: i64) {
        self.advance_ms(minutes * 60_000);
    }
}

/// The program.
pub struct TestApp {
    /// The use cases.
    pub app: Arc<App>,
    /// Its clock.
    pub clock: TestClock,
    endpoint: Arc<BoxEndpoint<'static>>,
    index: Arc<SearchIndex>,
    store: Store,
    stop: CancellationToken,
    folder: tempfile::TempDir,
}

/// How to start it.
pub struct Start {
    settings: Vec<(&'static str, String)>,
    runs_jobs: bool,
}

impl Start {
    /// With another value of a setting.
    pub fn with(mut self, key: &'static str, value: &str) -> Self {
        self.settings.push((key, value.to_owned()));
        self
    }

    /// With runners, so that uploaded PDFs are read.
    pub fn with_jobs(mut self) -> Self {
        self.runs_jobs = true;
        self
    }

    /// Starts the program without an administrator.
    pub async fn unset(self) -> TestApp {
        let folder = tempfile::tempdir().unwrap();
        let config = Config::from_values(&Values::load(&self.settings, [], None).unwrap()).unwrap();
        let clock = TestClock(Arc::new(AtomicI64::new(NOON_MS)));
        let ticking = clock.clone();
        let files = FilesConfig {
            data_dir: folder.path().to_owned(),
            store: StoreConfig::Disk,
            cache_bytes: 64 << 20,
            reserve_bytes: 0,
        };
        let (store, index) = (Store::in_memory().unwrap(), Arc::new(SearchIndex::in_memory().unwrap()));
        let app = App::new(Parts {
            store: store.clone(),
            files: Files::open(files).await.unwrap(),
            index: Arc::clone(&index),
            pool: Pool::new(PoolConfig {
                executable: PathBuf::from(env!("CARGO_BIN_EXE_scrollkeeper")),
                workers: 1,
                limits: Limits::default(),
                recycle_after: 100,
                idle_ms: 60_000,
            }),
            config,
            clock: Arc::new(move || Timestamp(ticking.0.load(Ordering::SeqCst))),
            sealing_key: SealingKey::new(&[7; 32]),
        })
        .unwrap();
        let stop = CancellationToken::new();
        if self.runs_jobs {
            tokio::spawn(scrollkeeper::jobs::run(Arc::clone(&app), stop.clone()));
        }
        let render: http::RenderMetrics = Arc::new(String::new);
        let endpoint = Arc::new(http::endpoint(Arc::clone(&app), BOUND.parse().unwrap(), render));
        TestApp { app, clock, endpoint, index, store, stop, folder }
    }

    /// Starts the program with an administrator.
    pub async fn ready(self) -> (TestApp, Person) {
        let app = self.unset().await;
        let admin = app.new_admin("ada").await;
        (app, admin)
    }
}

impl TestApp {
    /// A start with usual settings and without runners.
    pub fn start() -> Start {
        let settings = vec![
            ("workers.count", "1".to_owned()),
            ("files.reserve_mb", "0".to_owned()),
            ("server.trusted_proxies", "127.0.0.1".to_owned()),
        ];
        Start { settings, runs_jobs: false }
    }

    /// Waits for what `look` finds, looking again at each event.
    pub async fn until<T, F: Future<Output = Option<T>>>(&self, what: &str, look: impl Fn() -> F) -> T {
        let mut events = self.app.events();
        let waiting = async {
            loop {
                if let Some(found) = look().await {
                    return found;
                }
                next_event(&mut events).await;
            }
        };
        tokio::time::timeout(PATIENCE, waiting).await.unwrap_or_else(|_| panic!("{what} does not come"))
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        self.folder.path()
    }

    /// The metadata, for what no route shows.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Has the daily sweep done, by runners that the program was started with.
    pub async fn sweep(&self, admin: &Person) {
        let last_done = async || -> Option<u64> {
            let done = self.get(admin, "/api/v1/jobs?state=done").await.json();
            let sweeps = done["items"].as_array().unwrap().iter().filter(|job| job["kind"] == "sweep");
            sweeps.filter_map(|job| job["id"].as_u64()).max()
        };
        let before = last_done().await;
        self.app.schedule_sweep().await.unwrap();
        self.until("the sweep", || async { last_done().await.filter(|id| Some(*id) > before) }).await;
    }

    /// Brings everything that has changed so far into the search index.
    pub async fn index_all(&self) {
        let once = CancellationToken::new();
        once.cancel();
        loop {
            Arc::clone(&self.app).keep_index(once.clone()).await;
            let applied = self.index.applied().unwrap();
            let libraries = self.store.read_blocking(|tx| libraries::list(tx, None, usize::MAX)).unwrap();
            let is_behind = |library: &Library| applied.get(&library.id).copied().unwrap_or_default() < library.version;
            if !libraries.iter().any(is_behind) {
                return;
            }
        }
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

async fn next_event(events: &mut Receiver<Arc<Told>>) {
    use tokio::sync::broadcast::error::RecvError;
    match events.recv().await {
        Ok(_) | Err(RecvError::Lagged(_)) => {}
        Err(RecvError::Closed) => panic!("the program is gone"),
    }
}
