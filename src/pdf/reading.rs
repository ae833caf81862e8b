//! Reads one open document: head first, then its pages in slices.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::ReadEvent;
use super::native::{Document, Library, Matrix, ObjectId, OpenError, Page, TextPage};
use super::recognised::{Recognised, RecognisedPage};
use super::text::accents;
use super::text::bitmaps;
use super::text::clean::{self, Meaning, SecondPrints};
use super::text::directions;
use super::text::divided::{self, Vocabulary};
use super::text::fonts::FontTable;
use super::text::lines::{self, Draft};
use super::text::scanned::{self, ScanSizes};
use super::text::{Glyph, PageGlyphs, Run, quality};
use crate::domain::facts::{Facts, ReadErrorCode};
use crate::domain::layout::{DocumentHead, LayoutSlice, PageLayout, PageQuality, Rect, SLICE_PAGES};
use crate::extract::Extractor;
use crate::extract::roles::RoleMarker;
use trust::Trust;

mod head;
mod marks;
mod trust;

/// A reason for which a document is not read on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The documented reason.
    pub code: ReadErrorCode,
    /// What happened and what to do.
    pub message: String,
}

impl Refusal {
    /// With the reason's own message.
    pub fn new(code: ReadErrorCode) -> Self {
        Self { code, message: code.message().to_owned() }
    }
}

/// More characters than a printed page can hold; the rest of such a page is left out.
const GLYPHS_MAX: usize = 400_000;
/// More characters than the pages of a slice hold together, ten times over; the rest is left out.
const SLICE_GLYPHS_MAX: usize = 2_000_000;
/// Characters for each page that a document may have, and those that any document may have: a few hundred bytes can unfold
/// to thousands of pages, each longer than a book.
const PAGE_CHARACTERS: u64 = 20_000;
const DOCUMENT_CHARACTERS: u64 = 2_000_000;
/// A file that PDFium refuses is a PDF at all if it says so this near to its beginning.
const HEADER_WITHIN: usize = 1024;
/// A whole file has its last line this near to its end.
const TRAILER_WITHIN: usize = 2048;
/// Sides of the visible page below which it says nothing about what is seen.
const VISIBLE_MIN: f32 = 10.0;

/// Opens a document and checks it against `max_pages`.
///
/// # Errors
/// Why it cannot be read.
pub fn open<'a>(
    library: &'a Library,
    bytes: &'a [u8],
    password: Option<&str>,
    max_pages: u32,
) -> Result<Document<'a>, Refusal> {
    let document = library.open(bytes, password).map_err(|error| match error {
        OpenError::Password if password.is_some_and(|given| !given.is_empty()) => Refusal {
            code: ReadErrorCode::Encrypted,
            message: "The password given does not open this PDF. Enter another one on the paper's page, or upload an unlocked copy."
                .to_owned(),
        },
        OpenError::Password => Refusal::new(ReadErrorCode::Encrypted),
        OpenError::Security => Refusal {
            code: ReadErrorCode::Encrypted,
            message: "This PDF is protected in a way that cannot be opened here. Upload an unlocked copy.".to_owned(),
        },
        OpenError::Format | OpenError::Other if !says_pdf(bytes) => Refusal::new(ReadErrorCode::NotAPdf),
        OpenError::Format | OpenError::Other => Refusal::new(damage(bytes)),
    })?;
    match document.page_count() {
        0 if says_pdf(bytes) => Err(Refusal::new(damage(bytes))),
        0 => Err(Refusal::new(ReadErrorCode::NotAPdf)),
        pages if pages > max_pages => Err(Refusal {
            code: ReadErrorCode::TooLarge,
            message: format!(
                "This PDF has {pages} pages, and this server reads at most {max_pages}. Split it, or ask the administrator to raise the limit."
            ),
        }),
        _ => Ok(document),
    }
}

fn says_pdf(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(HEADER_WITHIN)].windows(5).any(|window| window == b"%PDF-")
}

/// What is wrong with a PDF that does not open: without its last line, the rest is missing.
fn damage(bytes: &[u8]) -> ReadErrorCode {
    let tail = &bytes[bytes.len().saturating_sub(TRAILER_WITHIN)..];
    if tail.windows(5).any(|window| window == b"%%EOF") { ReadErrorCode::Damaged } else { ReadErrorCode::Incomplete }
}

