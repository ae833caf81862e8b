//! Papers that belong together, on the wire.

use poem_openapi::Object;

use super::CreatorView;
use crate::app::relations::{Bond, Relative};
use crate::domain::works::Kinship;

/// A paper that belongs to another, or seems to.
#[derive(Debug, Clone, Object)]
#[oai(rename = "Relative")]
pub struct RelativeView {
    /// Its key.
    pub key: String,
    /// Its title.
    pub title: String,
    /// In printed order.
    pub creators: Vec<CreatorView>,
    /// Zotero's item type.
    pub item_type: String,
    /// Year of publication.
    #[oai(skip_serializing_if_is_none)]
    pub year: Option<u16>,
    /// What it is to the paper that was asked for: `versions`, `supplement_of` (the paper is a supplement of this one),
    /// `supplemented_by` (this one is a supplement of the paper).
    pub relation: String,
    /// Whether somebody said so; otherwise it only seems to be.
    pub linked: bool,
}

impl From<Relative> for RelativeView {
    fn from(relative: Relative) -> Self {
        let Relative { paper, bond } = relative;
        let relation = match bond {
            Bond::Versions | Bond::Offered(Kinship::Versions) => "versions",
            Bond::AttachedTo | Bond::Offered(Kinship::SupplementOf) => "supplement_of",
            Bond::Offered(Kinship::SupplementedBy) => "supplemented_by",
        };
        Self {
            key: paper.key.to_string(),
            title: paper.field("title").to_owned(),
            year: paper.year(),
            creators: paper.creators.into_iter().map(CreatorView::from).collect(),
            item_type: paper.item_type,
            relation: relation.to_owned(),
            linked: !matches!(bond, Bond::Offered(_)),
        }
    }
}

/// Versions and supplements of a paper.
#[derive(Debug, Clone, Object)]
#[oai(rename = "RelativeList")]
pub struct RelativeListView {
    /// Linked ones first.
    pub items: Vec<RelativeView>,
}

impl From<Vec<Relative>> for RelativeListView {
    fn from(relatives: Vec<Relative>) -> Self {
        Self { items: relatives.into_iter().map(Into::into).collect() }
    }
}

/// What somebody says of two papers.
#[derive(Debug, Clone, Object)]
#[oai(rename = "Verdict")]
pub struct VerdictView {
    /// `versions`, `supplement_of` (the first is a supplement of the other) or `unrelated`.
    pub relation: String,
}
