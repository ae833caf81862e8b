//! A document read at once, for the command line and for tests.

use std::os::fd::OwnedFd;

use tokio::sync::mpsc;

use super::{Pool, ReadEvent, ReadFailure, Recognised};
use crate::domain::facts::Facts;
use crate::domain::layout::{DocumentHead, LayoutSlice};

/// Everything that a reading gives.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct WholeDocument {
    /// The last head.
    pub head: DocumentHead,
    /// All pages.
    pub slices: Vec<LayoutSlice>,
    /// What extraction concluded.
    pub facts: Facts,
}

/// Reads a document and keeps all of it in memory.
///
/// # Errors
/// As [`Pool::read`].
pub async fn read_whole(pool: &Pool, file: OwnedFd, password: Option<String>) -> Result<WholeDocument, ReadFailure> {
    collect(|events| pool.read(file, password, events)).await
}

/// As [`read_whole`], with the text that was recognised of its pages.
///
/// # Errors
/// As [`Pool::read`].
pub async fn read_whole_recognised(
    pool: &Pool,
    file: OwnedFd,
    password: Option<String>,
    recognised: Recognised,
) -> Result<WholeDocument, ReadFailure> {
    collect(|events| pool.read_recognised(file, password, recognised, events)).await
}

async fn collect<R: Future<Output = Result<(), ReadFailure>>>(
    read: impl FnOnce(mpsc::Sender<ReadEvent>) -> R,
) -> Result<WholeDocument, ReadFailure> {
    let (sender, mut events) = mpsc::channel(16);
    let collecting = async {
        let mut whole = WholeDocument::default();
        while let Some(event) = events.recv().await {
            match event {
                ReadEvent::Head(head) => whole.head = *head,
                ReadEvent::Slice(slice) => whole.slices.push(*slice),
                ReadEvent::Facts(facts) => whole.facts = *facts,
                ReadEvent::Progress { .. } => {}
            }
        }
        whole
    };
    let (outcome, whole) = tokio::join!(read(sender), collecting);
    outcome.map(|()| whole)
}
