//! `Idempotency-Key` on requests that make something: sent again under the same key, they are answered as before and
//! nothing is made twice.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use poem::http::{Method, StatusCode, header};
use poem::{Body, Endpoint, FromRequest as _, Middleware, Request, Response};

use super::front::Caller;
use super::problem::{OrProblem, Problem};
use crate::app::answers::{KeptAnswer, KeyedRequest};
use crate::app::{App, Error};

/// The header.
pub const HEADER: &str = "Idempotency-Key";
/// What the last part of a path names whose POST makes one more of it. Tokens are left out: a secret is never kept.
const MADE: [&str; 4] = ["items", "collections", "libraries", "users"];

/// Whether a POST to this path makes something that must not be made twice.
#[must_use]
pub fn makes_something(method: &Method, path: &str) -> bool {
    *method == Method::POST && path.rsplit('/').next().is_some_and(|last| MADE.contains(&last))
}

/// Gives kept answers.
pub struct Repeats(pub Arc<App>);

impl<E: Endpoint<Output = Response>> Middleware<E> for Repeats {
    type Output = RepeatsEndpoint<E>;

    fn transform(&self, inner: E) -> Self::Output {
        RepeatsEndpoint { inner, app: Arc::clone(&self.0), under_way: Mutex::default() }
    }
}

/// The routes behind it.
pub struct RepeatsEndpoint<E> {
    inner: E,
    app: Arc<App>,
    under_way: Mutex<HashSet<(u64, String)>>,
}

/// A request under way; ends with it.
struct UnderWay<'a> {
    all: &'a Mutex<HashSet<(u64, String)>>,
    one: (u64, String),
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.one);
    }
}

impl<E: Endpoint<Output = Response>> Endpoint for RepeatsEndpoint<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        let Some(key) = request.header(HEADER).map(str::to_owned) else { return self.inner.call(request).await };
        if !makes_something(request.method(), request.uri().path()) {
            return self.inner.call(request).await;
        }
        let caller = Caller::from_request_without_body(&request).await?;
        let target = format!("{} {}", request.method(), request.uri().path());
        let body = request.take_body().into_bytes().await?;
        let keyed = KeyedRequest::new(&caller.actor, &key, &target, &body).or_problem()?;
        request.set_body(Body::from(body));
        let _under_way = self.begin(&keyed)?;
        if let Some(kept) = self.app.find_kept_answer(&keyed).await.or_problem()? {
            return Ok(answer_again(kept));
        }
        let response = self.inner.call(request).await?;
        if !response.status().is_success() {
            return Ok(response);
        }
        let (parts, body) = response.into_parts();
        let body = body.into_bytes().await.map_err(|error| Problem::from(Error::internal(error)))?;
        let kept = KeptAnswer { status: parts.status.as_u16(), body: body.to_vec() };
        self.app.keep_answer(keyed, kept).await.or_problem()?;
        Ok(Response::from_parts(parts, Body::from(body)))
    }
}

impl<E> RepeatsEndpoint<E> {
    fn begin(&self, keyed: &KeyedRequest) -> Result<UnderWay<'_>, Problem> {
        let (user, key) = keyed.identity();
        let one = (user, key.to_owned());
        if self.under_way.lock().unwrap_or_else(PoisonError::into_inner).insert(one.clone()) {
            return Ok(UnderWay { all: &self.under_way, one });
        }
        Err(Error::Busy("The same request is being done right now. Ask again in a moment.".to_owned()).into())
    }
}

fn answer_again(kept: KeptAnswer) -> Response {
    let status = StatusCode::from_u16(kept.status).unwrap_or(StatusCode::OK);
    Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, "application/json; charset=utf-8")
        .header("Idempotency-Replayed", "true")
        .body(kept.body)
}
