//! Hostile input in numbers: mutated PDFs through the real workers, bytes into frames and codecs, arbitrary layouts into
//! extraction, and small files that unfold to gigabytes or call themselves for ever.
//!
//! Part of the ordinary tests with a small count. `tests/fuzz/run` runs as many cases as are asked for.

mod bombs;
mod bytes;
mod files;
mod lain;
mod layouts;
mod mutate;
mod numbers;
mod seeds;
mod streams;

use std::path::PathBuf;

/// What a run is asked for.
struct Plan {
    /// Mutated files; of the other kinds ten times as many.
    count: u64,
    seed: u64,
    /// Further PDFs to begin from.
    folders: Vec<PathBuf>,
    /// Where files are kept at which a worker died.
    keep: Option<PathBuf>,
}

impl Plan {
    /// From the environment, else small enough for every run of the tests.
    fn read(count: u64) -> Self {
        let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
        let folders = std::env::var_os("FUZZ_FOLDERS");
        Self {
            count: number("FUZZ_COUNT").unwrap_or(count),
            seed: number("FUZZ_SEED").unwrap_or(7),
            folders: folders.map(|list| std::env::split_paths(&list).collect()).unwrap_or_default(),
            keep: std::env::var_os("FUZZ_KEEP").map(PathBuf::from),
        }
    }
}