/// Reads the whole document and gives every result to `send`, which ends the reading by an error.
///
/// # Errors
/// What `send` returns, and a document with more text than any has: damaged pages are pages without text.
pub fn read<E: From<Refusal>>(
    document: &Document<'_>,
    recognised: &Recognised,
    max_pages: u32,
    mut send: impl FnMut(ReadEvent) -> Result<(), E>,
) -> Result<(), E> {
    let mut reader = Reader::default();
    let mut trust = Trust::default();
    let mut head = head::first(document);
    let mut conclusions = Conclusions::default();
    let pages = document.page_count();
    let mut guessed = false;
    let mut first = 0;
    while first < pages {
        let end = pages.min(first + SLICE_PAGES);
        let mut drafts = Vec::with_capacity((end - first) as usize);
        for index in first..end {
            let page = document.page(index);
            if let Some(page) = &page {
                guessed |= head::correct(&mut head, page, index) && first > 0;
            }
            let mut draft = reader.draft(document, page.as_ref(), index);
            if let (Some(page), Some(seen)) = (&page, recognised.page(index)) {
                reader.put_recognised(&mut draft, page, seen);
            }
            trust.note(&draft, recognised);
            drafts.push(draft);
            if reader.characters > DOCUMENT_CHARACTERS.max(u64::from(max_pages) * PAGE_CHARACTERS) {
                return Err(Refusal::new(ReadErrorCode::TooLarge).into());
            }
            send(ReadEvent::Progress { page: index + 1, pages })?;
        }
        let mut slice = reader.slice(first, drafts);
        if first == 0 {
            head::guess_rest(&mut head, end);
            send(ReadEvent::Head(Box::new(head.clone())))?;
        }
        conclusions.add(&mut slice, &head);
        send(ReadEvent::Slice(Box::new(slice)))?;
        first = end;
    }
    if guessed {
        send(ReadEvent::Head(Box::new(head)))?;
    }
    let mut facts = conclusions.finish();
    trust.lower(&mut facts);
    send(ReadEvent::Facts(Box::new(facts)))
}

/// Extraction beside the reading. If a rule fails on a document, its text is still read, only without conclusions.
#[derive(Default)]
struct Conclusions {
    rules: Option<(RoleMarker, Extractor)>,
    failed: bool,
}

impl Conclusions {
    /// Marks the roles in a slice and takes it into account.
    fn add(&mut self, slice: &mut LayoutSlice, head: &DocumentHead) {
        if self.failed {
            return;
        }
        let rules = self.rules.take().unwrap_or_else(|| (RoleMarker::new(head), Extractor::new(head)));
        let added = catch_unwind(AssertUnwindSafe(|| {
            let (mut marker, mut extractor) = rules;
            marker.mark(slice, head);
            extractor.add_slice(slice);
            (marker, extractor)
        }));
        self.failed = added.is_err();
        self.rules = added.ok();
    }

    fn finish(self) -> Facts {
        let Some((_, extractor)) = self.rules else { return Facts::default() };
        catch_unwind(AssertUnwindSafe(|| extractor.finish())).unwrap_or_default()
    }
}

/// What is kept from page to page.
#[derive(Default)]
struct Reader {
    fonts: FontTable,
    vocabulary: Vocabulary,
    prints: SecondPrints,
    glyphs: PageGlyphs,
    /// Characters taken from the pages of this slice.
    in_slice: usize,
    /// Characters that PDFium found in the document, taken or not: finding them is what takes the time.
    characters: u64,
    scans: ScanSizes,
}

impl Reader {
    fn draft(&mut self, document: &Document<'_>, page: Option<&Page<'_>>, index: u32) -> Draft {
        let nothing = || Draft {
            page: PageLayout { index, quality: PageQuality::None, ..PageLayout::default() },
            ..Draft::default()
        };
        let Some(page) = page else { return nothing() };
        let mut draft = match page.text() {
            Some(text) => {
                self.glyphs.clear();
                self.characters += u64::from(text.count().unsigned_abs());
                let most = GLYPHS_MAX.min(SLICE_GLYPHS_MAX - self.in_slice);
                collect(&text, page, most, &mut self.fonts, &mut self.glyphs);
                self.in_slice = SLICE_GLYPHS_MAX.min(self.in_slice + self.glyphs.glyphs.len());
                self.prints.drop_from(&mut self.glyphs);
                accents::compose(&mut self.glyphs);
                directions::mend(&mut self.glyphs);
                let mut draft = lines::build(index, &self.glyphs, self.fonts.fonts());
                draft.page.quality = quality::judge(&self.glyphs);
                draft
            }
            None => nothing(),
        };
        draft.page.links = marks::links(page, document.page_count());
        draft.page.annotations = marks::annotations(page);
        draft
    }

