//! Whether the program lives, is ready, and its figures.

use std::sync::Arc;

use poem::http::{StatusCode, header};
use poem::web::Data;
use poem::{IntoResponse as _, Request, Response, handler};

use super::api::Context;
use super::front::ClientAddress;
use super::problem::{ApiResult, OrProblem, Problem};

/// Renders all figures in Prometheus' text form.
pub type RenderMetrics = Arc<dyn Fn() -> String + Send + Sync>;

/// The process answers.
#[handler]
pub fn get_healthz() -> &'static str {
    "ok\n"
}

/// Store, files and index can be used.
#[handler]
pub async fn get_readyz(context: Data<&Context>) -> ApiResult<&'static str> {
    context.app.check_ready().await.or_problem()?;
    Ok("ready\n")
}

/// Figures for Prometheus: from this machine, or with the token of the settings.
#[handler]
pub fn get_metrics(
    request: &Request,
    address: ClientAddress,
    context: Data<&Context>,
    render: Data<&RenderMetrics>,
) -> ApiResult<Response> {
    let token = context.app.config().metrics_token.as_deref();
    let given = request.header(header::AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer "));
    let by_token = token.is_some() && given.is_some_and(|given| crate::app::is_same_secret(given, token.unwrap_or("")));
    if !address.0.is_loopback() && !by_token {
        let detail = "Figures are for this machine, or with the token of the setting metrics.token.";
        return Err(Problem::new(StatusCode::FORBIDDEN, "forbidden", detail).into());
    }
    if let Ok(free) = context.app.free_bytes() {
        metrics::gauge!("files_free_bytes").set(free as f64);
    }
    Ok(render().with_content_type("text/plain; version=0.0.4").into_response())
}
