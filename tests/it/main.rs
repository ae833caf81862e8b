//! The one integration binary: the program's behaviour at its boundaries.

mod config_example;
mod crash;
mod tidy;
