//! One body for every error: RFC 9457 problem details.

use poem::http::{HeaderValue, StatusCode, header};
use poem::{Body, Response};
use serde::Serialize;

use crate::app;

/// The media type of problems.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// A problem, before it becomes a response.
#[derive(Debug, Clone)]
pub struct Problem {
    status: StatusCode,
    code: &'static str,
    detail: String,
    field: Option<&'static str>,
    retry_after_s: Option<u64>,
    offset: Option<u64>,
    missing_bytes: Option<u64>,
    current: Option<serde_json::Value>,
}

#[derive(Serialize)]
struct ProblemBody<'a> {
    #[serde(rename = "type")]
    kind: String,
    title: &'a str,
    status: u16,
    detail: &'a str,
    code: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    missing_bytes: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    current: Option<&'a serde_json::Value>,
    request_id: &'a str,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}: {}", self.status.as_u16(), self.code, self.detail)
    }
}

impl std::error::Error for Problem {}

impl Problem {
    /// A problem of the front door itself.
    #[must_use]
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            status,
            code,
            detail: detail.into(),
            field: None,
            retry_after_s: None,
            offset: None,
            missing_bytes: None,
            current: None,
        }
    }

    /// With the object as it is now, for a 412.
    #[must_use]
    pub fn with_current(mut self, current: Option<serde_json::Value>) -> Self {
        self.current = current;
        self
    }

    /// What any error that reached the front says: our own problems as they are, the framework's by their status.
    #[must_use]
    pub fn from_poem(error: &poem::Error) -> Self {
        if let Some(problem) = error.downcast_ref::<Problem>() {
            return problem.clone();
        }
        let status = error.status();
        match status {
            StatusCode::NOT_FOUND => Self::new(status, "no_route", "There is nothing at this address."),
            StatusCode::METHOD_NOT_ALLOWED => {
                Self::new(status, "method_not_allowed", "This address does not take that method.")
            }
            _ if status.is_server_error() => Self::from(app::Error::internal(error.to_string())),
            StatusCode::PAYLOAD_TOO_LARGE => {
                Self::new(status, "too_large", "The request is larger than is taken here.")
            }
            _ => Self::new(status, "invalid", error.to_string()),
        }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The response, with the request's number in it.
    #[must_use]
    pub fn into_response(self, request_id: &str) -> Response {
        let body = ProblemBody {
            kind: format!("urn:scrollkeeper:problem:{}", self.code),
            title: self.status.canonical_reason().unwrap_or("Error"),
            status: self.status.as_u16(),
            detail: &self.detail,
            code: self.code,
            field: self.field,
            missing_bytes: self.missing_bytes,
            current: self.current.as_ref(),
            request_id,
        };
        let bytes = serde_json::to_vec(&body).expect("a problem is plain JSON");
        let mut response = Response::builder().status(self.status).content_type(PROBLEM_JSON).body(Body::from(bytes));
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(offset) = self.offset {
            headers.insert("Upload-Offset", HeaderValue::from(offset));
        }
        response
    }
}

/// The tus extension's status for a part whose checksum does not match.
fn checksum_mismatch() -> StatusCode {
    StatusCode::from_u16(460).expect("460 is in the range of status codes")
}

impl From<app::Error> for Problem {
    fn from(error: app::Error) -> Self {
        let status = match &error {
            app::Error::Unauthenticated { .. } => StatusCode::UNAUTHORIZED,
            app::Error::Forbidden(_) => StatusCode::FORBIDDEN,
            app::Error::NotFound(_) => StatusCode::NOT_FOUND,
            app::Error::Conflict { .. } | app::Error::WrongOffset { .. } => StatusCode::CONFLICT,
            app::Error::Behind { .. } => StatusCode::PRECONDITION_FAILED,
            app::Error::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            app::Error::UnsupportedFile { .. } => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            app::Error::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            app::Error::Limited { .. } => StatusCode::TOO_MANY_REQUESTS,
            app::Error::Busy(_) => StatusCode::LOCKED,
            app::Error::ChecksumMismatch => checksum_mismatch(),
            app::Error::NoSpace { .. } => StatusCode::INSUFFICIENT_STORAGE,
            app::Error::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            app::Error::Internal(cause) => {
                tracing::error!(cause = %chain(cause.as_ref()), "a request failed through a fault of the server");
                StatusCode::INTERNAL_SERVER_ERROR
            }
        };
        let mut problem = Problem::new(status, error.code(), error.to_string());
        match error {
            app::Error::Invalid { field, .. } => problem.field = field,
            app::Error::Limited { retry_after_s, .. } => problem.retry_after_s = Some(retry_after_s),
            app::Error::WrongOffset { current } => problem.offset = Some(current),
            app::Error::NoSpace { missing_bytes, .. } => {
                problem.missing_bytes = Some(missing_bytes);
                problem.retry_after_s = Some(15);
            }
            app::Error::Busy(_) => problem.retry_after_s = Some(1),
            app::Error::Unavailable(_) => problem.retry_after_s = Some(2),
            _ => {}
        }
        problem
    }
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}

impl poem::error::ResponseError for Problem {
    fn status(&self) -> StatusCode {
        self.status
    }
}

/// What handlers answer.
pub type ApiResult<T> = poem::Result<T>;

/// Turns a use case's error into a problem.
pub trait OrProblem<T> {
    /// The value, or the problem.
    fn or_problem(self) -> ApiResult<T>;
}

impl<T> OrProblem<T> for app::Result<T> {
    fn or_problem(self) -> ApiResult<T> {
        self.map_err(|error| Problem::from(error).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn body(problem: Problem) -> serde_json::Value {
        let bytes = problem.into_response("r1").into_body().into_bytes().await.unwrap();
        serde_json::from_slice(&bytes).unwrap()
    }

    #[tokio::test]
    async fn a_fault_of_ours_keeps_its_cause_to_itself() {
        let shown = body(app::Error::internal("the secret path /x/y").into()).await;
        assert_eq!(shown["status"], 500);
        assert_eq!(shown["request_id"], "r1");
        assert!(!shown.to_string().contains("secret path"));
    }

    #[tokio::test]
    async fn a_full_disk_says_how_much_is_missing() {
        let problem = Problem::from(app::Error::NoSpace { missing_bytes: 7, detail: "The disk is full.".into() });
        assert_eq!(problem.status(), StatusCode::INSUFFICIENT_STORAGE);
        assert_eq!(body(problem).await["missing_bytes"], 7);
    }
}
