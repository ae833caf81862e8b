//! Generated papers, the same at each run: words by Zipf's law, a share of them seen only once, as in real papers.

use scrollkeeper::domain::ids::{Key, LibraryId, Sha256};
use scrollkeeper::search::{FileText, PageText, PaperDoc};

const WORDS_ON_PAGE: usize = 480;
const VOCABULARY: u64 = 60_000;
/// Stretches of text that are remembered for queries.
const MOST_SEEN: usize = 2_000;

/// Makes papers and the queries that find them.
pub struct Source {
    random: Random,
    pages: u32,
    seen: Vec<String>,
}

/// The nth key; papers have the even ones, their files the odd ones.
#[must_use]
pub fn key(nth: u64) -> Key {
    // A factor that shares no divisor with the number of keys: all are different, and their order looks random.
    Key::from_random(nth * 869_094_516_007)
}

impl Source {
    /// Papers of so many pages.
    #[must_use]
    pub fn new(pages: u32) -> Self {
        Self { random: Random(0x5eed), pages, seen: Vec::new() }
    }

    /// The next paper, with one file.
    pub fn paper(&mut self, library: LibraryId, nth: u64) -> PaperDoc {
        let pages: Vec<String> = (0..self.pages).map(|_| self.words(WORDS_ON_PAGE)).collect();
        if nth.is_multiple_of(7) && self.seen.len() < MOST_SEEN {
            self.seen.extend(pages.last().map(|page| page.chars().take(600).collect::<String>()));
        }
        let pages = pages.into_iter().zip(0..).map(|(text, index)| PageText { index, text, ..PageText::default() });
        let mut sha = [0; 32];
        for part in sha.chunks_mut(8) {
            part.copy_from_slice(&self.random.next().to_be_bytes());
        }
        let file = FileText { attachment: key(nth * 2 + 1), sha256: Sha256(sha), pages: pages.collect() };
        PaperDoc {
            title: capital(&self.words(9)),
            creators: (0..2 + nth % 3)
                .map(|_| format!("{} {}", capital(&self.words(1)), capital(&self.words(1))))
                .collect(),
            abstract_text: self.words(150),
            venue: format!("Journal of {}", capital(&self.words(2))),
            year: Some(1990 + (nth % 35) as u16),
            item_type: "journalArticle".to_owned(),
            file_names: vec![format!("paper-{nth}.pdf")],
            files: vec![file],
            ..PaperDoc::new(library, key(nth * 2))
        }
    }

    /// What people ask: each kind with so many queries, all of words that stand together in some paper.
    pub fn queries(&mut self, count: usize) -> Vec<(&'static str, Vec<String>)> {
        let mut kinds: Vec<(&str, Vec<String>)> =
            ["one word", "two words", "three words", "phrase", "typing"].map(|kind| (kind, Vec::new())).into();
        while kinds[0].1.len() < count && !self.seen.is_empty() {
            let text = self.seen[self.random.below(self.seen.len() as u64) as usize].clone();
            let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2).collect();
            if words.len() < 8 {
                continue;
            }
            let at = self.random.below(words.len() as u64 - 4) as usize;
            kinds[0].1.push(format!("{} ", words[at]));
            kinds[1].1.push(format!("{} {} ", words[at], words[at + 2]));
            kinds[2].1.push(format!("{} {} {} ", words[at], words[at + 1], words[at + 3]));
            let middle =
                text.split_whitespace().skip(at.min(20)).take(3).collect::<Vec<_>>().join(" ").replace('"', "");
            kinds[3].1.push(format!("\"{middle}\""));
            kinds[4].1.push(format!("{} {}", words[at], words[at + 1].chars().take(4).collect::<String>()));
        }
        kinds
    }

    fn words(&mut self, count: usize) -> String {
        let mut out = String::with_capacity(count * 7);
        for nth in 0..count {
            out.push_str(match nth {
                0 => "",
                nth if nth % 15 == 0 => ".\n",
                _ => " ",
            });
            self.word(&mut out);
        }
        out
    }

    /// Rank by Zipf's law; one word in two hundred is new.
    fn word(&mut self, out: &mut String) {
        if self.random.below(200) == 0 {
            return spell(VOCABULARY + self.random.next() % 100_000_000, out);
        }
        let part = self.random.below(1_000_000) as f64 / 1_000_000.0;
        let rank = ((VOCABULARY as f64).powf(part) - 1.0) as u64;
        spell(rank, out);
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Frequent words are short.
fn spell(rank: u64, out: &mut String) {
    const SYLLABLES: [&str; 24] = [
        "ta", "re", "in", "con", "si", "mo", "ter", "al", "pro", "lu", "ne", "ca", "ver", "di", "sta", "po", "men",
        "gra", "fi", "ble", "sor", "he", "qua", "ly",
    ];
    let mut rest = rank + 24;
    while rest > 0 {
        out.push_str(SYLLABLES[(rest % 24) as usize]);
        rest /= 24;
    }
}

/// Numbers without a pattern that matters here (splitmix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit.max(1)
    }
}