    /// Takes the recognised text of a page where that is better than its own.
    fn put_recognised(&mut self, draft: &mut Draft, page: &Page<'_>, seen: &RecognisedPage) {
        let own = draft.page.quality;
        let Some(visible) = page.visible_box().filter(|_| own != PageQuality::Good) else { return };
        self.glyphs.clear();
        let font = self.fonts.index("", 0, 0);
        scanned::print(seen, visible, page.rotation(), font, &mut self.scans, &mut self.glyphs);
        let quality = quality::judge(&self.glyphs);
        let is_better = match own {
            PageQuality::None => quality != PageQuality::None && !seen.is_guesswork(),
            PageQuality::Poor => quality == PageQuality::Good,
            PageQuality::Good => false,
        };
        if !is_better {
            return;
        }
        let PageLayout { index, links, annotations, .. } = std::mem::take(&mut draft.page);
        *draft = lines::build(index, &self.glyphs, self.fonts.fonts());
        draft.page = PageLayout { links, annotations, quality, recognised: true, ..std::mem::take(&mut draft.page) };
    }

    fn slice(&mut self, first_page: u32, drafts: Vec<Draft>) -> LayoutSlice {
        self.in_slice = 0;
        for draft in &drafts {
            self.vocabulary.add(&draft.page.text);
        }
        let pages = drafts.into_iter().map(|draft| divided::settle(draft, &self.vocabulary)).collect();
        LayoutSlice { first_page, pages, fonts: self.fonts.fonts().to_vec() }
    }
}

/// Takes over the characters of a text page, so many at most.
fn collect(text: &TextPage<'_>, page: &Page<'_>, most: usize, fonts: &mut FontTable, into: &mut PageGlyphs) {
    let rotation = page.rotation();
    let visible = page.visible_box();
    into.middle = visible.map_or(0.0, |visible| f32::midpoint(visible.x0, visible.x1));
    let mut page_fonts = HashMap::new();
    let mut faces: Vec<usize> = Vec::new();
    let mut object = ObjectId::NONE;
    let mut run = 0;
    for index in 0..text.count().min(i32::try_from(most).unwrap_or(i32::MAX)) {
        let mut raw = text.unicode(index);
        if (0xDC00..0xE000).contains(&raw) {
            continue;
        }
        if (0xD800..0xDC00).contains(&raw) {
            raw = joined_surrogates(raw, text.unicode(index + 1));
        }
        let generated = text.is_generated(index);
        let meaning = match bitmap_ligature(text, index, raw).filter(|_| !generated) {
            Some(letters) => Meaning::Letters(letters),
            None => clean::meaning(raw),
        };
        let base = Glyph { code: ' ', rect: Default::default(), origin: (0.0, 0.0), run, generated, doubtful: false };
        match meaning {
            Meaning::Nothing if generated || raw == 0x0D || !text.has_map_error(index) => continue,
            Meaning::Nothing | Meaning::Unmapped => {
                into.unmapped += u32::from(!generated);
                continue;
            }
            Meaning::Char(code) if generated && code != super::text::OPEN_HYPHEN => {
                into.glyphs.push(Glyph { code, generated: true, ..base });
                continue;
            }
            Meaning::Char(_) | Meaning::Letters(_) => {}
        }
        let own = text.object(index);
        if own != object || into.runs.is_empty() {
            object = own;
            run = u32::try_from(into.runs.len()).unwrap_or(u32::MAX);
            into.runs.push(read_run(text, index, own, rotation, fonts, &mut page_fonts));
            faces.push(text.font_address(own));
        }
        // Many fonts without a map have the usual codes; letters and digits from them are nearly always right.
        let doubtful = text.has_map_error(index) && !char::from_u32(raw).is_some_and(char::is_alphanumeric);
        let mut rect = text.loose_box(index);
        if bitmaps::is_unsized(into.runs[run as usize].size) {
            let tight = text.tight_box(index);
            (rect.y0, rect.y1) = (tight.y0, tight.y1);
        }
        let glyph = Glyph { rect: hundredths(rect), origin: text.origin(index), run, doubtful, ..base };
        match meaning {
            Meaning::Char(code) => into.glyphs.push(Glyph { code, generated: false, ..glyph }),
            Meaning::Letters(letters) => {
                into.glyphs.extend(letters.chars().map(|code| Glyph { code, generated: false, ..glyph }));
            }
            Meaning::Nothing | Meaning::Unmapped => {}
        }
    }
    bitmaps::mend(into, &faces);
    if let Some(visible) = visible.filter(|seen| seen.x1 - seen.x0 > VISIBLE_MIN && seen.y1 - seen.y0 > VISIBLE_MIN) {
        drop_unseen(into, visible);
    }
}

