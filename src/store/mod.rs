//! The metadata: transactions, tables, records, migrations.
//!
//! Invariant: no type of the engine below is seen above this room.
//! Invariant: no transaction outlives its closure or crosses an `.await`.
