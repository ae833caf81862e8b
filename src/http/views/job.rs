//! Background work on the wire.

use std::collections::BTreeMap;

use poem_openapi::Object;

use super::time_text;
use crate::domain::job::Job;

/// Durable background work.
#[derive(Debug, Clone, Object)]
#[oai(rename = "Job")]
pub struct JobView {
    /// Its number.
    pub id: u64,
    /// `parse`, `recognise`, `store_blob`, `sweep`.
    pub kind: String,
    /// `queued`, `running`, `done`, `failed`, `cancelled`.
    pub state: String,
    /// The attempt under way or next, from 1.
    pub attempt: u32,
    /// When it may run (again).
    pub run_at: String,
    /// When it was asked for.
    pub created_at: String,
    /// The library it is about.
    #[oai(skip_serializing_if_is_none)]
    pub library: Option<u64>,
    /// The attachment it is about.
    #[oai(skip_serializing_if_is_none)]
    pub key: Option<String>,
    /// The page being read, from 1, while it runs; of a recognition, counted among those without text.
    #[oai(skip_serializing_if_is_none)]
    pub page: Option<u32>,
    /// Pages in all.
    #[oai(skip_serializing_if_is_none)]
    pub pages: Option<u32>,
    /// Why it failed or waits.
    #[oai(skip_serializing_if_is_none)]
    pub message: Option<String>,
}

impl JobView {
    /// A job with its live progress.
    #[must_use]
    pub fn new(job: &Job, progress: Option<(u32, u32)>) -> Self {
        Self {
            id: job.id.0,
            kind: job.kind.name().to_owned(),
            state: job.state.as_str().to_owned(),
            attempt: job.attempt,
            run_at: time_text(job.run_at),
            created_at: time_text(job.created_at),
            library: job.library.map(|library| library.0),
            key: job.key.map(|key| key.to_string()),
            page: progress.map(|(page, _)| page),
            pages: progress.map(|(_, pages)| pages),
            message: job.message.clone(),
        }
    }
}

/// A page of jobs, newest first.
#[derive(Debug, Clone, Object)]
#[oai(rename = "JobPage")]
pub struct JobPageView {
    /// The jobs.
    pub items: Vec<JobView>,
    /// Give it as `cursor` for the next page; absent on the last.
    #[oai(skip_serializing_if_is_none)]
    pub next_cursor: Option<String>,
    /// Jobs by state.
    pub counts: BTreeMap<String, u64>,
}
