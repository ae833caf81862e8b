//! Keeps workers: starts them on demand, gives each one document at a time, ends them after rest or any failure.

use std::io;
use std::os::fd::{AsFd as _, OwnedFd};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, mpsc as std_mpsc};
use std::time::{Duration, Instant};

use tokio::sync::{OnceCell, OwnedSemaphorePermit, Semaphore, mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use super::child::{Lost, Worker};
use super::frames::{Answer, Bounds, PROTOCOL, Request};
use super::order::Order;
use super::recognised::Recognised;
use super::sandbox::{Attempt, Report};
use super::{ReadEvent, ReadFailure, library};
use crate::domain::facts::ReadErrorCode;

/// How a pool works.
#[derive(Debug, Clone)]
pub struct PoolConfig {
    /// This program.
    pub executable: PathBuf,
    /// Documents read at once.
    pub workers: usize,
    /// What one document may use.
    pub limits: Limits,
    /// A worker ends after so many documents.
    pub recycle_after: u32,
    /// A worker ends after resting so long.
    pub idle_ms: u64,
}

/// What one document may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The longest that a worker may be silent, and the time for a document before its pages are counted; each page adds
    /// a tenth of a second.
    pub wall_ms: u64,
    /// Seconds of processor time before the pages are counted; each page adds a twentieth.
    pub cpu_s: u64,
    /// Address space, the worker itself and the file apart.
    pub memory_bytes: u64,
    /// Most pages.
    pub max_pages: u32,
    /// Most pixels of a picture.
    pub max_image_pixels: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { wall_ms: 60_000, cpu_s: 60, memory_bytes: 1 << 30, max_pages: 20_000, max_image_pixels: 16_000_000 }
    }
}

const PAGE_WALL: Duration = Duration::from_millis(100);
/// A worker that does not come up within this time never will.
const START_WALL: Duration = Duration::from_secs(20);
/// Pictures are wanted at once: they have workers of their own beyond the readers.
const DRAWERS: usize = 2;

/// The pool. Clones share it.
#[derive(Clone)]
pub struct Pool {
    inner: Arc<Inner>,
}

struct Inner {
    config: PoolConfig,
    readers: Arc<Semaphore>,
    drawers: Arc<Semaphore>,
    recognisers: Arc<Semaphore>,
    resting: Mutex<Vec<Resting>>,
    spawner: std_mpsc::Sender<SpawnOrder>,
    library: OnceCell<OwnedFd>,
    ending: CancellationToken,
}

struct Resting {
    worker: Worker,
    since: Instant,
}

/// A process to be started: it needs a runtime, and the path of this program.
struct SpawnOrder {
    runtime: tokio::runtime::Handle,
    start: Box<dyn FnOnce(&Path) + Send>,
}

impl Pool {
    /// A pool without any worker yet.
    #[must_use]
    pub fn new(config: PoolConfig) -> Self {
        let workers = config.workers.max(1);
        let inner = Inner {
            readers: Arc::new(Semaphore::new(workers)),
            drawers: Arc::new(Semaphore::new(DRAWERS)),
            recognisers: Arc::new(Semaphore::new(workers)),
            resting: Mutex::default(),
            spawner: start_spawner(config.executable.clone()),
            library: OnceCell::new(),
            ending: CancellationToken::new(),
            config,
        };
        Self { inner: Arc::new(inner) }
    }

    /// Reads a document, sending what is found as it is found. Dropping the future kills the worker.
    ///
    /// # Errors
    /// Why the document cannot be read to its end. If nobody takes the events any more, the reading ends as cancelled.
    pub async fn read(
        &self,
        file: OwnedFd,
        password: Option<String>,
        events: mpsc::Sender<ReadEvent>,
    ) -> Result<(), ReadFailure> {
        let _turn = turn(&self.inner.readers).await?;
        self.read_now(file, password, Recognised::default(), events).await
    }

    /// As [`Pool::read`], with the text that was recognised of its pages. Nobody else's reading waits for it.
    ///
    /// # Errors
    /// As for [`Pool::read`].
    pub async fn read_recognised(
        &self,
        file: OwnedFd,
        password: Option<String>,
        recognised: Recognised,
        events: mpsc::Sender<ReadEvent>,
    ) -> Result<(), ReadFailure> {
        let _turn = turn(&self.inner.recognisers).await?;
        self.read_now(file, password, recognised, events).await
    }