/// The letters of a ligature in TeX's own encoding, which bitmap fonts of old papers use without saying so: only within
/// a word and with the height of an "f", since other fonts have other signs there.
fn bitmap_ligature(text: &TextPage<'_>, index: i32, raw: u32) -> Option<&'static str> {
    let letters = bitmaps::ligature(raw)?;
    let is_letter = |at: i32| {
        (0..text.count()).contains(&at) && !text.is_generated(at) && (0x61..=0x7A).contains(&text.unicode(at))
    };
    let before = (1..=2).take_while(|step| is_letter(index - step)).count();
    let behind = (1..=2).take_while(|step| is_letter(index + step)).count();
    let height = |at: i32| {
        let tight = text.tight_box(at);
        tight.y1 - tight.y0
    };
    let neighbour = if before > 0 { index - 1 } else { index + 1 };
    let is_high = || bitmaps::is_high(height(index), text.unicode(neighbour), height(neighbour));
    (before + behind >= 2 && is_high() && bitmaps::is_unsized(text.raw_size(index) * scale(text.matrix(index))))
        .then_some(letters)
}

/// Drops text objects of which nothing is on the visible page: names of files and dates of proofs that were cut off.
fn drop_unseen(page: &mut PageGlyphs, visible: Rect) {
    let is_seen =
        |rect: Rect| rect.x1 >= visible.x0 && rect.x0 <= visible.x1 && rect.y1 >= visible.y0 && rect.y0 <= visible.y1;
    let mut seen = vec![false; page.runs.len()];
    for glyph in page.glyphs.iter().filter(|glyph| !glyph.generated && is_seen(glyph.rect)) {
        seen[glyph.run as usize] = true;
    }
    if seen.contains(&false) {
        page.glyphs.retain(|glyph| glyph.generated || seen[glyph.run as usize]);
    }
}

fn joined_surrogates(high: u32, low: u32) -> u32 {
    if (0xDC00..0xE000).contains(&low) { 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00) } else { 0xFFFD }
}

fn read_run(
    text: &TextPage<'_>,
    index: i32,
    object: ObjectId,
    rotation: u16,
    fonts: &mut FontTable,
    page_fonts: &mut HashMap<usize, u16>,
) -> Run {
    let address = text.font_address(object);
    let font = *page_fonts.entry(address).or_insert_with(|| match text.font(object) {
        Some(raw) => fonts.index(&raw.name, raw.weight, raw.flags),
        None => fonts.index("", 0, 0),
    });
    let matrix = text.matrix(index);
    let size = (text.raw_size(index).abs() * scale(matrix) * 100.0).round() / 100.0;
    let size = if size.is_finite() { size.clamp(0.01, 10_000.0) } else { 1.0 };
    let direction = direction(matrix.a, matrix.b);
    Run { font, size, direction, turned: is_turned(direction, rotation) }
}

/// How much larger a matrix makes what it shows.
fn scale(matrix: Matrix) -> f32 {
    (matrix.a * matrix.d - matrix.b * matrix.c).abs().sqrt()
}

/// Unit vector of the writing direction; the four main ones exactly.
fn direction(a: f32, b: f32) -> (f32, f32) {
    let length = a.hypot(b);
    if !length.is_finite() || length < 1.0e-6 {
        return (1.0, 0.0);
    }
    let (cos, sin) = (a / length, b / length);
    if sin.abs() < 0.02 {
        return (cos.signum(), 0.0);
    }
    if cos.abs() < 0.02 {
        return (0.0, sin.signum());
    }
    (cos, sin)
}

/// Pages are turned clockwise for display, so upright text runs counter-clockwise by as much.
fn is_turned((cos, sin): (f32, f32), rotation: u16) -> bool {
    let (upright_cos, upright_sin) = match rotation {
        90 => (0.0, 1.0),
        180 => (-1.0, 0.0),
        270 => (0.0, -1.0),
        _ => (1.0, 0.0),
    };
    cos * upright_cos + sin * upright_sin < 0.97
}

/// Layouts keep hundredths of a point.
fn hundredths(rect: Rect) -> Rect {
    let round = |value: f32| (value * 100.0).round() / 100.0;
    Rect { x0: round(rect.x0), y0: round(rect.y0), x1: round(rect.x1), y1: round(rect.y1) }
}
