//! Arguments, wiring, subcommands.