    async fn read_now(
        &self,
        file: OwnedFd,
        password: Option<String>,
        recognised: Recognised,
        events: mpsc::Sender<ReadEvent>,
    ) -> Result<(), ReadFailure> {
        let request = Request::Read { password, bounds: self.bounds(), recognised };
        let mut clock = self.clock();
        let mut order = Order::new(self.inner.config.limits.max_pages);
        let mut worker = self.begin(&request, file).await?;
        loop {
            match self.answer(worker, &mut clock).await? {
                (_, Answer::Failed(code, message)) => return Err(ReadFailure::said(code, message)),
                (served, Answer::Done) if order.is_complete() => {
                    self.rest(served);
                    return Ok(());
                }
                (going_on, Answer::Event(event)) if order.allows(&event) => {
                    worker = going_on;
                    if let ReadEvent::Progress { pages, .. } = event {
                        clock.allow_pages(pages);
                    }
                    if events.send(event).await.is_err() {
                        return Err(cancelled());
                    }
                }
                // No sound worker says this here.
                _ => return Err(ReadFailure::died(ReadErrorCode::Crashed)),
            }
        }
    }

    /// Draws a page, `width_px` wide, as WebP. Does not wait behind documents that are read.
    ///
    /// # Errors
    /// Why it cannot be drawn.
    pub async fn page_image(
        &self,
        file: OwnedFd,
        password: Option<String>,
        page_index: u32,
        width_px: u32,
    ) -> Result<Vec<u8>, ReadFailure> {
        let _turn = turn(&self.inner.drawers).await?;
        self.draw(Request::Draw { password, bounds: self.bounds(), page_index, width_px }, file).await
    }

    /// Draws a page for recognition, as a portable greymap.
    ///
    /// # Errors
    /// Why it cannot be drawn.
    pub(super) async fn scan(
        &self,
        file: OwnedFd,
        password: Option<String>,
        page_index: u32,
    ) -> Result<Vec<u8>, ReadFailure> {
        let _turn = turn(&self.inner.recognisers).await?;
        self.draw(Request::Scan { password, bounds: self.bounds(), page_index }, file).await
    }

    async fn draw(&self, request: Request, file: OwnedFd) -> Result<Vec<u8>, ReadFailure> {
        let mut clock = self.clock();
        let worker = self.begin(&request, file).await?;
        match self.answer(worker, &mut clock).await? {
            (worker, Answer::Picture(bytes)) => {
                self.rest(worker);
                Ok(bytes)
            }
            (_, Answer::Failed(code, message)) => Err(ReadFailure::said(code, message)),
            _ => Err(ReadFailure::died(ReadErrorCode::Crashed)),
        }
    }

    /// Starts a worker ahead of the first document, if none rests.
    ///
    /// # Errors
    /// Why none can be started.
    pub async fn warm(&self) -> Result<(), ReadFailure> {
        let worker = self.take().await?;
        self.rest(worker);
        Ok(())
    }

    /// Which measures of the sandbox hold on this machine.
    ///
    /// # Errors
    /// Why no worker can be started.
    pub async fn sandbox_report(&self) -> Result<Report, ReadFailure> {
        let worker = self.take().await?;
        let report = worker.report.clone();
        self.rest(worker);
        Ok(report)
    }

    /// Whether a worker is refused when it tries this.
    ///
    /// # Errors
    /// Why no worker can be started, or that it died of trying.
    pub async fn is_refused(&self, attempt: Attempt) -> Result<bool, ReadFailure> {
        let mut worker = self.take().await?;
        if worker.send(&Request::Probe { attempt, bounds: self.bounds() }, None).await.is_err() {
            return Err(ReadFailure::died(worker.cause_of_death().await));
        }
        match self.answer(worker, &mut self.clock()).await? {
            (worker, Answer::Refused(refused)) => {
                self.rest(worker);
                Ok(refused)
            }
            _ => Err(ReadFailure::died(ReadErrorCode::Crashed)),
        }
    }

