//! What the PDF worker read from one blob (derived data).
//!
//! Units: pages count from 0 here (`index`) and from 1 in every interface to people and clients. Text offsets are Unicode
//! code points of that page's text. Boxes are PDF user space, unrotated, origin as in the file (y grows upward).

/// A box in PDF user space: left, bottom, right, top, in points; `x0 <= x1`, `y0 <= y1`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    /// Left.
    pub x0: f32,
    /// Bottom.
    pub y0: f32,
    /// Right.
    pub x1: f32,
    /// Top.
    pub y1: f32,
}

impl Rect {
    /// The box around both.
    #[must_use]
    pub fn around(self, other: Self) -> Self {
        Self {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }
}

/// Consecutive pages of a layout; the unit in which layouts are sent, stored and read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LayoutSlice {
    /// Index of the first page in it, a multiple of [`SLICE_PAGES`].
    pub first_page: u32,
    /// The pages, in order; [`SLICE_PAGES`] of them except in the last slice.
    pub pages: Vec<PageLayout>,
    /// The document's fonts as far as they are known; [`Word::font`] counts in it. Later slices only add to its end.
    pub fonts: Vec<Font>,
}

/// Pages in a full slice.
pub const SLICE_PAGES: u32 = 32;

/// One page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PageLayout {
    /// 0 for the first page of the file.
    pub index: u32,
    /// PDFium's order with line-end hyphens joined, control characters and second prints dropped, accents composed where
    /// certain. Lines end with `\n`. Everything that counts characters counts code points of this text.
    pub text: String,
    /// The words in text order. A word divided at a line end is two entries with touching ranges and a box each.
    pub words: Vec<Word>,
    /// The lines in text order, each a run of `words`.
    pub lines: Vec<Line>,
    /// Stretches of the text that are not running text; sorted, not overlapping.
    pub roles: Vec<RoleSpan>,
    /// Divided words: where a line-end hyphen was taken out or kept (see [`Division`]).
    pub divisions: Vec<Division>,
    /// Links on the page.
    pub links: Vec<Link>,
    /// Annotations that came inside the file (highlights, notes, ink; links and form fields apart).
    pub annotations: Vec<EmbeddedAnnotation>,
    /// Whether the text can be used.
    pub quality: PageQuality,
    /// The text was recognised from the page's picture: letters may be mistaken, and sizes are estimates.
    pub recognised: bool,
}

/// A word, or the part of a divided word that stands on one line.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Word {
    /// First code point in the page's text.
    pub start: u32,
    /// One behind the last code point.
    pub end: u32,
    /// Loose box: as high as the font, so that marks of one line are even.
    pub rect: Rect,
    /// Index into the document's fonts.
    pub font: u16,
    /// Effective size in points (matrix included).
    pub size: f32,
    /// Bits of [`word_flags`].
    pub flags: u8,
}

/// Bits of [`Word::flags`].
pub mod word_flags {
    /// By weight, name or flag of its font.
    pub const BOLD: u8 = 1;
    /// By name or flag of its font.
    pub const ITALIC: u8 = 2;
    /// Smaller than the line and raised.
    pub const SUPERSCRIPT: u8 = 4;
    /// Not horizontal on the page as displayed.
    pub const TURNED: u8 = 8;
    /// A space stands before it in the text (a word may follow another directly, as after a superscript).
    pub const SPACE_BEFORE: u8 = 16;
    /// Its characters have no sure meaning (no Unicode map, or hard to recognise in a scan).
    pub const DOUBTFUL: u8 = 32;
}

/// A printed line: neighbours on one baseline, one column.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Line {
    /// Index of its first word in [`PageLayout::words`].
    pub first_word: u32,
    /// One behind its last word.
    pub end_word: u32,
}

