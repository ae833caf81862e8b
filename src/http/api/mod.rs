//! The described part of the API, one file a subject.

mod account;
mod admin;
mod conditional;
mod items;
mod libraries;
mod relatives;
mod system;

use std::sync::Arc;

pub use account::AccountApi;
pub use admin::AdminApi;
pub use items::ItemApi;
pub use libraries::LibraryApi;
pub use relatives::RelativeApi;
pub use system::SystemApi;

use super::origin::Origins;
use crate::app::App;

/// What all handlers work with.
#[derive(Clone)]
pub struct Context {
    /// The use cases.
    pub app: Arc<App>,
    /// Hosts and cookies.
    pub origins: Arc<Origins>,
}
