//! What every request passes: number, host and origin, who asks, problems, security headers, figures.

use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;

use futures_util::FutureExt as _;
use poem::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use poem::{Endpoint, FromRequest, IntoResponse, Middleware, Request, RequestBody, Response};
use tracing::Instrument as _;

use super::origin::Origins;
use super::problem::Problem;
use super::uploads;
use crate::app::{self, App, Error};
use crate::domain::actor::Actor;

/// The address of the person, behind trusted proxies if there are some.
#[derive(Debug, Clone, Copy)]
pub struct ClientAddress(pub IpAddr);

/// Who asks; as an argument of a handler it demands that somebody is signed in.
#[derive(Clone)]
pub struct Caller {
    /// On whose behalf.
    pub actor: Actor,
    /// How they showed that.
    pub proof: Proof,
}

impl Caller {
    /// The secret of the browser session, where it is one.
    #[must_use]
    pub fn session_secret(&self) -> Option<&str> {
        match &self.proof {
            Proof::Session(secret) => Some(secret),
            Proof::Token(_) => None,
        }
    }
}

/// The secret by which somebody is let in.
#[derive(Clone)]
pub enum Proof {
    /// Of a browser's session.
    Session(String),
    /// A personal token.
    Token(String),
}

impl Proof {
    /// Whom it lets in now.
    ///
    /// # Errors
    /// Unauthenticated if it is no longer good.
    pub async fn actor(&self, app: &App) -> app::Result<Actor> {
        match self {
            Proof::Session(secret) => app.authenticate_session(secret).await,
            Proof::Token(secret) => app.authenticate_token(secret).await,
        }
    }
}

/// What the front found out about who asks.
#[derive(Clone)]
enum Identity {
    Nobody,
    Somebody(Caller),
    Refused(Problem),
}

impl<'a> FromRequest<'a> for Caller {
    async fn from_request(request: &'a Request, _body: &mut RequestBody) -> poem::Result<Self> {
        match request.extensions().get::<Identity>() {
            Some(Identity::Somebody(caller)) => Ok(caller.clone()),
            Some(Identity::Refused(problem)) => Err(problem.clone().into()),
            Some(Identity::Nobody) | None => Err(Problem::from(Error::Unauthenticated {
                code: "signed_out",
                detail: "Sign in to see this.".to_owned(),
            })
            .into()),
        }
    }
}

impl<'a> FromRequest<'a> for ClientAddress {
    async fn from_request(request: &'a Request, _body: &mut RequestBody) -> poem::Result<Self> {
        Ok(request.extensions().get::<ClientAddress>().copied().unwrap_or(ClientAddress(IpAddr::from([127, 0, 0, 1]))))
    }
}

/// The middleware around all routes.
pub struct Front {
    /// The use cases.
    pub app: Arc<App>,
    /// Which hosts and origins are ours.
    pub origins: Arc<Origins>,
}

impl<E: Endpoint> Middleware<E> for Front {
    type Output = FrontEndpoint<E>;

    fn transform(&self, inner: E) -> Self::Output {
        FrontEndpoint { inner, app: Arc::clone(&self.app), origins: Arc::clone(&self.origins) }
    }
}

/// The routes behind the front.
pub struct FrontEndpoint<E> {
    inner: E,
    app: Arc<App>,
    origins: Arc<Origins>,
}

impl<E: Endpoint> Endpoint for FrontEndpoint<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        let began = Instant::now();
        let id = self.app.new_request_id();
        let method = request.method().clone();
        let path = request.uri().path().to_owned();
        let secure = self.origins.is_https();
        let is_api = path.starts_with("/api/");
        // Whatever is logged on the way carries the number that the person sees.
        let span = tracing::info_span!("request", request_id = id);
        let answered = async {
            self.admit(&mut request).await?;
            let called = AssertUnwindSafe(self.inner.call(request)).catch_unwind().await;
            called.unwrap_or_else(|_| Err(panicked())).map(IntoResponse::into_response)
        };
        let mut response = match answered.instrument(span.clone()).await {
            Ok(response) => response,
            Err(error) if error.is_from_response() => error.into_response(),
            Err(error) => span.in_scope(|| Problem::from_poem(&error)).into_response(&id),
        };
        let status = response.status().as_u16();
        if path.starts_with(uploads::PATH) {
            uploads::add_protocol(&mut response);
        }
        add_headers(response.headers_mut(), &id, secure, is_api);
        let took = began.elapsed();
        metrics::histogram!("http_request_seconds", "method" => method_name(&method)).record(took.as_secs_f64());
        metrics::counter!("http_requests_total", "method" => method_name(&method), "status" => status.to_string())
            .increment(1);
        tracing::debug!(request_id = id, %method, path, status, took_us = took.as_micros() as u64, "request");
        Ok(response)
    }
}

impl<E: Endpoint> FrontEndpoint<E> {
    async fn admit(&self, request: &mut Request) -> Result<(), Problem> {
        let address = self.origins.client_address(request);
        request.extensions_mut().insert(ClientAddress(address));
        self.origins.check_host(request)?;
        let path = request.uri().path();
        if !path.starts_with("/api/") && path != "/metrics" {
            return Ok(());
        }
        if !self.app.is_set_up() && !matches!(path, "/api/v1/setup" | "/api/v1/openapi.json") && path != "/metrics" {
            return Err(Problem::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "setup_needed",
                "This server has no administrator yet. Open the setup link that it printed when it started.",
            ));
        }
        let identity = self.identify(request).await;
        let by_cookie = matches!(&identity, Identity::Somebody(caller) if caller.session_secret().is_some());
        let unsafe_method = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
        if unsafe_method && (by_cookie || request.header(header::ORIGIN).is_some()) {
            self.origins.check_origin(request)?;
        }
        request.extensions_mut().insert(identity);
        Ok(())
    }

    async fn identify(&self, request: &Request) -> Identity {
        if let Some(value) = request.header(header::AUTHORIZATION) {
            let Some(secret) = value.strip_prefix("Bearer ").or_else(|| value.strip_prefix("bearer ")) else {
                return Identity::Refused(
                    Error::Unauthenticated {
                        code: "wrong_scheme",
                        detail: "Use `Authorization: Bearer sk_…` with a personal token.".to_owned(),
                    }
                    .into(),
                );
            };
            return self.admit_by(Proof::Token(secret.trim().to_owned())).await;
        }
        match cookie(request.headers(), self.origins.cookie_name()) {
            Some(secret) => self.admit_by(Proof::Session(secret)).await,
            None => Identity::Nobody,
        }
    }

    async fn admit_by(&self, proof: Proof) -> Identity {
        match proof.actor(&self.app).await {
            Ok(actor) => Identity::Somebody(Caller { actor, proof }),
            Err(error) => Identity::Refused(error.into()),
        }
    }
}

fn panicked() -> poem::Error {
    Problem::from(Error::internal("a handler panicked; its message stands before this one")).into()
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

fn method_name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// Headers that every answer carries. A handler that set one of them itself (the sandbox of a PDF) keeps its own.
fn add_headers(headers: &mut HeaderMap, id: &str, secure: bool, is_api: bool) {
    let mut add = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    add(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    add(header::REFERRER_POLICY, "strict-origin-when-cross-origin");
    add(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    add(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    add(header::X_FRAME_OPTIONS, "DENY");
    add(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'; base-uri 'none'");
    if is_api {
        add(header::CACHE_CONTROL, "private, no-cache");
    }
    if secure {
        add(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert("X-Request-Id", id);
    }
}
