//! Durable background work as everybody sees it.

use super::ids::{JobId, Key, LibraryId, Sha256, UserId};
use super::time::Timestamp;

/// What a job does.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum JobKind {
    /// Read a PDF: layout, facts, then merge into the paper.
    Parse {
        /// The bytes to read.
        sha256: Sha256,
    },
    /// Recognise the text of pages that are pictures, then read the PDF again with it.
    Recognise {
        /// The bytes to read.
        sha256: Sha256,
    },
    /// Move a finished upload from local staging to the blob store (S3).
    StoreBlob {
        /// The bytes to move.
        sha256: Sha256,
    },
    /// Remove what nothing points to: expired uploads, orphan blobs.
    Sweep,
}

impl JobKind {
    /// The name in the API, in records and in logs.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            JobKind::Parse { .. } => "parse",
            JobKind::Recognise { .. } => "recognise",
            JobKind::StoreBlob { .. } => "store_blob",
            JobKind::Sweep => "sweep",
        }
    }
}

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JobState {
    /// Waits for its turn, or (after a failed attempt) for `run_at`.
    Queued,
    /// Leased by a runner.
    Running,
    /// Ended well.
    Done,
    /// Ended for good without success; kept with its reason until somebody retries.
    Failed,
    /// Stopped by somebody.
    Cancelled,
}

impl JobState {
    /// All states, in the order in which a job may come to them.
    pub const ALL: [JobState; 5] =
        [JobState::Queued, JobState::Running, JobState::Done, JobState::Failed, JobState::Cancelled];

    /// The state of that name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// The name in the API and in records.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            JobState::Queued => "queued",
            JobState::Running => "running",
            JobState::Done => "done",
            JobState::Failed => "failed",
            JobState::Cancelled => "cancelled",
        }
    }

    /// Whether the job will still do something by itself.
    #[must_use]
    pub fn is_active(self) -> bool {
        matches!(self, JobState::Queued | JobState::Running)
    }
}

/// A job as listed. Progress (`page` of `pages`) is live only, never stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its number.
    pub id: JobId,
    /// What it does.
    pub kind: JobKind,
    /// Where it stands.
    pub state: JobState,
    /// The attempt under way or next, from 1.
    pub attempt: u32,
    /// When it may run (again).
    pub run_at: Timestamp,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it last changed state.
    pub changed_at: Timestamp,
    /// The library it is about.
    pub library: Option<LibraryId>,
    /// The attachment it is about.
    pub key: Option<Key>,
    /// On whose behalf; that person may see and cancel it.
    pub user: Option<UserId>,
    /// Why it failed or waits, in words for a person.
    pub message: Option<String>,
    /// Lower runs first: 0 a person waits, 100 a large drop, 200 the program's own.
    pub priority: u8,
    /// Attempts that ended with a dead worker.
    pub crashes: u32,
}
