//! The embedded engine: one file, one process, one writer.

use std::fs::File;
use std::io::ErrorKind;
use std::ops::Bound;
use std::path::Path;
use std::sync::OnceLock;

use redb::backends::InMemoryBackend;
use redb::{
    Builder, Database, DatabaseError, ReadOnlyTable, ReadTransaction, ReadableDatabase, ReadableTable, StorageError,
    TableDefinition, TableHandle as _, WriteTransaction,
};

use super::engine::{Direction, Durability, Engine, EngineRead, EngineWrite, Entry, KeyRange, Snapshot};
use super::error::{Error, Result};
use super::tables::Table;

/// Memory for pages of the database file.
const CACHE_BYTES: usize = 64 << 20;

type Definition = TableDefinition<'static, &'static [u8], &'static [u8]>;

fn definition(table: Table) -> Definition {
    TableDefinition::new(table.name())
}

type Opener = Box<dyn Fn() -> Result<Database> + Send + Sync>;

/// A database file, or one in memory.
pub(crate) struct RedbEngine {
    /// Nothing only while a failed database cannot be opened again.
    database: Option<Database>,
    /// Opens it again; what is in memory only cannot be.
    opener: Option<Opener>,
}

impl RedbEngine {
    /// Opens the file, or makes it.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let is_new = !path.exists();
        let file = path.to_owned();
        let engine =
            Self::open_with(Box::new(move || Ok(Builder::new().set_cache_size(CACHE_BYTES).create(&file)?)))?;
        if is_new {
            sync_folder_of(path)?;
        }
        Ok(engine)
    }

    /// Opens whatever `opener` opens.
    pub(crate) fn open_with(opener: Opener) -> Result<Self> {
        let database = opener()?;
        make_tables(&database)?;
        Ok(Self { database: Some(database), opener: Some(opener) })
    }

    /// An empty database in memory.
    pub(crate) fn in_memory() -> Result<Self> {
        let database = Builder::new().set_cache_size(CACHE_BYTES).create_with_backend(InMemoryBackend::new())?;
        make_tables(&database)?;
        Ok(Self { database: Some(database), opener: None })
    }

    fn database(&self) -> Result<&Database> {
        self.database.as_ref().ok_or_else(|| Error::Engine("it could not be opened again after a failure".to_owned()))
    }
}

/// Makes a new file's name in its folder survive a power cut.
pub(crate) fn sync_folder_of(path: &Path) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(|error| Error::Engine(format!("{} could not be synced: {error}", folder.display())))
}

/// Makes the tables that are missing, so that a snapshot may rely on all of them.
fn make_tables(database: &Database) -> Result<()> {
    let snapshot = database.begin_read()?;
    let present: Vec<String> = snapshot.list_tables()?.map(|table| table.name().to_owned()).collect();
    drop(snapshot);
    if Table::ALL.iter().all(|table| present.iter().any(|name| name == table.name())) {
        return Ok(());
    }
    let mut transaction = database.begin_write()?;
    // Lost without the next durable commit, and then made again.
    transaction.set_durability(redb::Durability::None).map_err(engine_error)?;
    for table in Table::ALL {
        transaction.open_table(definition(table))?;
    }
    Ok(transaction.commit()?)
}

impl Engine for RedbEngine {
    fn read(&self) -> Result<Box<dyn Snapshot>> {
        let tables = std::array::from_fn(|_| OnceLock::new());
        Ok(Box::new(RedbSnapshot { transaction: self.database()?.begin_read()?, tables }))
    }

    fn write(&self) -> Result<Box<dyn EngineWrite + '_>> {
        Ok(Box::new(RedbWrite(self.database()?.begin_write()?)))
    }

    fn reopen(&mut self) -> Result<()> {
        let Some(opener) = &self.opener else {
            return Err(Error::Engine("a database in memory cannot be opened again".to_owned()));
        };
        // The file is locked as long as the failed database is there.
        self.database = None;
        self.database = Some(opener()?);
        Ok(())
    }

    fn check_integrity(&mut self) -> Result<bool> {
        match &mut self.database {
            Some(database) => Ok(database.check_integrity()?),
            None => self.database().map(|_| false),
        }
    }
}

type OpenTable = ReadOnlyTable<&'static [u8], &'static [u8]>;

/// A snapshot; its tables are opened when first needed and kept.
struct RedbSnapshot {
    transaction: ReadTransaction,
    tables: [OnceLock<OpenTable>; Table::ALL.len()],
}

