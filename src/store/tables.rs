//! Every table with its key layout. Parts are those of [`super::tuple`]; a record's type stands behind the arrow, `()` for
//! an index entry without a value.
//!
//! A secondary index is written in the same function as its record, which is the only place that writes either.

/// A table of the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// (name) → `u32` schema, server identity, set-up state.
    Meta,
    /// (counter name) → last number given out.
    Counters,
    /// (setting name) → `Setting`.
    Settings,
    /// (user) → `User`.
    Users,
    /// (folded username or e-mail) → user.
    UsersByLogin,
    /// (hash of the secret) → `Session`.
    Sessions,
    /// (user, hash) → ().
    SessionsByUser,
    /// (expires at, hash) → ().
    SessionsByExpiry,
    /// (hash of the secret) → `Token`.
    Tokens,
    /// (user, token id) → hash.
    TokensByUser,
    /// (key: address or account) → `Attempts`.
    Attempts,
    /// (library) → `LibraryRecord`.
    Libraries,
    /// (user) → their own library.
    PersonalLibraries,
    /// (library, user) → role.
    Members,
    /// (user, library) → role.
    LibrariesByMember,
    /// (library, key) → `ItemRecord`.
    Items,
    /// (library, parent, key) → ().
    ItemsByParent,
    /// (library, version, key) → ().
    ItemsByVersion,
    /// (library, modified at, key) → (): items in the trash.
    TrashedItems,
    /// (hash, library, key) → (): attachments that point to a blob.
    AttachmentsByBlob,
    /// (library, key) → `CollectionRecord`.
    Collections,
    /// (library, version, object kind, key) → `ChangeRecord`.
    Changes,
    /// (library) → `ChangeLogRecord`: where the log begins, how many entries it has.
    ChangeLogs,
    /// (library, version, object kind, key) → time: deletions, for ever.
    Deletions,
    /// (hash) → `Blob`.
    Blobs,
    /// (since, hash) → (): blobs without an attachment.
    OrphanBlobs,
    /// (upload id) → `Upload`.
    Uploads,
    /// (user, newest created at, upload id) → ().
    UploadsByUser,
    /// (expires at, upload id) → ().
    UploadsByExpiry,
    /// (job) → `JobRecord`.
    Jobs,
    /// (kind, priority, run at, job) → (): queued jobs.
    JobsDue,
    /// (state, newest job) → ().
    JobsByState,
    /// (library, newest job) → ().
    JobsByLibrary,
    /// (user, newest job) → ().
    JobsByUser,
    /// (kind, hash or nothing, job) → (): queued and running jobs.
    ActiveJobs,
    /// (changed at, job) → (): jobs that are done, failed or cancelled.
    EndedJobs,
    /// (state) → `u64` number of jobs.
    JobCounts,
    /// (actor, idempotency key) → `StoredAnswer`.
    Answers,
    /// (kept at, actor, idempotency key) → ().
    AnswersByTime,
    /// (newest entry) → `AuditEntry`.
    Audit,
    /// (user, library, item) → `ReadingPosition`.
    Reading,
    /// (library, newest entry) → `Activity`.
    Activities,
}

impl Table {
    /// Every table.
    pub const ALL: [Table; 42] = [
        Table::Meta,
        Table::Counters,
        Table::Settings,
        Table::Users,
        Table::UsersByLogin,
        Table::Sessions,
        Table::SessionsByUser,
        Table::SessionsByExpiry,
        Table::Tokens,
        Table::TokensByUser,
        Table::Attempts,
        Table::Libraries,
        Table::PersonalLibraries,
        Table::Members,
        Table::LibrariesByMember,
        Table::Items,
        Table::ItemsByParent,
        Table::ItemsByVersion,
        Table::TrashedItems,
        Table::AttachmentsByBlob,
        Table::Collections,
        Table::Changes,
        Table::ChangeLogs,
        Table::Deletions,
        Table::Blobs,
        Table::OrphanBlobs,
        Table::Uploads,
        Table::UploadsByUser,
        Table::UploadsByExpiry,
        Table::Jobs,
        Table::JobsDue,
        Table::JobsByState,
        Table::JobsByLibrary,
        Table::JobsByUser,
        Table::ActiveJobs,
        Table::EndedJobs,
        Table::JobCounts,
        Table::Answers,
        Table::AnswersByTime,
        Table::Audit,
        Table::Reading,
        Table::Activities,
    ];

    /// Its name in the database file; never changed once released.
    pub fn name(self) -> &'static str {
        match self {
            Table::Meta => "meta",
            Table::Counters => "counters",
            Table::Settings => "settings",
            Table::Users => "users",
            Table::UsersByLogin => "users_by_login",
            Table::Sessions => "sessions",
            Table::SessionsByUser => "sessions_by_user",
            Table::SessionsByExpiry => "sessions_by_expiry",
            Table::Tokens => "tokens",
            Table::TokensByUser => "tokens_by_user",
            Table::Attempts => "attempts",
            Table::Libraries => "libraries",
            Table::PersonalLibraries => "personal_libraries",
            Table::Members => "members",
            Table::LibrariesByMember => "libraries_by_member",
            Table::Items => "items",
            Table::ItemsByParent => "items_by_parent",
            Table::ItemsByVersion => "items_by_version",
            Table::TrashedItems => "trashed_items",
            Table::AttachmentsByBlob => "attachments_by_blob",
            Table::Collections => "collections",
            Table::Changes => "changes",
            Table::ChangeLogs => "change_logs",
            Table::Deletions => "deletions",
            Table::Blobs => "blobs",
            Table::OrphanBlobs => "orphan_blobs",
            Table::Uploads => "uploads",
            Table::UploadsByUser => "uploads_by_user",
            Table::UploadsByExpiry => "uploads_by_expiry",
            Table::Jobs => "jobs",
            Table::JobsDue => "jobs_due",
            Table::JobsByState => "jobs_by_state",
            Table::JobsByLibrary => "jobs_by_library",
            Table::JobsByUser => "jobs_by_user",
            Table::ActiveJobs => "active_jobs",
            Table::EndedJobs => "ended_jobs",
            Table::JobCounts => "job_counts",
            Table::Answers => "answers",
            Table::AnswersByTime => "answers_by_time",
            Table::Audit => "audit",
            Table::Reading => "reading",
            Table::Activities => "activities",
        }
    }
}
