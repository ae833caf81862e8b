//! Requests as the routes get them, and answers as clients see them.

use bytes::Bytes;
use poem::http::{HeaderMap, Method, Uri};
use poem::{Endpoint as _, Request, RequestBuilder};
use serde_json::Value;

use super::{Person, TestApp};

/// A request on its way.
pub struct Call<'a> {
    app: &'a TestApp,
    name: String,
    builder: RequestBuilder,
    body: Bytes,
}

impl TestApp {
    /// A request by nobody.
    pub fn call(&self, method: &str, path: &str) -> Call<'_> {
        let method: Method = method.to_uppercase().parse().unwrap();
        let uri: Uri = path.parse().unwrap();
        let name = format!("{method} {path}");
        Call { app: self, name, builder: Request::builder().method(method).uri(uri), body: Bytes::new() }
    }

    /// Reads as a person.
    pub async fn get(&self, who: &Person, path: &str) -> Answer {
        self.call("get", path).by(who).send().await
    }

    /// Posts as a person.
    pub async fn post(&self, who: &Person, path: &str, body: Value) -> Answer {
        self.call("post", path).by(who).json(&body).send().await
    }

    /// Changes as a person, whatever version is there.
    pub async fn patch(&self, who: &Person, path: &str, body: Value) -> Answer {
        self.call("patch", path).by(who).header("If-Match", "*").json(&body).send().await
    }

    /// Deletes as a person, whatever version is there.
    pub async fn delete(&self, who: &Person, path: &str) -> Answer {
        self.call("delete", path).by(who).header("If-Match", "*").send().await
    }
}

impl Call<'_> {
    /// With a header.
    pub fn header(mut self, name: &str, value: impl AsRef<str>) -> Self {
        self.builder = self.builder.header(name, value.as_ref());
        self
    }

    /// On behalf of a person, by their token.
    pub fn by(self, who: &Person) -> Self {
        self.token(&who.token)
    }

    /// With a token.
    pub fn token(self, secret: &str) -> Self {
        self.header("Authorization", format!("Bearer {secret}"))
    }

    /// From the browser that has this cookie, on our own page.
    pub fn cookie(self, cookie: &str) -> Self {
        self.header("Cookie", cookie).header("Origin", format!("http://{}", super::BOUND))
    }

    /// As if it came from that address.
    #[expect(clippy::wrong_self_convention, reason = "a call is read as a sentence")]
    pub fn from_address(self, address: &str) -> Self {
        self.header("X-Forwarded-For", address)
    }

    /// With a JSON body.
    pub fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string().into_bytes())
    }

    /// With a body.
    pub fn body(mut self, kind: &str, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self.header("Content-Type", kind)
    }

    /// Sends it and reads the whole answer.
    pub async fn send(self) -> Answer {
        let (name, response) = self.open().await;
        let (parts, body) = response.into_parts();
        let body = body.into_bytes().await.unwrap();
        Answer { name, status: parts.status.as_u16(), headers: parts.headers, body }
    }

    /// Sends it and reads the head of the answer; its body may never end.
    pub async fn open(self) -> (String, poem::Response) {
        let request = self.builder.body(self.body);
        let response = self.app.endpoint.call(request).await.expect("the front answers every request");
        (self.name, response)
    }
}

/// An answer.
pub struct Answer {
    name: String,
    /// Its status.
    pub status: u16,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Bytes,
}

impl Answer {
    /// A header's text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Demands a status.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}: {}", self.name, self.text());
        self
    }

    /// Demands success and reads the body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        assert!((200..300).contains(&self.status), "{}: {} {}", self.name, self.status, self.text());
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{}: no JSON: {}", self.name, self.text()))
    }

    /// Demands a problem in the one form that all of them have.
    #[track_caller]
    pub fn problem(&self, status: u16, code: &str) -> Value {
        assert_eq!(self.status, status, "{}: {}", self.name, self.text());
        assert_eq!(self.header("Content-Type"), Some("application/problem+json"), "{}", self.name);
        let body: Value = serde_json::from_slice(&self.body).unwrap();
        assert_eq!(body["code"], code, "{}: {body}", self.name);
        assert_eq!(body["status"], status);
        assert_eq!(body["type"], format!("urn:scrollkeeper:problem:{code}"));
        assert_eq!(body["request_id"].as_str(), self.header("X-Request-Id"));
        assert!(!body["title"].as_str().unwrap().is_empty());
        assert!(!body["detail"].as_str().unwrap().is_empty());
        body
    }
}
