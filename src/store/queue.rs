//! The one writer: takes queued closures in turn and lets those that wait together share one sync of the disk.
//!
//! Each closure has a transaction of its own. All but the last of a batch commit without a sync; the last one syncs for
//! all, and only then is anybody told and the new state shown to readers.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use tokio::sync::{mpsc, oneshot};

use super::Snapshots;
use super::engine::{Durability, Engine};
use super::error::{Error, Result};
use super::transaction::WriteTx;

/// Writes that may wait before callers wait to enqueue.
const QUEUE_LENGTH: usize = 1024;
/// Writes that share one sync at most.
const BATCH_LENGTH: usize = 128;

/// The queue's entrance; the writer ends when it is dropped.
pub(crate) struct Queue {
    sender: Option<mpsc::Sender<Box<dyn Work>>>,
    writer: Mutex<Option<JoinHandle<()>>>,
}

impl Queue {
    /// Starts the writer's thread.
    pub(crate) fn start(engine: Box<dyn Engine>, snapshots: Arc<Snapshots>) -> Result<Self> {
        let (sender, receiver) = mpsc::channel(QUEUE_LENGTH);
        let writer = thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || Writer { engine, snapshots, receiver }.run())
            .map_err(|error| Error::Engine(format!("the writer's thread could not start: {error}")))?;
        Ok(Self { sender: Some(sender), writer: Mutex::new(Some(writer)) })
    }

    /// Queues a write and waits for it.
    pub(crate) async fn run<T, E, F>(&self, f: F) -> Result<T, E>
    where
        F: FnMut(&mut WriteTx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (work, reply) = Call::queued(f);
        let sender = self.sender.as_ref().ok_or(Error::Closed)?;
        sender.send(work).await.map_err(|_| Error::Closed)?;
        unpack(reply.await)
    }

    /// Queues a write and blocks until it is done.
    pub(crate) fn run_blocking<T, E, F>(&self, f: F) -> Result<T, E>
    where
        F: FnMut(&mut WriteTx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (work, reply) = Call::queued(f);
        let sender = self.sender.as_ref().ok_or(Error::Closed)?;
        sender.blocking_send(work).map_err(|_| Error::Closed)?;
        unpack(reply.blocking_recv())
    }
}

impl Drop for Queue {
    fn drop(&mut self) {
        self.sender = None;
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take();
        // The last clone of a store may die inside a closure, on the writer's own thread.
        if let Some(writer) = writer.filter(|writer| writer.thread().id() != thread::current().id())
            && let Err(panic) = writer.join()
        {
            tracing::error!("the store's writer panicked: {panic:?}");
        }
    }
}

type Answer<T, E> = thread::Result<Result<T, E>>;

fn unpack<T, E: From<Error>>(reply: Result<Answer<T, E>, oneshot::error::RecvError>) -> Result<T, E> {
    match reply {
        Ok(Ok(result)) => result,
        Ok(Err(panic)) => resume_unwind(panic),
        Err(_gone) => Err(Error::Closed.into()),
    }
}

