//! Answers to reads that may say "you have it already".

use poem::http::HeaderMap;
use poem_openapi::ApiResponse;
use poem_openapi::payload::Json;
use poem_openapi::types::ToJSON;

use crate::domain::ids::Version;
use crate::http::params;

/// An object with its ETag, or that the client's copy is the present one.
#[derive(ApiResponse)]
pub enum Conditional<T: ToJSON> {
    /// The object.
    #[oai(status = 200)]
    Found(Json<T>, #[oai(header = "ETag")] String),
    /// `If-None-Match` names the present version.
    #[oai(status = 304)]
    NotModified(#[oai(header = "ETag")] String),
}

impl<T: ToJSON> Conditional<T> {
    /// What is at `version`, unless the client has that already.
    pub fn at(version: Version, headers: &HeaderMap, object: impl FnOnce() -> T) -> Self {
        let etag = params::etag(version);
        if params::is_known(headers, &etag) {
            return Conditional::NotModified(etag);
        }
        Conditional::Found(Json(object()), etag)
    }
}
