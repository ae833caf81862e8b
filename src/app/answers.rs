//! Requests that must not be done twice: the answer to the first one is kept for a day and given again.

use sha2::Digest as _;

use super::{App, Error, Result, require_user};
use crate::domain::actor::{Actor, Scope};
use crate::domain::ids::Sha256;
use crate::store::{self, IdempotencyKey, StoredAnswer};

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
    /// The body.
    pub body: Vec<u8>,
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

    /// Who sent it and under which key: equal for two attempts at the same thing.
    #[must_use]
    pub fn identity(&self) -> (u64, &str) {
        (self.key.user.0, &self.key.key)
    }
}

impl App {
    /// What was answered to this request before.
    ///
    /// # Errors
    /// Invalid (`key_reused`) if another request came under the same key.
    pub async fn find_kept_answer(&self, request: &KeyedRequest) -> Result<Option<KeptAnswer>> {
        let (key, now) = (request.key.clone(), self.now());
        let kept = self.read(move |tx| Ok(store::answers::find_answer(tx, &key, now)?)).await?;
        match kept {
            Some(kept) if kept.request != request.request => Err(Error::Invalid {
                code: "key_reused",
                detail: "Another request came under this Idempotency-Key. Use a new key for each request.".to_owned(),
                field: Some("Idempotency-Key"),
            }),
            Some(kept) => Ok(Some(KeptAnswer { status: kept.status, body: kept.body })),
            None => Ok(None),
        }
    }

    /// Keeps the answer to a request for a day.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn keep_answer(&self, request: KeyedRequest, answer: KeptAnswer) -> Result<()> {
        let kept = StoredAnswer { request: request.request, status: answer.status, body: answer.body, at: self.now() };
        self.write(move |tx| Ok(store::answers::put_answer(tx, &request.key, &kept)?)).await
    }
}
