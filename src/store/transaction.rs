//! The two kinds of transactions, as accessors see them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::engine::{EngineRead, EngineWrite, Snapshot};
use super::error::Result;
use super::tables::Table;
use crate::domain::change::Change;
use crate::domain::ids::{LibraryId, Version};

/// A transaction from which one can read.
pub trait View {
    /// The engine's side of it; of use inside this room only.
    #[doc(hidden)]
    fn engine(&self) -> &dyn EngineRead;
}

/// A consistent, unchanging view of the last durable state.
#[derive(Clone)]
pub struct ReadTx(Arc<dyn Snapshot>);

impl ReadTx {
    pub(crate) fn new(snapshot: Arc<dyn Snapshot>) -> Self {
        Self(snapshot)
    }
}

impl View for ReadTx {
    fn engine(&self) -> &dyn EngineRead {
        &*self.0
    }
}

/// What this transaction did to one library.
#[derive(Debug, Clone, Default)]
pub(crate) struct LibraryState {
    /// The one version it allotted.
    pub version: Version,
    /// One entry an object.
    pub changes: BTreeMap<(u8, crate::domain::ids::Key), Change>,
}

/// A transaction that reads its own writes; all of it is kept or nothing.
pub struct WriteTx<'e> {
    engine: Box<dyn EngineWrite + 'e>,
    dirty: bool,
    pub(crate) libraries: BTreeMap<LibraryId, LibraryState>,
}

impl<'e> WriteTx<'e> {
    pub(crate) fn new(engine: Box<dyn EngineWrite + 'e>) -> Self {
        Self { engine, dirty: false, libraries: BTreeMap::new() }
    }

    /// Whether anything was written.
    pub(crate) fn is_dirty(&self) -> bool {
        self.dirty
    }

    pub(crate) fn into_engine(self) -> Box<dyn EngineWrite + 'e> {
        self.engine
    }

    pub(crate) fn put(&mut self, table: Table, key: &[u8], value: &[u8]) -> Result<()> {
        self.dirty = true;
        self.engine.put(table, key, value)
    }

    pub(crate) fn delete(&mut self, table: Table, key: &[u8]) -> Result<()> {
        self.dirty = true;
        self.engine.delete(table, key)
    }
}

impl View for WriteTx<'_> {
    fn engine(&self) -> &dyn EngineRead {
        &*self.engine
    }
}