/// What a stretch of text is, other than running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextRole {
    /// Running head.
    Head,
    /// Running foot.
    Foot,
    /// The printed page number.
    PageNumber,
    /// A note at the foot of the page (searched, unlike heads and feet).
    Footnote,
    /// Sideways or overlaid: preprint server, "downloaded by", watermark.
    Stamp,
    /// Number of a line, printed in the margin.
    LineNumber,
    /// Caption of a figure or table (searched).
    Caption,
}

impl TextRole {
    /// Whether text of this role is left out of search, abstract, references and reading mode.
    #[must_use]
    pub fn is_furniture(self) -> bool {
        !matches!(self, TextRole::Footnote | TextRole::Caption)
    }
}

/// A stretch of a page's text with a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleSpan {
    /// First code point.
    pub start: u32,
    /// One behind the last.
    pub end: u32,
    /// What it is.
    pub role: TextRole,
}

/// A word that the page divides at a line end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Division {
    /// Offset in the text where the second part begins. If `kept`, the code point before is the hyphen.
    pub at: u32,
    /// Whether the hyphen belongs to the word ("well-known") and so stands in the text.
    pub kept: bool,
}

/// Whether a page's text can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PageQuality {
    /// Text that reads well.
    #[default]
    Good,
    /// Text, but a notable part of it has no sure meaning or is garbled.
    Poor,
    /// No text: a scan, a drawing or an empty page.
    None,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq)]
pub enum LinkTarget {
    /// A place in the same file.
    Page {
        /// Index of the page.
        index: u32,
        /// Upper edge to show, in points, if the file says so.
        top: Option<f32>,
    },
    /// An address outside (http, https, mailto, doi).
    Uri(String),
}

/// A link on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Where it is.
    pub rect: Rect,
    /// Where it leads.
    pub target: LinkTarget,
}

/// An annotation that came inside the file.
#[derive(Debug, Clone, PartialEq)]
pub struct EmbeddedAnnotation {
    /// The PDF subtype: `Highlight`, `Underline`, `Text`, `Ink`, …
    pub subtype: String,
    /// Its rectangles (one a line for text marks).
    pub rects: Vec<Rect>,
    /// What was written.
    pub contents: String,
    /// Who wrote it, as the file says.
    pub author: String,
    /// `#rrggbb`, if the file says so.
    pub color: Option<String>,
}

/// What holds for the whole document; known before any page was read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DocumentHead {
    /// Size and name of each page.
    pub pages: Vec<PageInfo>,
    /// The file's outline, flattened in order.
    pub outline: Vec<OutlineEntry>,
    /// The information dictionary and XMP, as witnesses.
    pub info: DocumentInfo,
}

/// Size and name of a page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PageInfo {
    /// The printed label, if the file has labels.
    pub label: Option<String>,
    /// As displayed (after rotation), in points.
    pub width: f32,
    /// As displayed (after rotation), in points.
    pub height: f32,
    /// Clockwise degrees: 0, 90, 180, 270.
    pub rotate: u16,
    /// The visible box.
    pub crop: Rect,
}

/// An entry of the outline.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OutlineEntry {
    /// 1 for the top.
    pub level: u8,
    /// As the file says.
    pub title: String,
    /// Index of the page it leads to.
    pub page: Option<u32>,
    /// Upper edge to show, in points.
    pub top: Option<f32>,
}

/// What the file says of itself; seldom wholly right.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DocumentInfo {
    /// `Title`.
    pub title: String,
    /// `Author`.
    pub author: String,
    /// `Subject`.
    pub subject: String,
    /// `Keywords`.
    pub keywords: String,
    /// `Creator`.
    pub creator: String,
    /// `Producer`.
    pub producer: String,
    /// `CreationDate` as written (`D:2019…`).
    pub creation_date: String,
    /// Whether only an owner's password restricts it.
    pub owner_locked: bool,
}

/// A font of the document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Font {
    /// Base name without subset prefix; empty for nameless (Type 3) fonts.
    pub name: String,
    /// By weight, name or flag.
    pub bold: bool,
    /// By name or flag.
    pub italic: bool,
}
