//! `Idempotency-Key` on requests that make something: sent again under the same key, they are answered as before and
//! nothing is made twice.
//!
//! A kept answer is given here; a handler keeps one by giving [`Keyed::once`] to its use case.

use std::sync::Arc;

use poem::http::{HeaderValue, Method, StatusCode, header};
use poem::{Body, Endpoint, FromRequest, Middleware, Request, RequestBody, Response};
use poem_openapi::types::ToJSON;

use super::front::Caller;
use super::problem::OrProblem;
use crate::app::App;
use crate::app::answers::{KeptAnswer, KeyedRequest, Once};

/// The header.
pub const HEADER: &str = "Idempotency-Key";
/// What the last part of a path names whose POST makes one more of it. Tokens are left out: a secret is never kept.
const MADE: [&str; 4] = ["items", "collections", "libraries", "users"];

/// Whether a POST to this path makes something that must not be made twice.
#[must_use]
pub fn makes_something(method: &Method, path: &str) -> bool {
    *method == Method::POST && path.rsplit('/').next().is_some_and(|last| MADE.contains(&last))
}

/// The key under which a request came, as an argument of a handler that makes something.
#[derive(Debug, Clone, Default)]
pub struct Keyed(Option<KeyedRequest>);

impl<'a> FromRequest<'a> for Keyed {
    async fn from_request(request: &'a Request, _body: &mut RequestBody) -> poem::Result<Self> {
        Ok(request.extensions().get::<Keyed>().cloned().unwrap_or_default())
    }
}

impl Keyed {
    /// For the use case: what will be shown of the thing that it makes, with its ETag. Nothing for a request without a key.
    pub fn once<T, V: ToJSON>(self, shown: impl Fn(&T) -> (V, Option<String>) + Send + 'static) -> Option<Once<T>> {
        let answer = move |made: &T| {
            let (view, etag) = shown(made);
            KeptAnswer { status: StatusCode::OK.as_u16(), etag, body: view.to_json_string().into_bytes() }
        };
        self.0.map(|request| Once::new(request, answer))
    }
}

/// Gives kept answers.
pub struct Repeats(pub Arc<App>);

impl<E: Endpoint<Output = Response>> Middleware<E> for Repeats {
    type Output = RepeatsEndpoint<E>;

    fn transform(&self, inner: E) -> Self::Output {
        RepeatsEndpoint { inner, app: Arc::clone(&self.0) }
    }
}

/// The routes behind it.
pub struct RepeatsEndpoint<E> {
    inner: E,
    app: Arc<App>,
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
        if let Some(kept) = self.app.find_kept_answer(&keyed).await.or_problem()? {
            return Ok(answer_again(kept));
        }
        request.extensions_mut().insert(Keyed(Some(keyed)));
        request.set_body(Body::from(body));
        self.inner.call(request).await
    }
}

fn answer_again(kept: KeptAnswer) -> Response {
    let status = StatusCode::from_u16(kept.status).unwrap_or(StatusCode::OK);
    let mut response = Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, "application/json; charset=utf-8")
        .header("Idempotency-Replayed", "true")
        .body(kept.body);
    if let Some(etag) = kept.etag.and_then(|etag| HeaderValue::try_from(etag).ok()) {
        response.headers_mut().insert(header::ETAG, etag);
    }
    response
}
