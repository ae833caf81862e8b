//! The store on each of its engines.
