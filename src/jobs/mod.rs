//! The other front door: leases durable jobs and runs them.
//!
//! Invariant: a job may run twice; every body is idempotent.
