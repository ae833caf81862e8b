//! The server itself: identity, set-up, settings, counters.

use minicbor::{Decode, Encode};

use super::access::{bad_key, find, put};
use super::engine::{Direction, KeyRange};
use super::error::Result;
use super::tables::Table;
use super::transaction::{View, WriteTx};
use super::tuple::{TupleKey, TupleReader};
use crate::domain::ids::{Sha256, UserId};
use crate::domain::time::Timestamp;

/// Who this server is.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct ServerIdentity {
    /// Random, made once.
    #[n(0)]
    pub id: String,
    /// Name of the place, as shown.
    #[n(1)]
    pub name: String,
}

/// How far the first set-up came.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
pub struct Setup {
    /// An administrator exists.
    #[n(0)]
    pub is_done: bool,
    /// SHA-256 of the secret in the set-up link, while it is open.
    #[n(1)]
    pub token_hash: Option<Sha256>,
}

/// The value of a setting made on the settings page.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Setting {
    /// Its name in the registry.
    #[n(0)]
    pub name: String,
    /// As text; secrets sealed.
    #[n(1)]
    pub value: String,
    /// Who set it.
    #[n(2)]
    pub by: Option<UserId>,
    /// When.
    #[n(3)]
    pub at: Timestamp,
}

const IDENTITY: &[u8] = b"identity";
const SETUP: &[u8] = b"setup";

/// The server's identity, once it has one.
pub fn find_identity(tx: &impl View) -> Result<Option<ServerIdentity>> {
    find(tx, Table::Meta, IDENTITY)
}

/// Sets the server's identity.
pub fn put_identity(tx: &mut WriteTx<'_>, identity: &ServerIdentity) -> Result<()> {
    put(tx, Table::Meta, IDENTITY, identity)
}

/// How far the first set-up came.
pub fn setup(tx: &impl View) -> Result<Setup> {
    Ok(find(tx, Table::Meta, SETUP)?.unwrap_or_default())
}

/// Notes how far the first set-up came.
pub fn put_setup(tx: &mut WriteTx<'_>, setup: &Setup) -> Result<()> {
    put(tx, Table::Meta, SETUP, setup)
}

/// One setting, if it was set on the page.
pub fn find_setting(tx: &impl View, name: &str) -> Result<Option<Setting>> {
    find(tx, Table::Settings, &TupleKey::new().text(name).done())
}

/// Every setting that was set on the page, by name.
pub fn list_settings(tx: &impl View) -> Result<Vec<Setting>> {
    let rows = super::access::scan(tx, Table::Settings, &KeyRange::all(), Direction::Up, usize::MAX)?;
    Ok(rows.into_iter().map(|(_, setting)| setting).collect())
}

/// Sets a setting.
pub fn put_setting(tx: &mut WriteTx<'_>, setting: &Setting) -> Result<()> {
    put(tx, Table::Settings, &TupleKey::new().text(&setting.name).done(), setting)
}

/// Returns a setting to its default.
pub fn delete_setting(tx: &mut WriteTx<'_>, name: &str) -> Result<()> {
    tx.delete(Table::Settings, &TupleKey::new().text(name).done())
}

/// What is numbered through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counter {
    /// People.
    Users,
    /// Libraries.
    Libraries,
    /// Jobs.
    Jobs,
    /// Personal tokens.
    Tokens,
    /// Entries of the audit log.
    Audit,
    /// Entries of all activity lists.
    Activities,
    /// Starts of the program.
    Boots,
}

impl Counter {
    fn name(self) -> &'static str {
        match self {
            Counter::Users => "users",
            Counter::Libraries => "libraries",
            Counter::Jobs => "jobs",
            Counter::Tokens => "tokens",
            Counter::Audit => "audit",
            Counter::Activities => "activities",
            Counter::Boots => "boots",
        }
    }
}

/// The next number, from 1; never given out twice.
pub fn next(tx: &mut WriteTx<'_>, counter: Counter) -> Result<u64> {
    let key = TupleKey::new().text(counter.name()).done();
    let last = tx.engine().get(Table::Counters, &key)?;
    let last = last.map_or(Ok(0), |bytes| TupleReader::new(&bytes).u64().ok_or_else(|| bad_key(Table::Counters)))?;
    tx.put(Table::Counters, &key, &(last + 1).to_be_bytes())?;
    Ok(last + 1)
}
