//! The requests that write uploads right now: one a file, and a newer one takes over from one that died unnoticed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

/// A request that writes without a byte for so long is taken for dead when another one comes.
const DEAD_AFTER: Duration = Duration::from_millis(2_000);

/// The requests that are writing right now.
#[derive(Default)]
pub(super) struct Writers(Mutex<HashMap<u128, Writer>>);

#[derive(Clone)]
pub(super) struct Writer {
    pub(super) last_byte: Arc<Mutex<Instant>>,
    pub(super) stop: CancellationToken,
}

/// Ends with the request.
pub(super) struct WriterGuard<'a> {
    writers: &'a Writers,
    id: u128,
    pub(super) writer: Writer,
}

impl Drop for WriterGuard<'_> {
    fn drop(&mut self) {
        let mut writers = self.writers.0.lock().unwrap_or_else(PoisonError::into_inner);
        if writers.get(&self.id).is_some_and(|other| Arc::ptr_eq(&other.last_byte, &self.writer.last_byte)) {
            writers.remove(&self.id);
        }
    }
}

impl Writers {
    pub(super) fn begin(&self, id: u128) -> WriterGuard<'_> {
        let writer = Writer { last_byte: Arc::new(Mutex::new(Instant::now())), stop: CancellationToken::new() };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id, writer.clone());
        WriterGuard { writers: self, id, writer }
    }

    /// Ends the writer of an upload if it seems dead; answers whether one is alive.
    pub(super) fn end_dead(&self, id: u128) -> bool {
        let writers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(writer) = writers.get(&id) else { return false };
        let silent = writer.last_byte.lock().unwrap_or_else(PoisonError::into_inner).elapsed();
        if silent < DEAD_AFTER {
            return true;
        }
        writer.stop.cancel();
        false
    }

    /// Ends all writers; what came is kept.
    pub(super) fn end_all(&self) {
        for writer in self.0.lock().unwrap_or_else(PoisonError::into_inner).values() {
            writer.stop.cancel();
        }
    }
}
