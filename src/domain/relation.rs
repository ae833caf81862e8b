//! How two papers of one library belong together: what the rule sees, and what a person said of it.

use super::item::Item;
use super::works::{Kinship, Work};

/// What was said of two papers, kept with both of them by the other one's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relation {
    /// Versions of one work: a preprint and what was published.
    Version,
    /// They only look alike; they are not offered to be linked again.
    Unrelated,
    /// Of a supplement in the trash: its files lie below that paper.
    AttachedTo,
    /// Of a file: it came from that supplement.
    CameFrom,
}

impl Relation {
    /// Every relation.
    pub const ALL: [Relation; 4] = [Relation::Version, Relation::Unrelated, Relation::AttachedTo, Relation::CameFrom];

    /// The name in records.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Relation::Version => "version",
            Relation::Unrelated => "unrelated",
            Relation::AttachedTo => "attached_to",
            Relation::CameFrom => "came_from",
        }
    }

    /// The relation of that name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|relation| relation.as_str() == text)
    }
}

/// How a paper seems to belong to another of which nothing was said yet.
#[must_use]
pub fn offer(paper: &Item, other: &Item) -> Option<Kinship> {
    let said = paper.relations.contains_key(&other.key) || other.relations.contains_key(&paper.key);
    let both_papers = paper.parent.is_none() && other.parent.is_none() && paper.key != other.key;
    if said || !both_papers || other.trashed {
        return None;
    }
    Work::of_item(paper).kinship(&Work::of_item(other))
}
