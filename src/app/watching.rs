//! What a live connection may see, and whether the program is well.

use std::collections::BTreeMap;

use super::{App, Result, require_user};
use crate::domain::actor::{Actor, Scope};
use crate::domain::ids::{LibraryId, UserId, Version};
use crate::domain::live::LiveEvent;
use crate::store;

/// What one watcher may see.
#[derive(Debug, Clone)]
pub struct View {
    /// Who watches.
    pub user: UserId,
    /// The libraries open to them, with their versions at that moment.
    pub libraries: BTreeMap<LibraryId, Version>,
}

impl View {
    /// Whether an event may be told to this watcher.
    #[must_use]
    pub fn admits(&self, event: &LiveEvent) -> bool {
        let sees = |library: Option<LibraryId>| library.is_some_and(|library| self.libraries.contains_key(&library));
        match event {
            LiveEvent::Changed { library, .. } => self.libraries.contains_key(library),
            LiveEvent::Job(job) => job.user == Some(self.user) || sees(job.library),
            LiveEvent::Progress { library, user, .. } => *user == Some(self.user) || sees(*library),
            LiveEvent::AccessChanged { user } => *user == self.user,
            LiveEvent::Restarting => true,
        }
    }
}

/// How much room there is on the disk of the data folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DiskRoom {
    /// Bytes that uploads may still use.
    pub free_bytes: u64,
    /// Size of the disk.
    pub total_bytes: u64,
}

/// Less than this is no room for a paper.
const FULL_BELOW_BYTES: u64 = 4 << 20;
/// One part in so many of the disk left for uploads is little.
const LOW_SHARE: u64 = 20;

impl DiskRoom {
    /// Uploads stop, or are about to.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.free_bytes < FULL_BELOW_BYTES
    }

    /// Little is left.
    #[must_use]
    pub fn is_low(&self) -> bool {
        self.free_bytes < self.total_bytes / LOW_SHARE
    }
}

impl App {
    /// How much room there is.
    ///
    /// # Errors
    /// Forbidden but for server administrators.
    pub fn disk_room(&self, actor: &Actor) -> Result<DiskRoom> {
        super::require_server_admin(actor)?;
        Ok(DiskRoom { free_bytes: self.files.free_bytes()?, total_bytes: self.files.disk_bytes()? })
    }

    /// What the actor may watch.
    ///
    /// # Errors
    /// Forbidden for the program itself.
    pub async fn view(&self, actor: &Actor) -> Result<View> {
        let user = require_user(actor, Scope::Read)?;
        let libraries = self.read(move |tx| Ok(store::libraries::list_of_user(tx, user)?)).await?;
        let libraries = libraries.into_iter().map(|(library, _)| (library.id, library.version)).collect();
        Ok(View { user, libraries })
    }

    /// Whether store, files and index can be used.
    ///
    /// # Errors
    /// What cannot.
    pub async fn check_ready(&self) -> Result<()> {
        self.read(|tx| Ok(store::meta::setup(tx)?)).await?;
        self.files.check().await?;
        let index = std::sync::Arc::clone(&self.index);
        tokio::task::spawn_blocking(move || index.applied())
            .await
            .map_err(super::Error::internal)?
            .map_err(super::Error::internal)?;
        Ok(())
    }

    /// Bytes that uploads may still use.
    ///
    /// # Errors
    /// If the disk cannot be asked.
    pub fn free_bytes(&self) -> Result<u64> {
        Ok(self.files.free_bytes()?)
    }

    /// Tells everybody that the program is about to end, and ends open uploads; what came of them is kept.
    pub fn announce_end(&self) {
        self.tell(LiveEvent::Restarting);
        self.writers.end_all();
    }

    /// Ends the workers and waits for what goes on in the background.
    pub async fn close(&self) {
        self.pool.shutdown().await;
        self.files.close().await;
    }

    /// Which measures of the workers' sandbox hold on this machine, one line each.
    ///
    /// # Errors
    /// Why no worker can be started.
    pub async fn sandbox_report(&self) -> Result<crate::pdf::sandbox::Report> {
        self.pool.sandbox_report().await.map_err(super::Error::internal)
    }
}
