//! Jobs.

use minicbor::{Decode, Encode};

use crate::domain::ids::{JobId, Key, LibraryId, Sha256, UserId};
use crate::domain::job::{Job, JobKind, JobState};
use crate::domain::time::Timestamp;

/// A job; its number is in the table's key.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub(crate) struct JobRecord {
    #[n(0)]
    pub kind: KindRecord,
    #[n(1)]
    pub state: JobState,
    #[n(2)]
    pub attempt: u32,
    #[n(3)]
    pub run_at: Timestamp,
    #[n(4)]
    pub created_at: Timestamp,
    #[n(5)]
    pub changed_at: Timestamp,
    #[n(6)]
    pub library: Option<LibraryId>,
    #[n(7)]
    pub key: Option<Key>,
    #[n(8)]
    pub user: Option<UserId>,
    #[n(9)]
    pub message: Option<String>,
    #[n(10)]
    pub priority: u8,
    #[n(11)]
    #[cbor(default)]
    pub crashes: u32,
    /// While it runs: who has it.
    #[n(12)]
    pub lease: Option<LeaseRecord>,
}

#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub(crate) enum KindRecord {
    #[n(0)]
    Parse(#[n(0)] Sha256),
    #[n(1)]
    StoreBlob(#[n(0)] Sha256),
    #[n(2)]
    Sweep,
    #[n(3)]
    Recognise(#[n(0)] Sha256),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub(crate) struct LeaseRecord {
    /// The run of the program to which the runner belongs.
    #[n(0)]
    pub boot: u64,
    /// The runner in it.
    #[n(1)]
    pub runner: u32,
    /// When another run of the program may take it.
    #[n(2)]
    pub until: Timestamp,
}

impl From<&JobKind> for KindRecord {
    fn from(kind: &JobKind) -> Self {
        match kind {
            JobKind::Parse { sha256 } => KindRecord::Parse(*sha256),
            JobKind::Recognise { sha256 } => KindRecord::Recognise(*sha256),
            JobKind::StoreBlob { sha256 } => KindRecord::StoreBlob(*sha256),
            JobKind::Sweep => KindRecord::Sweep,
        }
    }
}

impl From<KindRecord> for JobKind {
    fn from(record: KindRecord) -> Self {
        match record {
            KindRecord::Parse(sha256) => JobKind::Parse { sha256 },
            KindRecord::Recognise(sha256) => JobKind::Recognise { sha256 },
            KindRecord::StoreBlob(sha256) => JobKind::StoreBlob { sha256 },
            KindRecord::Sweep => JobKind::Sweep,
        }
    }
}

impl JobRecord {
    /// The job under `id`.
    pub(crate) fn into_job(self, id: JobId) -> Job {
        Job {
            id,
            kind: self.kind.into(),
            state: self.state,
            attempt: self.attempt,
            run_at: self.run_at,
            created_at: self.created_at,
            changed_at: self.changed_at,
            library: self.library,
            key: self.key,
            user: self.user,
            message: self.message,
            priority: self.priority,
            crashes: self.crashes,
        }
    }

    /// The record of `job`.
    pub(crate) fn of(job: &Job, lease: Option<LeaseRecord>) -> Self {
        Self {
            kind: (&job.kind).into(),
            state: job.state,
            attempt: job.attempt,
            run_at: job.run_at,
            created_at: job.created_at,
            changed_at: job.changed_at,
            library: job.library,
            key: job.key,
            user: job.user,
            message: job.message.clone(),
            priority: job.priority,
            crashes: job.crashes,
            lease,
        }
    }
}
