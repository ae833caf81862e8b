//! The use cases: who may do what, in which order, and what is told to whom.
//!
//! Invariant: every use case takes the actor first and checks it before anything else.
//! Invariant: knows nothing of HTTP.

pub mod accounts;
pub mod activity;
pub mod answers;
pub mod attempts;
pub mod catalogue;
mod catalogue_row;
mod catalogues;
mod checksum;
pub mod collections;
mod concatenation;
pub mod documents;
mod error;
mod file_kind;
mod indexing;
mod intake;
pub mod items;
pub mod jobs;
mod kept_lists;
pub mod libraries;
mod list_query;
mod reading;
pub mod recognition;
pub mod references;
pub mod relations;
mod rereading;
pub mod running;
pub mod searching;
pub mod sessions;
pub mod setup;
mod sort_keys;
mod sweep;
pub mod tokens;
mod upload_writers;
pub mod uploads;
pub mod watching;
mod work_index;

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use tokio::sync::{Notify, Semaphore, broadcast, watch};

pub use error::{Error, Result};

use crate::config::Config;
use crate::crypto::SealingKey;
use crate::domain::actor::{Actor, Scope};
use crate::domain::ids::{LibraryId, UserId, Version};
use crate::domain::library::{Role, ServerRole};
use crate::domain::live::{LiveEvent, Told};
use crate::domain::time::Timestamp;
use crate::files::Files;
use crate::pdf::Pool;
use crate::search::SearchIndex;
use crate::store::{self, ReadTx, Store, View, WriteTx};
use catalogues::Catalogues;

/// Tells the time; tests bring one that stands still.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What the use cases work with.
pub struct Parts {
    /// Metadata.
    pub store: Store,
    /// Bytes.
    pub files: Files,
    /// Full text.
    pub index: Arc<SearchIndex>,
    /// Readers of PDFs.
    pub pool: Pool,
    /// Start-up configuration.
    pub config: Config,
    /// The time.
    pub clock: Clock,
    /// For secrets that have to be used again.
    pub sealing_key: SealingKey,
}

/// All use cases of one running program.
pub struct App {
    store: Store,
    files: Files,
    index: Arc<SearchIndex>,
    pool: Pool,
    config: Config,
    clock: Clock,
    events: broadcast::Sender<Arc<Told>>,
    catalogues: Catalogues,
    identities: sessions::Identities,
    index_wake: Notify,
    indexed: watch::Sender<BTreeMap<LibraryId, Version>>,
    jobs_wake: Notify,
    sealing_key: SealingKey,
    drawings: documents::Drawings,
    open_documents: documents::OpenDocuments,
    running: running::Running,
    recognition: recognition::Recognition,
    writers: upload_writers::Writers,
    bursts: Mutex<HashMap<UserId, Vec<Timestamp>>>,
    password_work: Semaphore,
    is_set_up: AtomicBool,
    request_count: AtomicU64,
    boot: u64,
}

/// Events that a slow watcher may lag behind before it has to catch up by version.
const EVENT_BACKLOG: usize = 4096;
/// Password hashes computed at the same time; each takes 19 MB and some 20 ms of a core.
const PASSWORDS_AT_ONCE: usize = 2;

impl App {
    /// Wires the parts together and looks whether an administrator exists.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn new(parts: Parts) -> Result<Arc<Self>> {
        let setup = parts.store.read_blocking(store::meta::setup)?;
        Ok(Arc::new(Self {
            catalogues: Catalogues::default(),
            identities: sessions::Identities::default(),
            index_wake: Notify::new(),
            indexed: watch::Sender::new(BTreeMap::new()),
            jobs_wake: Notify::new(),
            sealing_key: parts.sealing_key,
            drawings: documents::Drawings::default(),
            open_documents: documents::OpenDocuments::default(),
            running: running::Running::default(),
            recognition: recognition::Recognition::default(),
            writers: upload_writers::Writers::default(),
            bursts: Mutex::default(),
            events: broadcast::channel(EVENT_BACKLOG).0,
            password_work: Semaphore::new(PASSWORDS_AT_ONCE),
            is_set_up: AtomicBool::new(setup.is_done),
            request_count: AtomicU64::new(0),
            boot: crate::crypto::random_u64(),
            store: parts.store,
            files: parts.files,
            index: parts.index,
            pool: parts.pool,
            config: parts.config,
            clock: parts.clock,
        }))
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// The start-up configuration.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// A number for a request, unique on this server: the process's start and a count.
    #[must_use]
    pub fn new_request_id(&self) -> String {
        let count = self.request_count.fetch_add(1, Ordering::Relaxed);
        format!("{:08x}{count:08x}", self.boot as u32)
    }

