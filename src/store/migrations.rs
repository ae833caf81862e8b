//! Brings an older database up to date, step by step; the number of steps is the schema's version.

use std::path::{Path, PathBuf};

use super::backup;
use super::engine::{Durability, Engine, EngineRead, EngineWrite};
use super::error::{Error, Result};
use super::redb_engine::sync_folder_of;
use super::tables::Table;

/// One step: changes what the tables hold from the schema before it to its own.
pub(crate) type Step = fn(&mut dyn EngineWrite) -> Result<()>;

/// Every step since the beginning. Steps are only ever added; each released schema has a fixture in the tests.
pub(crate) const STEPS: &[Step] = &[first];

const SCHEMA_KEY: &[u8] = b"schema";

/// Schema 1: all tables empty.
fn first(_: &mut dyn EngineWrite) -> Result<()> {
    Ok(())
}

/// Runs the missing steps, each in a transaction that also writes the version. Returns the version before, if the
/// database was not new and not up to date. With a `path` the database is copied beside itself before the first step.
pub(crate) fn migrate(engine: &dyn Engine, steps: &[Step], path: Option<&Path>) -> Result<Option<u32>> {
    let known = u32::try_from(steps.len()).expect("there are few steps");
    let found = schema(&*engine.read()?)?;
    if found > known {
        return Err(Error::Newer { found, known });
    }
    if found == known {
        return Ok(None);
    }
    if let (Some(path), 1..) = (path, found) {
        copy_before(engine, found, path)?;
    }
    for (version, step) in (1..=known).zip(steps).skip(found as usize) {
        let mut transaction = engine.write()?;
        step(&mut *transaction)?;
        transaction.put(Table::Meta, SCHEMA_KEY, &version.to_be_bytes())?;
        transaction.commit(Durability::Durable)?;
    }
    Ok((found > 0).then_some(found))
}

/// The schema of a database, 0 for a new one.
fn schema(engine: &dyn EngineRead) -> Result<u32> {
    let Some(bytes) = engine.get(Table::Meta, SCHEMA_KEY)? else { return Ok(0) };
    let bytes = bytes.try_into().map_err(|_| Error::Corrupt {
        table: Table::Meta.name(),
        reason: "the schema's version is not a number".to_owned(),
    })?;
    Ok(u32::from_be_bytes(bytes))
}

/// Where the copy of a database is put before its schema `found` is left.
pub(crate) fn copy_path(found: u32, path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".schema-{found}"));
    path.with_file_name(name)
}

/// Copies the database unless an earlier, interrupted update did so already.
fn copy_before(engine: &dyn Engine, found: u32, path: &Path) -> Result<()> {
    let target = copy_path(found, path);
    if target.exists() {
        return Ok(());
    }
    let unfinished = target.with_extension("unfinished");
    let failed =
        |error: std::io::Error| Error::Engine(format!("the copy before the update could not be made: {error}"));
    if unfinished.exists() {
        std::fs::remove_file(&unfinished).map_err(failed)?;
    }
    backup::copy_engine(&*engine.read()?, &unfinished)?;
    std::fs::rename(&unfinished, &target).map_err(failed)?;
    sync_folder_of(&target)
}
