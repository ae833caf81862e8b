//! Requests that must not be done twice: the answer to the first one is kept for a day and given again.
//!
//! The answer is kept by the transaction that does what was asked, so that there is never the one without the other.

use sha2::Digest as _;

use super::{App, Error, Result, require_user};
use crate::domain::actor::{Actor, Scope};
use crate::domain::ids::Sha256;
use crate::domain::time::Timestamp;
use crate::store::{self, IdempotencyKey, StoredAnswer, View, WriteTx};

/// Longest key that is taken.
const MAX_KEY_BYTES: usize = 255;

/// A request that its sender has given a key, so that it can be sent again.
#[derive(Debug, Clone)]
pub struct KeyedRequest {
    key: IdempotencyKey,
    request: Sha256,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAnswer {
    /// HTTP status.
    pub status: u16,
    /// The ETag of what is in the body, if it has one.
    pub etag: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

/// How a request under a key is answered once it has made a `T`. A use case that takes one keeps that answer together
/// with what it makes.
pub struct Once<T> {
    request: KeyedRequest,
    answer: Box<dyn Fn(&T) -> KeptAnswer + Send>,
}

impl KeyedRequest {
    /// The actor's request to `target` (method and path) with `body` under `key`.
    ///
    /// # Errors
    /// Invalid for a key that is empty or longer than 255 bytes; forbidden for the program itself.
    pub fn new(actor: &Actor, key: &str, target: &str, body: &[u8]) -> Result<Self> {
        let user = require_user(actor, Scope::Read)?;
        if key.is_empty() || key.len() > MAX_KEY_BYTES {
            let detail = format!("A key has 1 to {MAX_KEY_BYTES} characters.");
            return Err(Error::invalid("Idempotency-Key", detail));
        }
        let mut digest = sha2::Sha256::new();
        digest.update((target.len() as u64).to_be_bytes());
        digest.update(target.as_bytes());
        digest.update(body);
        Ok(Self { key: IdempotencyKey { user, key: key.to_owned() }, request: Sha256(digest.finalize().into()) })
    }

    /// What was answered to it before; an error if that was another request.
    fn find_kept(&self, tx: &impl View, now: Timestamp) -> Result<Option<KeptAnswer>> {
        match store::answers::find_answer(tx, &self.key, now)? {
            Some(kept) if kept.request != self.request => Err(Error::Invalid {
                code: "key_reused",
                detail: "Another request came under this Idempotency-Key. Use a new key for each request.".to_owned(),
                field: Some("Idempotency-Key"),
            }),
            Some(StoredAnswer { status, etag, body, .. }) => Ok(Some(KeptAnswer { status, etag, body })),
            None => Ok(None),
        }
    }
}

impl<T> Once<T> {
    /// `answer` says what is answered about what was made.
    pub fn new(request: KeyedRequest, answer: impl Fn(&T) -> KeptAnswer + Send + 'static) -> Self {
        Self { request, answer: Box::new(answer) }
    }
}

/// Makes something in this transaction and keeps the answer about it, if the request came under a key. Of two that come
/// under the same key at once, the second one makes nothing and is busy: asked again, it gets the first one's answer.
pub(super) fn make_once<T>(
    tx: &mut WriteTx<'_>,
    once: Option<&Once<T>>,
    now: Timestamp,
    make: impl FnOnce(&mut WriteTx<'_>) -> Result<T>,
) -> Result<T> {
    let Some(Once { request, answer }) = once else { return make(tx) };
    if request.find_kept(tx, now)?.is_some() {
        return Err(Error::Busy("The same request has just been done. Ask again for its answer.".to_owned()));
    }
    let made = make(tx)?;
    let KeptAnswer { status, etag, body } = answer(&made);
    let kept = StoredAnswer { request: request.request, status, body, at: now, etag };
    store::answers::put_answer(tx, &request.key, &kept)?;
    Ok(made)
}

impl App {
    /// What was answered to this request before.
    ///
    /// # Errors
    /// Invalid (`key_reused`) if another request came under the same key.
    pub async fn find_kept_answer(&self, request: &KeyedRequest) -> Result<Option<KeptAnswer>> {
        let (request, now) = (request.clone(), self.now());
        self.read(move |tx| request.find_kept(tx, now)).await
    }
}