    /// Ends every worker, also those at work, and waits until they are given back.
    pub async fn shutdown(&self) {
        self.inner.ending.cancel();
        let all = u32::try_from(self.inner.config.workers.max(1)).unwrap_or(u32::MAX);
        let readers = self.inner.readers.acquire_many(all).await;
        let drawers = self.inner.drawers.acquire_many(u32::try_from(DRAWERS).unwrap_or(u32::MAX)).await;
        let recognisers = self.inner.recognisers.acquire_many(all).await;
        self.inner.readers.close();
        self.inner.drawers.close();
        self.inner.recognisers.close();
        drop((readers, drawers, recognisers));
        let resting = std::mem::take(&mut *lock(&self.inner.resting));
        for one in resting {
            one.worker.end().await;
        }
    }

    fn clock(&self) -> Clock {
        Clock::new(Duration::from_millis(self.inner.config.limits.wall_ms))
    }

    fn bounds(&self) -> Bounds {
        let Limits { cpu_s, memory_bytes, max_pages, max_image_pixels, .. } = self.inner.config.limits;
        Bounds { cpu_s, memory_bytes, max_pages, max_image_pixels }
    }

    /// Gives a request to a worker; a rested one that died meanwhile is replaced once.
    async fn begin(&self, request: &Request, file: OwnedFd) -> Result<Worker, ReadFailure> {
        let mut worker = self.take().await?;
        if worker.send(request, Some(file.as_fd())).await.is_ok() {
            return Ok(worker);
        }
        let mut fresh = self.start().await?;
        match fresh.send(request, Some(file.as_fd())).await {
            Ok(()) => Ok(fresh),
            Err(Lost) => Err(ReadFailure::died(fresh.cause_of_death().await)),
        }
    }

    async fn answer(&self, mut worker: Worker, clock: &mut Clock) -> Result<(Worker, Answer), ReadFailure> {
        let asked = Instant::now();
        let received = tokio::select! {
            received = tokio::time::timeout(clock.patience(), worker.receive()) => received,
            () = self.inner.ending.cancelled() => return Err(cancelled()),
        };
        clock.spend(asked.elapsed());
        match received {
            Ok(Ok(answer)) => Ok((worker, answer)),
            Ok(Err(Lost)) => Err(ReadFailure::died(worker.cause_of_death().await)),
            Err(_) => Err(ReadFailure::died(ReadErrorCode::TimedOut)),
        }
    }

    async fn take(&self) -> Result<Worker, ReadFailure> {
        let rested = lock(&self.inner.resting).pop();
        match rested {
            Some(resting) => Ok(resting.worker),
            None => self.start().await,
        }
    }

    /// Keeps a worker for the next document, unless it has served enough.
    fn rest(&self, mut worker: Worker) {
        worker.served += 1;
        if worker.served >= self.inner.config.recycle_after || self.inner.ending.is_cancelled() {
            return;
        }
        let mut resting = lock(&self.inner.resting);
        resting.push(Resting { worker, since: Instant::now() });
        if resting.len() == 1 {
            tokio::spawn(end_the_rested(Arc::downgrade(&self.inner), self.inner.ending.clone()));
        }
    }

    async fn start(&self) -> Result<Worker, ReadFailure> {
        let first = self.start_with(library::Kind::SealedMemory).await;
        match first {
            Err(failure) if self.inner.library.get().is_none() => {
                // Memory that may not be run, or none at all: a file will do.
                self.start_with(library::Kind::CacheFile).await.map_err(|_| failure)
            }
            outcome => outcome,
        }
    }

    async fn start_with(&self, kind: library::Kind) -> Result<Worker, ReadFailure> {
        if let Some(library) = self.inner.library.get() {
            return self.start_from(library).await;
        }
        let opened = tokio::task::spawn_blocking(move || library::open(kind)).await;
        let opened = opened.map_err(std::io::Error::other).and_then(|inner| inner);
        let library = opened.map_err(|error| not_started(&format!("its library cannot be placed ({error})")))?;
        let worker = self.start_from(&library).await?;
        // Another start may have come first; then this copy goes.
        let _ = self.inner.library.set(library);
        Ok(worker)
    }

