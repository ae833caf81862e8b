//! Search and jobs: what goes across libraries.

use poem_openapi::OpenApi;
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;

use super::Context;
use crate::app::Error;
use crate::domain::ids::JobId;
use crate::domain::job::JobState;
use crate::http::front::Caller;
use crate::http::params::{self, Window};
use crate::http::problem::{ApiResult, OrProblem, Problem};
use crate::http::views::{HitView, JobPageView, JobView, PassageView, PlacesView, SearchHintView, SearchPageView};

/// Search and jobs.
pub struct SystemApi(pub Context);

#[OpenApi]
impl SystemApi {
    /// Papers by their words, best first, with the best places in each.
    #[oai(path = "/search", method = "get", operation_id = "search")]
    async fn search(
        &self,
        caller: Caller,
        q: Query<Option<String>>,
        library: Query<Option<u64>>,
        limit: Query<Option<u64>>,
        cursor: Query<Option<String>>,
        places: Query<Option<String>>,
    ) -> ApiResult<Json<SearchPageView>> {
        let window = Window::new(Some(limit.0.unwrap_or(20)), cursor.0.as_deref(), None)?;
        let query = q.0.unwrap_or_default();
        let library = library.0.map(params::library);
        let all = places.0.as_deref() == Some("all");
        let found =
            self.0.app.search(&caller.actor, &query, library, window.offset, window.limit, all).await.or_problem()?;
        Ok(Json(SearchPageView {
            total: found.total as u64,
            next_cursor: window.next_cursor(found.window, found.total),
            hits: found.papers.into_iter().map(HitView::from).collect(),
            hints: found.hints.into_iter().map(SearchHintView::from).collect(),
        }))
    }

    /// All places of one paper, in page order; `limit` and `cursor` count pages.
    #[oai(path = "/libraries/:library/items/:key/places", method = "get", operation_id = "list_places")]
    async fn list_places(
        &self,
        caller: Caller,
        library: Path<u64>,
        key: Path<String>,
        q: Query<Option<String>>,
        limit: Query<Option<u64>>,
        cursor: Query<Option<String>>,
    ) -> ApiResult<Json<PlacesView>> {
        let window = Window::new(limit.0, cursor.0.as_deref(), None)?;
        let (library, key) = (params::library(library.0), params::key(&key.0, "paper")?);
        let query = q.0.unwrap_or_default();
        let found = self.0.app.places(&caller.actor, &query, library, key, window.offset, window.limit).await;
        let (total_pages, passages) = found.or_problem()?;
        Ok(Json(PlacesView {
            total_pages: total_pages as u64,
            next_cursor: window.next_cursor(window.limit.min(total_pages.saturating_sub(window.offset)), total_pages),
            passages: passages.into_iter().map(PassageView::from).collect(),
        }))
    }

    /// Background work, newest first: one's own, a library's, or all for an administrator.
    #[oai(path = "/jobs", method = "get", operation_id = "list_jobs")]
    async fn list_jobs(
        &self,
        caller: Caller,
        library: Query<Option<u64>>,
        state: Query<Option<String>>,
        limit: Query<Option<u64>>,
        cursor: Query<Option<String>>,
    ) -> ApiResult<Json<JobPageView>> {
        let limit = Window::new(limit.0, None, None)?.limit;
        let before = cursor.0.as_deref().map(job_cursor).transpose()?;
        let states = state.0.as_deref().map_or(Ok(Vec::new()), job_states)?;
        let library = library.0.map(params::library);
        let listed = self.0.app.list_jobs(&caller.actor, library, states, before, limit).await;
        let (jobs, counts) = listed.or_problem()?;
        let next_cursor = (jobs.len() == limit).then(|| jobs.last().map(|job| format!("j{}", job.id))).flatten();
        let items = jobs.iter().map(|job| JobView::new(job, self.0.app.job_progress(job.id))).collect();
        let counts = counts.into_iter().map(|(state, count)| (state.as_str().to_owned(), count)).collect();
        Ok(Json(JobPageView { items, next_cursor, counts }))
    }

    /// Stops a job.
    #[oai(path = "/jobs/:id/cancel", method = "post", operation_id = "cancel_job")]
    async fn cancel_job(&self, caller: Caller, id: Path<u64>) -> ApiResult<Json<JobView>> {
        let job = self.0.app.cancel_job(&caller.actor, JobId(id.0)).await.or_problem()?;
        Ok(Json(JobView::new(&job, None)))
    }

    /// Tries a failed or cancelled job again, or lets a waiting one run at once.
    #[oai(path = "/jobs/:id/retry", method = "post", operation_id = "retry_job")]
    async fn retry_job(&self, caller: Caller, id: Path<u64>) -> ApiResult<Json<JobView>> {
        let job = self.0.app.retry_job(&caller.actor, JobId(id.0)).await.or_problem()?;
        Ok(Json(JobView::new(&job, None)))
    }
}

fn job_cursor(text: &str) -> ApiResult<JobId> {
    text.strip_prefix('j')
        .and_then(|id| id.parse().ok())
        .map(JobId)
        .ok_or_else(|| Problem::from(Error::invalid("cursor", "This cursor is not from here.")).into())
}

fn job_states(text: &str) -> ApiResult<Vec<JobState>> {
    let parse = |name: &str| {
        JobState::parse(name.trim()).ok_or_else(|| {
            Problem::from(Error::invalid("state", "States are queued, running, done, failed and cancelled.")).into()
        })
    };
    text.split(',').map(parse).collect()
}
