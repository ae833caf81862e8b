//! What is told to everybody who watches, as it happens.

use std::sync::OnceLock;

use super::change::Change;
use super::ids::{JobId, Key, LibraryId, UserId, Version};
use super::job::Job;

/// One event on the internal bus; never stored. Lost events are caught up by version.
#[derive(Debug, Clone, PartialEq)]
pub enum LiveEvent {
    /// A library reached a version by these changes.
    Changed {
        /// Which library.
        library: LibraryId,
        /// Its version now.
        version: Version,
        /// What changed.
        changes: Vec<Change>,
    },
    /// A job was made or changed state.
    Job(Box<Job>),
    /// A running job got on; at most four a second for each job.
    Progress {
        /// Which job.
        id: JobId,
        /// Its library, to choose who may see it.
        library: Option<LibraryId>,
        /// Its attachment.
        key: Option<Key>,
        /// On whose behalf.
        user: Option<UserId>,
        /// Pages read so far.
        page: u32,
        /// Pages in all.
        pages: u32,
    },
    /// The libraries, roles, sessions or tokens of a person changed: whether they are still let in, and what they may see, is
    /// to be asked anew.
    AccessChanged {
        /// Whose.
        user: UserId,
    },
    /// The server is about to restart; clients reconnect.
    Restarting,
}

/// An event as all who watch share it: thousands of connections tell it in the same words, which are written once.
#[derive(Debug)]
pub struct Told {
    /// What happened.
    pub event: LiveEvent,
    words: OnceLock<Box<str>>,
}

impl Told {
    /// Of an event that nobody has put into words yet.
    #[must_use]
    pub fn new(event: LiveEvent) -> Self {
        Self { event, words: OnceLock::new() }
    }

    /// The event in words; `write` is asked for them at the first call only.
    pub fn words(&self, write: impl FnOnce(&LiveEvent) -> String) -> &str {
        self.words.get_or_init(|| write(&self.event).into_boxed_str())
    }
}
