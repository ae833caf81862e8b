//! Sizes, labels, outline and information of a document.
//!
//! PDFium tells the size of a page without loading it, but not its turn and visible box. Those are exact for the pages
//! read so far and guessed from pages of the same size for the rest.

use crate::domain::layout::{DocumentHead, DocumentInfo, OutlineEntry, PageInfo, Rect};
use crate::pdf::native::{Document, Page};

/// The head as far as it is known before a page was loaded.
pub fn first(document: &Document<'_>) -> DocumentHead {
    let count = document.page_count();
    let mut pages: Vec<PageInfo> = (0..count)
        .map(|index| {
            let (width, height) = document.page_size(index).map_or((612.0, 792.0), |(w, h)| (clean(w), clean(h)));
            PageInfo {
                label: document.page_label(index),
                width,
                height,
                rotate: 0,
                crop: Rect { x0: 0.0, y0: 0.0, x1: width, y1: height },
            }
        })
        .collect();
    drop_plain_labels(&mut pages);
    let outline = document.outline().into_iter().map(|entry| OutlineEntry {
        level: entry.level,
        title: tidy(&entry.title),
        page: entry.destination.map(|place| place.page).filter(|page| *page < count),
        top: entry.destination.and_then(|place| place.top),
    });
    DocumentHead { outline: outline.collect(), info: info(document), pages }
}

/// Labels that only count the pages say nothing.
fn drop_plain_labels(pages: &mut [PageInfo]) {
    let plain = pages.iter().zip(1_u32..).all(|(page, number)| match &page.label {
        None => true,
        Some(label) => *label == number.to_string(),
    });
    if plain {
        pages.iter_mut().for_each(|page| page.label = None);
    }
}

/// Takes over what a loaded page says; `true` if it differs from what was said before.
pub fn correct(head: &mut DocumentHead, page: &Page<'_>, index: u32) -> bool {
    let Some(known) = head.pages.get_mut(index as usize) else { return false };
    let (width, height) = page.size();
    let exact = PageInfo {
        label: known.label.take(),
        width: clean(width),
        height: clean(height),
        rotate: page.rotation(),
        crop: page.visible_box().unwrap_or(known.crop),
    };
    let differs = exact.rotate != known.rotate
        || exact.crop != known.crop
        || (exact.width, exact.height) != (known.width, known.height);
    *known = exact;
    differs
}

/// Gives the pages from `from` on the turn and visible box of an earlier page of their size.
pub fn guess_rest(head: &mut DocumentHead, from: u32) {
    let (exact, rest) = head.pages.split_at_mut(from as usize);
    for page in rest {
        if let Some(alike) = exact.iter().find(|known| (known.width, known.height) == (page.width, page.height)) {
            page.rotate = alike.rotate;
            page.crop = alike.crop;
        }
    }
}

fn info(document: &Document<'_>) -> DocumentInfo {
    let text = |tag: &str| tidy(&document.info(tag));
    DocumentInfo {
        title: text("Title"),
        author: text("Author"),
        subject: text("Subject"),
        keywords: text("Keywords"),
        creator: text("Creator"),
        producer: text("Producer"),
        creation_date: text("CreationDate"),
        owner_locked: document.is_encrypted(),
    }
}

/// Control characters become spaces; ends are trimmed.
pub fn tidy(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.trim().to_owned()
}

fn clean(length: f32) -> f32 {
    if length.is_finite() { length.clamp(1.0, 1.0e6) } else { 612.0 }
}
