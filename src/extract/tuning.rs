//! Every number of the extraction rules, in one place, so that they can be fitted again.
//!
//! Sizes are shares of the body's size where it says "sizes"; heights are shares of the page.

/// Sizes that differ by less are one size (points).
pub(super) const SAME_SIZE: f32 = 0.6;
/// A face is one of the body's if it sets at least this share of the body's characters.
pub(super) const BODY_FACE_SHARE: f64 = 0.12;

/// Heads stand above, feet below this share of the page's height.
pub(super) const MARGIN_BAND: f32 = 0.13;
/// Page numbers stand in this outer share.
pub(super) const NUMBER_BAND: f32 = 0.10;
/// A head repeats on at least this many pages, or on all but one of a short document.
pub(super) const HEAD_REPEATS: u32 = 3;
/// Keys of margin lines kept over slices.
pub(super) const HEAD_KEYS_KEPT: usize = 4096;

/// Title: the share of the page in which it may stand.
pub(super) const TITLE_LOWEST: f32 = 0.75;
/// Title: lines further apart than this many sizes are two blocks.
pub(super) const TITLE_LINE_GAP: f32 = 1.0;
/// Title: size over body size counts up to here.
pub(super) const TITLE_SIZE_CAP: f32 = 2.4;
