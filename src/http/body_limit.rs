//! Bounds the bodies of all requests that are no uploads.

use poem::http::{StatusCode, header};
use poem::{Body, Endpoint, Middleware, Request, Result};

use super::problem::Problem;

/// Refuses larger bodies, whether they say their length or not (HTTP/2 need not even say that there is a body).
pub struct BodyLimit(pub usize);

impl<E: Endpoint> Middleware<E> for BodyLimit {
    type Output = BodyLimitEndpoint<E>;

    fn transform(&self, inner: E) -> Self::Output {
        BodyLimitEndpoint { inner, most_bytes: self.0 }
    }
}

/// The routes behind the limit.
pub struct BodyLimitEndpoint<E> {
    inner: E,
    most_bytes: usize,
}

impl<E: Endpoint> Endpoint for BodyLimitEndpoint<E> {
    type Output = E::Output;

    async fn call(&self, mut request: Request) -> Result<Self::Output> {
        let too_large = || {
            let detail =
                format!("The request is larger than {} MB, the most that is taken here.", self.most_bytes >> 20);
            Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", detail)
        };
        let said = request.header(header::CONTENT_LENGTH).and_then(|length| length.parse::<usize>().ok());
        if said.is_some_and(|length| length > self.most_bytes) {
            return Err(too_large().into());
        }
        if said.is_none() {
            let bytes = request.take_body().into_bytes_limit(self.most_bytes).await.map_err(|_| too_large())?;
            request.set_body(Body::from(bytes));
        }
        self.inner.call(request).await
    }
}