    async fn start_from(&self, library: &OwnedFd) -> Result<Worker, ReadFailure> {
        let mut worker = self
            .spawn(Worker::spawn)
            .await
            .map_err(|error| not_started(&format!("the program did not start ({error})")))?;
        let silent = || not_started("it ended before it was ready");
        let memory_bytes = self.inner.config.limits.memory_bytes;
        let hello = Request::Hello { protocol: PROTOCOL, memory_bytes };
        worker.send(&hello, Some(library.as_fd())).await.map_err(|Lost| silent())?;
        match tokio::time::timeout(START_WALL, worker.receive()).await {
            Ok(Ok(Answer::Ready(report))) => {
                worker.report = report;
                Ok(worker)
            }
            Ok(Ok(Answer::Failed(_, reason))) => Err(not_started(&reason)),
            _ => Err(silent()),
        }
    }
}

impl Pool {
    /// Starts a process of this program on the thread that outlives it.
    pub(super) async fn spawn<T: Send + 'static>(
        &self,
        start: impl FnOnce(&Path) -> io::Result<T> + Send + 'static,
    ) -> io::Result<T> {
        let (done, started) = oneshot::channel();
        // A caller that went away meanwhile drops, and so ends, what was started.
        let start = Box::new(move |program: &Path| drop(done.send(start(program))));
        let order = SpawnOrder { runtime: tokio::runtime::Handle::current(), start };
        let ended = || io::Error::other("its starter has ended");
        self.inner.spawner.send(order).map_err(|_| ended())?;
        started.await.map_err(|_| ended())?
    }
}

async fn turn(semaphore: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, ReadFailure> {
    Arc::clone(semaphore).acquire_owned().await.map_err(|_| cancelled())
}

fn cancelled() -> ReadFailure {
    ReadFailure {
        code: ReadErrorCode::Crashed,
        message: "Reading this PDF was cancelled.".to_owned(),
        worker_died: true,
    }
}

fn not_started(reason: &str) -> ReadFailure {
    let reason = reason.trim_end_matches('.');
    ReadFailure {
        code: ReadErrorCode::Crashed,
        message: format!("The PDF reader could not be started: {reason}. `scrollkeeper doctor` tells more."),
        worker_died: true,
    }
}

/// Ends workers that have rested long enough, until none rests.
async fn end_the_rested(pool: std::sync::Weak<Inner>, ending: CancellationToken) {
    loop {
        let wait = {
            let Some(inner) = pool.upgrade() else { return };
            let rest = Duration::from_millis(inner.config.idle_ms);
            let mut resting = lock(&inner.resting);
            resting.retain(|one| one.since.elapsed() < rest);
            match resting.iter().map(|one| rest.saturating_sub(one.since.elapsed())).min() {
                Some(wait) => wait,
                None => return,
            }
        };
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = ending.cancelled() => return,
        }
    }
}

/// Workers end with the thread that started them, and the runtime's threads come and go: one thread starts them all.
fn start_spawner(executable: PathBuf) -> std_mpsc::Sender<SpawnOrder> {
    let (orders, queue) = std_mpsc::channel::<SpawnOrder>();
    let spawn = move || {
        for order in queue {
            let _runtime = order.runtime.enter();
            (order.start)(&executable);
        }
    };
    // Without the thread every order fails with a clear message.
    let _ = std::thread::Builder::new().name("pdf-spawner".to_owned()).spawn(spawn);
    orders
}

/// Time spent waiting for a worker; time in which nobody takes its results does not count.
struct Clock {
    silence: Duration,
    left: Duration,
    pages: u32,
}

impl Clock {
    fn new(wall: Duration) -> Self {
        Self { silence: wall, left: wall, pages: 0 }
    }

    fn allow_pages(&mut self, pages: u32) {
        if self.pages == 0 {
            self.pages = pages;
            self.left += PAGE_WALL * pages;
        }
    }

    fn patience(&self) -> Duration {
        self.silence.min(self.left)
    }

    fn spend(&mut self, time: Duration) {
        self.left = self.left.saturating_sub(time);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
