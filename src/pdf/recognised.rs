//! What recognition saw on pages: words with their boxes, in the picture's pixels.

use minicbor::{CborLen, Decode, Encode};

/// Pages that were recognised, by index.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode, CborLen)]
pub struct Recognised {
    /// Index and page, in order.
    #[n(0)]
    pages: Vec<(u32, RecognisedPage)>,
}

impl Recognised {
    /// What was seen on a page.
    #[must_use]
    pub fn page(&self, index: u32) -> Option<&RecognisedPage> {
        let at = self.pages.binary_search_by_key(&index, |(known, _)| *known).ok()?;
        Some(&self.pages[at].1)
    }

    /// Keeps what was seen on a page, in place of what was kept of it before.
    pub fn put(&mut self, index: u32, page: RecognisedPage) {
        match self.pages.binary_search_by_key(&index, |(known, _)| *known) {
            Ok(at) => self.pages[at].1 = page,
            Err(at) => self.pages.insert(at, (index, page)),
        }
    }

    /// The pages of this range.
    #[must_use]
    pub fn part(&self, range: std::ops::Range<u32>) -> Self {
        Self { pages: self.pages.iter().filter(|(index, _)| range.contains(index)).cloned().collect() }
    }

    /// Adds the pages of another part of the document, which come behind those here.
    pub fn extend(&mut self, later: Recognised) {
        for (index, page) in later.pages {
            self.put(index, page);
        }
    }

    /// The first pages that together take about so many bytes.
    #[must_use]
    pub fn within(mut self, most_bytes: usize) -> Self {
        let mut size_bytes = 0;
        let fits = |(_, page): &&(u32, RecognisedPage)| {
            size_bytes += page.words.iter().map(|word| word.text.len() + WORD_BYTES).sum::<usize>();
            size_bytes <= most_bytes
        };
        let kept = self.pages.iter().take_while(fits).count();
        self.pages.truncate(kept);
        self
    }

    /// Whether not a single word was seen.
    #[must_use]
    pub fn is_wordless(&self) -> bool {
        self.pages.iter().all(|(_, page)| page.words.is_empty())
    }
}

/// What a word takes beside its letters.
const WORD_BYTES: usize = 40;

/// What was seen on one page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode, CborLen)]
pub struct RecognisedPage {
    /// Width of the picture.
    #[n(0)]
    pub width_px: u32,
    /// Height of the picture.
    #[n(1)]
    pub height_px: u32,
    /// The words in reading order.
    #[n(2)]
    pub words: Vec<RecognisedWord>,
    /// The languages that were looked for, as in the setting.
    #[n(3)]
    pub languages: String,
    /// Set where recognition failed: the asking that it failed in, so that only a later one tries again.
    #[n(4)]
    pub failed_in: Option<u64>,
}

/// A page whose words are less sure on average is a drawing, or in a script that was not looked for.
const SURE_MIN: u64 = 50;

impl RecognisedPage {
    /// Whether what was seen is hardly text.
    #[must_use]
    pub fn is_guesswork(&self) -> bool {
        let sum: u64 = self.words.iter().map(|word| u64::from(word.confidence)).sum();
        sum < SURE_MIN * self.words.len() as u64
    }
}

/// A word in the picture.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode, CborLen)]
pub struct RecognisedWord {
    /// Its letters.
    #[n(0)]
    pub text: String,
    /// Left, from the left edge.
    #[n(1)]
    pub left: u32,
    /// Top, from the upper edge.
    #[n(2)]
    pub top: u32,
    /// Width, at least 1.
    #[n(3)]
    pub width: u32,
    /// Height, at least 1.
    #[n(4)]
    pub height: u32,
    /// How sure it is, 0 to 100.
    #[n(5)]
    pub confidence: u8,
    /// Number of its line on the page.
    #[n(6)]
    pub line: u32,
    /// Number of its paragraph on the page.
    #[n(7)]
    pub paragraph: u32,
}