/// A queued write whose types are forgotten.
trait Work: Send {
    /// Runs the closure; `true` if its writes are to be kept.
    fn run(&mut self, tx: &mut WriteTx<'_>) -> bool;

    /// Tells the caller; `outcome` is that of the commit.
    fn finish(self: Box<Self>, outcome: Result<()>);
}

struct Call<F, T, E> {
    f: F,
    answer: Option<Answer<T, E>>,
    reply: oneshot::Sender<Answer<T, E>>,
}

impl<F, T, E> Call<F, T, E>
where
    F: FnMut(&mut WriteTx<'_>) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: From<Error> + Send + 'static,
{
    fn queued(f: F) -> (Box<dyn Work>, oneshot::Receiver<Answer<T, E>>) {
        let (reply, receiver) = oneshot::channel();
        (Box::new(Self { f, answer: None, reply }), receiver)
    }
}

impl<F, T, E> Work for Call<F, T, E>
where
    F: FnMut(&mut WriteTx<'_>) -> Result<T, E> + Send,
    T: Send,
    E: From<Error> + Send,
{
    fn run(&mut self, tx: &mut WriteTx<'_>) -> bool {
        let answer = catch_unwind(AssertUnwindSafe(|| (self.f)(tx)));
        let keep = matches!(answer, Ok(Ok(_)));
        self.answer = Some(answer);
        keep
    }

    fn finish(self: Box<Self>, outcome: Result<()>) {
        let answer = match (self.answer, outcome) {
            (Some(Ok(Ok(_))) | None, Err(error)) => Ok(Err(error.into())),
            (Some(answer), _) => answer,
            (None, Ok(())) => Ok(Err(Error::Closed.into())),
        };
        // A caller that went away needs no answer.
        drop(self.reply.send(answer));
    }
}

struct Writer {
    engine: Box<dyn Engine>,
    snapshots: Arc<Snapshots>,
    receiver: mpsc::Receiver<Box<dyn Work>>,
}

/// How far one write came.
enum Step {
    /// Undone, or not even begun: the caller can be told at once.
    Over(Result<()>),
    /// Nothing was written, but what it read may wait for a sync.
    Clean,
    /// Committed.
    Committed(Durability),
}

impl Writer {
    fn run(mut self) {
        while let Some(first) = self.receiver.blocking_recv() {
            self.batch(first);
        }
    }

    /// Runs `first` and whatever waits behind it, then syncs once and tells everybody.
    fn batch(&mut self, first: Box<dyn Work>) {
        if let Err(error) = self.ensure_open() {
            return first.finish(Err(error));
        }
        let mut failed = false;
        let mut waiting: Vec<Box<dyn Work>> = Vec::new();
        let mut unsynced = false;
        let mut changed = false;
        let mut next = Some(first);
        while let Some(mut work) = next.take() {
            let may_take = waiting.len() + 1 < BATCH_LENGTH;
            let step = {
                let receiver = &mut self.receiver;
                step(&*self.engine, &mut *work, || {
                    next = if may_take { receiver.try_recv().ok() } else { None };
                    if next.is_some() { Durability::Later } else { Durability::Durable }
                })
            };
            match step {
                Step::Over(outcome) => {
                    failed |= outcome.is_err();
                    work.finish(outcome);
                }
                Step::Clean => waiting.push(work),
                Step::Committed(durability) => {
                    unsynced = durability == Durability::Later;
                    changed = true;
                    waiting.push(work);
                }
            }
        }
        let outcome = self.settle(unsynced, changed);
        if failed || outcome.is_err() {
            self.recover();
        }
        for work in waiting {
            work.finish(match &outcome {
                Ok(()) => Ok(()),
                Err(error) => Err(error.again()),
            });
        }
    }

    /// Opens the database anew if it refuses to write. After a failure of the disk below (no room left) the engine refuses
    /// everything until then.
    fn ensure_open(&mut self) -> Result<()> {
        if self.engine.write().is_ok() {
            return Ok(());
        }
        tracing::warn!("the database refuses to write after a failure; opening it again");
        self.snapshots.withdraw();
        self.engine.reopen()?;
        self.snapshots.publish(&*self.engine)
    }

    /// Lets readers go on after a failure, if that is possible yet; otherwise the next write tries again.
    fn recover(&mut self) {
        if let Err(error) = self.ensure_open() {
            tracing::error!("the database could not be opened again yet: {error}");
        }
    }

    /// Makes the batch durable, then visible.
    fn settle(&self, unsynced: bool, changed: bool) -> Result<()> {
        if unsynced {
            self.engine.write()?.commit(Durability::Durable)?;
        }
        if changed && let Err(error) = self.snapshots.publish(&*self.engine) {
            // The writes themselves are safe; reads will fail and say why.
            tracing::error!("no snapshot could be taken after a write: {error}");
        }
        Ok(())
    }
}

/// Runs one write up to its commit; `durability` is asked right before it.
fn step(engine: &dyn Engine, work: &mut dyn Work, durability: impl FnOnce() -> Durability) -> Step {
    let mut tx = match engine.write() {
        Ok(transaction) => WriteTx::new(transaction),
        Err(error) => {
            durability();
            return Step::Over(Err(error));
        }
    };
    let keep = work.run(&mut tx);
    let durability = durability();
    if !keep {
        return Step::Over(Ok(()));
    }
    if !tx.is_dirty() {
        return Step::Clean;
    }
    match tx.into_engine().commit(durability) {
        Ok(()) => Step::Committed(durability),
        Err(error) => Step::Over(Err(error)),
    }
}
