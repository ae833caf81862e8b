//! Papers that belong together.

use poem_openapi::OpenApi;
use poem_openapi::param::Path;
use poem_openapi::payload::Json;

use super::Context;
use super::account::Done;
use crate::app::Error;
use crate::app::relations::Verdict;
use crate::http::front::Caller;
use crate::http::params;
use crate::http::problem::{ApiResult, OrProblem, Problem};
use crate::http::views::{RelativeListView, VerdictView};

/// Versions and supplements.
pub struct RelativeApi(pub Context);

#[OpenApi(prefix_path = "/libraries")]
impl RelativeApi {
    /// Versions and supplements of a paper: those that are linked, then those that seem to be.
    #[oai(path = "/:library/items/:key/relatives", method = "get", operation_id = "list_relatives")]
    async fn list_relatives(
        &self,
        caller: Caller,
        library: Path<u64>,
        key: Path<String>,
    ) -> ApiResult<Json<RelativeListView>> {
        let key = params::key(&key.0, "paper")?;
        let relatives = self.0.app.list_relatives(&caller.actor, params::library(library.0), key).await.or_problem()?;
        Ok(Json(relatives.into()))
    }

    /// Says how two papers belong together; as a supplement of the other one, a paper's files move there.
    #[oai(path = "/:library/items/:key/relatives/:other", method = "put", operation_id = "put_relative")]
    async fn put_relative(
        &self,
        caller: Caller,
        library: Path<u64>,
        key: Path<String>,
        other: Path<String>,
        body: Json<VerdictView>,
    ) -> ApiResult<Done> {
        let (key, other) = (params::key(&key.0, "paper")?, params::key(&other.0, "paper")?);
        let verdict = match body.0.relation.as_str() {
            "versions" => Verdict::Versions,
            "supplement_of" => Verdict::SupplementOf,
            "unrelated" => Verdict::Unrelated,
            _ => {
                let detail = "Papers are versions, unrelated, or one is supplement_of the other.";
                return Err(Problem::from(Error::invalid("relation", detail)).into());
            }
        };
        self.0.app.relate(&caller.actor, params::library(library.0), key, other, verdict).await.or_problem()?;
        Ok(Done::NoContent)
    }

    /// Takes back what was said of two papers.
    #[oai(path = "/:library/items/:key/relatives/:other", method = "delete", operation_id = "remove_relative")]
    async fn remove_relative(
        &self,
        caller: Caller,
        library: Path<u64>,
        key: Path<String>,
        other: Path<String>,
    ) -> ApiResult<Done> {
        let (key, other) = (params::key(&key.0, "paper")?, params::key(&other.0, "paper")?);
        self.0.app.unrelate(&caller.actor, params::library(library.0), key, other).await.or_problem()?;
        Ok(Done::NoContent)
    }
}
