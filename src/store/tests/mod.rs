//! The store on each of its engines: every accessor, transactions, and random operations against a model with faults.

mod accounts;
mod batches;
mod disk;
mod faults;
mod job_queue;
mod library;
mod logs;
mod random;
mod schema;
mod transactions;
mod transfers;
mod tuples;

use std::collections::{BTreeMap, BTreeSet};

use super::memory_engine::MemoryEngine;
use super::users::NewUser;
use super::{Error, Result, Store, User, WriteTx, libraries, migrations, users};
use crate::domain::ids::{Key, LibraryId, Sha256, UserId, Version};
use crate::domain::item::{FileRef, Item, ReadState};
use crate::domain::library::{LibraryKind, ServerRole};
use crate::domain::time::Timestamp;

/// A store over the model.
fn model_store() -> Store {
    let engine = MemoryEngine::default();
    migrations::migrate(&engine, migrations::STEPS, None).unwrap();
    Store::start(Box::new(engine)).unwrap()
}

/// Runs a test on an empty store of each engine.
fn on_each_engine(test: impl Fn(&Store)) {
    test(&Store::in_memory().unwrap());
    test(&model_store());
}

/// Runs a write that must succeed.
fn write<T: Send + 'static>(store: &Store, f: impl FnMut(&mut WriteTx<'_>) -> Result<T> + Send + 'static) -> T {
    store.write_blocking(f).unwrap()
}

/// Reads something that must be readable.
fn read<T>(store: &Store, f: impl FnOnce(&super::ReadTx) -> Result<T>) -> T {
    store.read_blocking(f).unwrap()
}

fn at(ms: i64) -> Timestamp {
    Timestamp(ms)
}

fn key(number: u64) -> Key {
    Key::from_random(number)
}

fn sha(byte: u8) -> Sha256 {
    Sha256([byte; 32])
}

fn new_user(name: &str) -> NewUser {
    NewUser {
        username: name.to_owned(),
        email: Some(format!("{name}@example.org")),
        display_name: name.to_owned(),
        role: ServerRole::Member,
        password_hash: None,
    }
}

fn a_user(store: &Store, name: &'static str) -> User {
    write(store, move |tx| users::create(tx, new_user(name), at(1)))
}

fn a_library(store: &Store) -> LibraryId {
    write(store, |tx| Ok(libraries::create(tx, LibraryKind::Group, "Papers", UserId(1), at(1))?.id))
}

fn an_item(number: u64) -> Item {
    Item {
        key: key(number),
        version: Version(0),
        item_type: "journalArticle".to_owned(),
        parent: None,
        fields: BTreeMap::from([("title".to_owned(), format!("Paper {number}"))]),
        creators: Vec::new(),
        tags: BTreeSet::new(),
        collections: BTreeSet::new(),
        date_added: at(1),
        date_modified: at(1),
        added_by: Some(UserId(1)),
        modified_by: Some(UserId(2)),
        trashed: false,
        cite_key: None,
        file: None,
        sources: BTreeMap::new(),
        relations: BTreeMap::new(),
    }
}

fn an_attachment(number: u64, parent: Option<Key>, sha256: Sha256) -> Item {
    let file = FileRef {
        sha256,
        size_bytes: 10,
        name: "paper.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        pages: None,
        state: ReadState::Waiting,
        recognised_pages: 0,
    };
    Item { parent, item_type: "attachment".to_owned(), file: Some(file), ..an_item(number) }
}

fn put_item(store: &Store, library: LibraryId, item: Item, now: i64) -> Item {
    write(store, move |tx| {
        let mut item = item.clone();
        tx.library(library, at(now))?.put_item(&mut item)?;
        Ok(item)
    })
}

/// The kind of failure, to compare.
fn failure<T: std::fmt::Debug>(result: Result<T>) -> String {
    match result {
        Err(Error::Taken(what)) => format!("taken: {what}"),
        Err(Error::NotFound(what)) => format!("not found: {what}"),
        other => format!("{other:?}"),
    }
}
