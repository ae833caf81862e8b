//! What a sound worker says while it reads, and in which order. One that was taken over by its document says otherwise, and
//! is ended before it can fill memory or disk.

use super::ReadEvent;
use crate::domain::layout::SLICE_PAGES;

/// How far a reading is.
#[derive(Debug)]
pub struct Order {
    max_pages: u32,
    pages: u32,
    /// Pages told as read, and pages given in slices.
    told: u32,
    given: u32,
    heads: u32,
    facts: bool,
}

impl Order {
    /// Of a document not begun yet.
    pub fn new(max_pages: u32) -> Self {
        Self { max_pages, pages: 0, told: 0, given: 0, heads: 0, facts: false }
    }

    /// Whether this may come next; takes it as come.
    pub fn allows(&mut self, event: &ReadEvent) -> bool {
        if self.facts {
            return false;
        }
        match event {
            ReadEvent::Progress { page, pages } => {
                if self.told == 0 {
                    self.pages = *pages;
                }
                self.told += 1;
                *page == self.told && *pages == self.pages && self.told <= self.pages && self.pages <= self.max_pages
            }
            // One before the first slice, and at most one behind the last.
            ReadEvent::Head(head) => {
                self.heads += 1;
                let in_place = if self.heads == 1 { self.given == 0 } else { self.given == self.pages };
                self.told > 0 && self.heads <= 2 && in_place && head.pages.len() == self.pages as usize
            }
            ReadEvent::Slice(slice) => {
                let begin = self.given;
                self.given = self.pages.min(begin + SLICE_PAGES);
                let indices = slice.pages.iter().map(|page| page.index);
                self.heads == 1
                    && self.given <= self.told
                    && begin == slice.first_page
                    && indices.eq(begin..self.given)
                    && begin < self.given
            }
            ReadEvent::Facts(_) => {
                self.facts = true;
                self.is_read()
            }
        }
    }

    /// Whether everything has come.
    pub fn is_complete(&self) -> bool {
        self.facts && self.is_read()
    }

    fn is_read(&self) -> bool {
        self.heads > 0 && self.pages > 0 && self.given == self.pages
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::facts::Facts;
    use crate::domain::layout::{DocumentHead, LayoutSlice, PageInfo, PageLayout};

    fn progress(page: u32, pages: u32) -> ReadEvent {
        ReadEvent::Progress { page, pages }
    }

    fn head(pages: usize) -> ReadEvent {
        ReadEvent::Head(Box::new(DocumentHead { pages: vec![PageInfo::default(); pages], ..DocumentHead::default() }))
    }

    fn slice(from: u32, to: u32) -> ReadEvent {
        let pages = (from..to).map(|index| PageLayout { index, ..PageLayout::default() }).collect();
        ReadEvent::Slice(Box::new(LayoutSlice { first_page: from, pages, fonts: Vec::new() }))
    }

    fn facts() -> ReadEvent {
        ReadEvent::Facts(Box::<Facts>::default())
    }

    /// How many of the events are allowed, and whether the reading is complete then.
    fn check(events: &[ReadEvent]) -> (usize, bool) {
        let mut order = Order::new(40);
        let allowed = events.iter().take_while(|event| order.allows(event)).count();
        (allowed, order.is_complete())
    }

    fn two_slices() -> Vec<ReadEvent> {
        let mut events: Vec<ReadEvent> = (1..=32).map(|page| progress(page, 40)).collect();
        events.extend([head(40), slice(0, 32)]);
        events.extend((33..=40).map(|page| progress(page, 40)));
        events.extend([slice(32, 40), head(40), facts()]);
        events
    }

    #[test]
    fn a_sound_reading_is_allowed_to_its_end() {
        assert_eq!(check(&two_slices()), (45, true));
        assert_eq!(check(&[progress(1, 1), head(1), slice(0, 1), facts()]), (4, true));
        assert_eq!(check(&two_slices()[..44]), (44, false), "without facts it is not complete");
    }

    #[test]
    fn what_a_sound_worker_does_not_say_is_not_allowed() {
        assert_eq!(check(&[progress(1, 1), progress(1, 1)]), (1, false), "a page twice");
        assert_eq!(check(&[progress(1, 41)]), (0, false), "more pages than allowed");
        assert_eq!(check(&[progress(1, 2), progress(2, 3)]), (1, false), "another number of pages");
        assert_eq!(check(&[progress(1, 1), head(2)]), (1, false), "a head of another document");
        assert_eq!(check(&[progress(1, 2), head(2), slice(0, 2)]), (2, false), "pages that were not read");
        assert_eq!(check(&[progress(1, 1), slice(0, 1)]), (1, false), "a slice without a head");
        assert_eq!(check(&[progress(1, 1), head(1), slice(0, 1), slice(0, 1)]), (3, false), "a slice twice");
        assert_eq!(check(&[progress(1, 1), head(1), slice(1, 2)]), (2, false), "pages that are not there");
        assert_eq!(check(&[progress(1, 1), head(1), facts()]), (2, false), "facts of nothing");
        assert_eq!(check(&[progress(1, 1), head(1), slice(0, 1), facts(), facts()]), (4, true), "facts twice");
        let mut heads = vec![progress(1, 1), head(1), slice(0, 1)];
        heads.extend((0..5).map(|_| head(1)));
        assert_eq!(check(&heads), (4, false), "a head again and again");
    }
}
