//! What a list of papers shows, and in which order.

use crate::domain::ids::{Key, Version};

/// By which column a list is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SortColumn {
    /// By title, leading articles skipped.
    Title,
    /// By the creators' family names.
    Creators,
    /// By year.
    Year,
    /// By journal, proceedings or series.
    Venue,
    /// By the date a paper came.
    Added,
    /// By the date of the last change.
    Modified,
}

impl SortColumn {
    /// All columns.
    pub const ALL: [SortColumn; 6] = [
        SortColumn::Title,
        SortColumn::Creators,
        SortColumn::Year,
        SortColumn::Venue,
        SortColumn::Added,
        SortColumn::Modified,
    ];

    /// The name in the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            SortColumn::Title => "title",
            SortColumn::Creators => "creators",
            SortColumn::Year => "year",
            SortColumn::Venue => "venue",
            SortColumn::Added => "added",
            SortColumn::Modified => "modified",
        }
    }

    /// The column of that name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.as_str() == text)
    }
}

/// Which collection a list is limited to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CollectionFilter {
    /// Papers in this one.
    In(Key),
    /// Papers in none.
    Unfiled,
}

/// What a list shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListQuery {
    /// Words that all have to occur in title, names, year, venue or tags.
    pub words: String,
    /// Only these.
    pub collection: Option<CollectionFilter>,
    /// Only papers with this tag.
    pub tag: Option<String>,
    /// Only this item type.
    pub item_type: Option<String>,
    /// Only papers changed after this version.
    pub since: Option<Version>,
    /// Only papers with a doubtful field.
    pub doubtful: bool,
    /// The trash instead of the library.
    pub trash: bool,
    /// Column to sort by.
    pub sort: SortColumn,
    /// Largest, latest or last first.
    pub descending: bool,
}

impl Default for ListQuery {
    fn default() -> Self {
        Self {
            words: String::new(),
            collection: None,
            tag: None,
            item_type: None,
            since: None,
            doubtful: false,
            trash: false,
            sort: SortColumn::Added,
            descending: true,
        }
    }
}

impl ListQuery {
    /// Whether no row itself has to be looked at.
    pub(super) fn asks_for_marks_only(&self) -> bool {
        self.collection.is_none() && self.tag.is_none() && self.item_type.is_none() && self.since.is_none()
    }
}