impl RedbSnapshot {
    fn table(&self, table: Table) -> Result<&OpenTable> {
        let slot = &self.tables[table as usize];
        if let Some(open) = slot.get() {
            return Ok(open);
        }
        let open = self.transaction.open_table(definition(table))?;
        Ok(slot.get_or_init(|| open))
    }
}

impl EngineRead for RedbSnapshot {
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>> {
        get(self.table(table)?, key)
    }

    fn get_many(&self, table: Table, keys: &[Vec<u8>]) -> Result<Vec<Option<Vec<u8>>>> {
        let open = self.table(table)?;
        keys.iter().map(|key| get(open, key)).collect()
    }

    fn scan(&self, table: Table, range: &KeyRange, direction: Direction, limit: usize) -> Result<Vec<Entry>> {
        scan(self.table(table)?, range, direction, limit)
    }
}

/// The one write transaction.
struct RedbWrite(WriteTransaction);

impl EngineRead for RedbWrite {
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>> {
        get(&self.0.open_table(definition(table))?, key)
    }

    fn get_many(&self, table: Table, keys: &[Vec<u8>]) -> Result<Vec<Option<Vec<u8>>>> {
        let open = self.0.open_table(definition(table))?;
        keys.iter().map(|key| get(&open, key)).collect()
    }

    fn scan(&self, table: Table, range: &KeyRange, direction: Direction, limit: usize) -> Result<Vec<Entry>> {
        scan(&self.0.open_table(definition(table))?, range, direction, limit)
    }
}

impl EngineWrite for RedbWrite {
    fn put(&mut self, table: Table, key: &[u8], value: &[u8]) -> Result<()> {
        self.0.open_table(definition(table))?.insert(key, value)?;
        Ok(())
    }

    fn delete(&mut self, table: Table, key: &[u8]) -> Result<()> {
        self.0.open_table(definition(table))?.remove(key)?;
        Ok(())
    }

    fn commit(mut self: Box<Self>, durability: Durability) -> Result<()> {
        let durability = match durability {
            Durability::Durable => redb::Durability::Immediate,
            Durability::Later => redb::Durability::None,
        };
        self.0.set_durability(durability).map_err(engine_error)?;
        Ok(self.0.commit()?)
    }
}

fn get(table: &impl ReadableTable<&'static [u8], &'static [u8]>, key: &[u8]) -> Result<Option<Vec<u8>>> {
    Ok(table.get(key)?.map(|value| value.value().to_vec()))
}

fn scan(
    table: &impl ReadableTable<&'static [u8], &'static [u8]>,
    range: &KeyRange,
    direction: Direction,
    limit: usize,
) -> Result<Vec<Entry>> {
    if limit == 0 || range.is_empty() {
        return Ok(Vec::new());
    }
    let bounds: (Bound<&[u8]>, Bound<&[u8]>) =
        (range.from.as_ref().map(Vec::as_slice), range.to.as_ref().map(Vec::as_slice));
    let mut entries = table.range::<&[u8]>(bounds)?;
    let mut out = Vec::new();
    while out.len() < limit {
        let next = match direction {
            Direction::Up => entries.next(),
            Direction::Down => entries.next_back(),
        };
        let Some(entry) = next else { break };
        let (key, value) = entry?;
        out.push((key.value().to_vec(), value.value().to_vec()));
    }
    Ok(out)
}

fn engine_error(error: impl Into<redb::Error>) -> Error {
    match error.into() {
        redb::Error::DatabaseAlreadyOpen => Error::InUse,
        redb::Error::Io(cause) if matches!(cause.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded) => {
            Error::DiskFull
        }
        other => Error::Engine(other.to_string()),
    }
}

impl From<DatabaseError> for Error {
    fn from(error: DatabaseError) -> Self {
        engine_error(error)
    }
}

impl From<StorageError> for Error {
    fn from(error: StorageError) -> Self {
        engine_error(error)
    }
}

impl From<redb::TransactionError> for Error {
    fn from(error: redb::TransactionError) -> Self {
        engine_error(error)
    }
}

impl From<redb::TableError> for Error {
    fn from(error: redb::TableError) -> Self {
        engine_error(error)
    }
}

impl From<redb::CommitError> for Error {
    fn from(error: redb::CommitError) -> Self {
        engine_error(error)
    }
}
