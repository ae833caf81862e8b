//! Fields of an entry, by rules.

use super::identifiers::{Joining, arxiv, dois};
use super::references::Entry;
use crate::domain::facts::Reference;

/// Reads the fields of an entry.
pub(super) fn read(entry: Entry) -> Reference {
    let lines: Vec<&str> = entry.lines.iter().map(String::as_str).collect();
    let doi = dois(&lines, Joining::Entry).into_iter().next().map(|found| found.doi);
    Reference {
        doi,
        arxiv: arxiv(&entry.raw).map(|found| found.id),
        raw: entry.raw,
        label: entry.label,
        list: entry.list,
        places: entry.places,
        ..Reference::default()
    }
}
