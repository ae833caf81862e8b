//! Migrations.

use super::super::engine::{Durability, Engine, EngineWrite};
use super::super::redb_engine::RedbEngine;
use super::super::tables::Table;
use super::*;

fn greet(tx: &mut dyn EngineWrite) -> Result<()> {
    tx.put(Table::Settings, b"greeting", b"hello")
}

fn refuse(tx: &mut dyn EngineWrite) -> Result<()> {
    tx.put(Table::Settings, b"greeting", b"half done")?;
    Err(Error::Engine("a step that fails".to_owned()))
}

fn greeting(engine: &RedbEngine) -> Option<Vec<u8>> {
    engine.read().unwrap().get(Table::Settings, b"greeting").unwrap()
}

/// The steps of today and one of tomorrow.
fn with_step(step: migrations::Step) -> Vec<migrations::Step> {
    migrations::STEPS.iter().copied().chain([step]).collect()
}

#[test]
fn an_older_database_is_copied_and_brought_up_to_date_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.redb");
    drop(Store::open(&path).unwrap());
    let known = u32::try_from(migrations::STEPS.len()).unwrap();
    let engine = RedbEngine::open(&path).unwrap();
    let steps = with_step(greet);
    assert_eq!(migrations::migrate(&engine, &steps, Some(&path)).unwrap(), Some(known));
    assert_eq!(migrations::migrate(&engine, &steps, Some(&path)).unwrap(), None);
    assert_eq!(greeting(&engine).as_deref(), Some(&b"hello"[..]));
    let copy = migrations::copy_path(known, &path);
    assert_eq!(greeting(&RedbEngine::open(&copy).unwrap()), None);
    assert_eq!(Store::open(&copy).unwrap().migrated_from, None, "the copy is a whole database of the old schema");
}

#[test]
fn a_step_that_fails_is_undone_and_tried_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.redb");
    drop(Store::open(&path).unwrap());
    let engine = RedbEngine::open(&path).unwrap();
    assert!(migrations::migrate(&engine, &with_step(refuse), Some(&path)).is_err());
    assert_eq!(greeting(&engine), None);
    assert!(migrations::migrate(&engine, &with_step(greet), Some(&path)).unwrap().is_some());
    assert_eq!(greeting(&engine).as_deref(), Some(&b"hello"[..]));
}

#[test]
fn a_newer_database_is_refused_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.redb");
    let engine = RedbEngine::open(&path).unwrap();
    let mut transaction = engine.write().unwrap();
    transaction.put(Table::Meta, b"schema", &99_u32.to_be_bytes()).unwrap();
    transaction.commit(Durability::Durable).unwrap();
    drop(engine);
    let error = Store::open(&path).map(|_| ()).unwrap_err();
    assert!(matches!(error, Error::Newer { found: 99, .. }));
    let message = error.to_string();
    assert!(message.contains("newer ScrollKeeper") && message.contains("restore a backup"), "{message}");
}

#[test]
fn a_file_that_is_no_database_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.redb");
    std::fs::write(&path, "this is no database, only some text that happens to lie here").unwrap();
    assert!(matches!(Store::open(&path).map(|_| ()), Err(Error::Engine(_))));
}