    /// Everything that happens from now on.
    #[must_use]
    pub fn events(&self) -> broadcast::Receiver<Arc<Told>> {
        self.events.subscribe()
    }

    /// Tells everybody who watches; nobody may be watching.
    fn tell(&self, event: LiveEvent) {
        drop(self.events.send(Arc::new(Told::new(event))));
    }

    async fn read<T: Send + 'static>(&self, f: impl FnOnce(&ReadTx) -> Result<T> + Send + 'static) -> Result<T> {
        self.store.read(f).await
    }

    async fn write<T: Send + 'static>(
        &self,
        f: impl FnMut(&mut WriteTx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.store.write(f).await
    }
}

/// Whether two secrets are the same, in a time that does not tell how much of them is.
#[must_use]
pub fn is_same_secret(a: &str, b: &str) -> bool {
    crate::crypto::hash_secret(a) == crate::crypto::hash_secret(b)
}

/// A fresh value for a Content-Security-Policy nonce.
#[must_use]
pub fn new_nonce() -> String {
    crate::crypto::new_secret("")
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::NotFound(what) => Error::not_found(what),
            store::Error::Taken(what) => {
                Error::Conflict { code: "taken", detail: format!("This {what} is already in use. Choose another one.") }
            }
            store::Error::DiskFull => Error::NoSpace {
                missing_bytes: 1 << 20,
                detail: "The disk of the server is full. Nothing was lost; it goes on when there is room.".to_owned(),
            },
            store::Error::Closed => Error::Unavailable("The server is stopping. Try again in a moment.".to_owned()),
            other => Error::internal(other),
        }
    }
}

/// Demands a signed-in person with at least this scope.
fn require_user(actor: &Actor, needed: Scope) -> Result<UserId> {
    match actor {
        Actor::User { id, scope, .. } if *scope >= needed => Ok(*id),
        Actor::User { .. } => {
            Err(Error::Forbidden(format!("This token may not do that. Make one with the scope `{}`.", needed.as_str())))
        }
        Actor::System => Err(Error::Forbidden("Only a person can do this.".to_owned())),
    }
}

/// Demands a server administrator (or the program itself).
fn require_server_admin(actor: &Actor) -> Result<()> {
    match actor {
        Actor::System | Actor::User { role: ServerRole::Admin, scope: Scope::Admin, .. } => Ok(()),
        Actor::User { role: ServerRole::Admin, .. } => {
            Err(Error::Forbidden("This token may not do that. Make one with the scope `admin`.".to_owned()))
        }
        Actor::User { .. } => Err(Error::Forbidden("Only an administrator of this server may do that.".to_owned())),
    }
}

/// Demands at least this role in a library. Who is no member learns nothing, not even that it exists.
fn require_role(tx: &impl View, actor: &Actor, library: LibraryId, needed: Role) -> Result<Role> {
    let scope = if needed == Role::Reader { Scope::Read } else { Scope::Write };
    let user = match actor {
        Actor::System => {
            store::libraries::get(tx, library)?;
            return Ok(Role::Owner);
        }
        Actor::User { .. } => require_user(actor, scope)?,
    };
    let role = store::members::role_of(tx, library, user)?.ok_or_else(|| Error::not_found("library"))?;
    if role < needed {
        return Err(Error::Forbidden(format!(
            "You are {} here; this needs the role {}. Ask somebody who manages this library.",
            role.as_str(),
            needed.as_str()
        )));
    }
    Ok(role)
}
