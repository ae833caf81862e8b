//! Decides about hyphens at line ends: part of the word ("well-known") or only of the print ("photo-synthesis").
//!
//! PDFium marks all of them alike. The document itself is the best witness; where it is silent, the parts are.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

use super::OPEN_HYPHEN;
use super::lines::Draft;
use crate::domain::layout::{Division, PageLayout};

/// Words of the document seen so far, as hashes.
#[derive(Debug, Default)]
pub struct Vocabulary {
    hyphenated: HashSet<u64, BuildHasherDefault<Itself>>,
    plain: HashSet<u64, BuildHasherDefault<Itself>>,
}

/// More words than any honest document has.
const WORDS_MAX: usize = 400_000;
const PLAIN_MIN: usize = 4;

impl Vocabulary {
    /// Adds the words of a page that are not divided.
    pub fn add(&mut self, text: &str) {
        if self.plain.len() + self.hyphenated.len() > WORDS_MAX {
            return;
        }
        let mut word = WordHash::default();
        for code in text.chars().chain(std::iter::once('\n')) {
            match code {
                OPEN_HYPHEN => word.broken = true,
                '-' if word.letters > 0 => word.hyphen(),
                _ if code.is_alphabetic() => word.letter(code),
                '\n' if word.broken => {}
                _ => {
                    self.keep(&word);
                    word = WordHash::default();
                }
            }
        }
    }

    fn keep(&mut self, word: &WordHash) {
        if word.broken || word.letters < PLAIN_MIN || word.ends_in_hyphen {
            return;
        }
        if word.has_hyphen {
            self.hyphenated.insert(word.hash);
        } else {
            self.plain.insert(word.hash);
        }
    }
}

#[derive(Debug, Default)]
struct WordHash {
    hash: u64,
    letters: usize,
    has_hyphen: bool,
    ends_in_hyphen: bool,
    broken: bool,
}

impl WordHash {
    fn letter(&mut self, code: char) {
        self.mix(lower(code));
        self.letters += 1;
        self.ends_in_hyphen = false;
    }

    fn hyphen(&mut self) {
        self.mix('-');
        self.has_hyphen = true;
        self.ends_in_hyphen = true;
    }

    fn mix(&mut self, code: char) {
        self.hash = (self.hash.rotate_left(5) ^ u64::from(u32::from(code))).wrapping_mul(0x517C_C1B7_2722_0A95);
    }

    fn of(parts: &[&str]) -> u64 {
        let mut word = WordHash::default();
        for code in parts.iter().flat_map(|part| part.chars()) {
            word.mix(lower(code));
        }
        word.hash
    }
}

fn lower(code: char) -> char {
    if code.is_ascii() { code.to_ascii_lowercase() } else { code.to_lowercase().next().unwrap_or(code) }
}

/// The hashes are mixed already.
#[derive(Debug, Default)]
struct Itself(u64);

impl Hasher for Itself {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

/// What becomes of a hyphen at a line end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is only print: both parts are one word.
    Soft,
    /// It belongs to the word, which goes on in the next line.
    Kept,
    /// It ends a shortened word ("short- and long-term"): the line ends as it is.
    Suspended,
}

/// First parts that are compounds far more often than syllables.
const COMPOUNDING: &[&str] = &[
    "well", "self", "long", "short", "high", "low", "half", "cross", "ill", "full", "large", "small", "single",
    "double", "multi", "non", "quasi", "peer", "open", "real", "near", "far", "state", "hard", "soft", "left", "right",
    "old", "new", "two", "three", "four", "five", "six", "seven", "eight", "nine", "one", "first", "second", "third",
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

/// Second parts that are endings even behind those ("real-ity", "hard-ware", "multi-ple").
const ENDINGS: &[&str] = &[
    "ly",
    "ity",
    "ness",
    "ware",
    "er",
    "ers",
    "est",
    "en",
    "ened",
    "ing",
    "ings",
    "ed",
    "ism",
    "ist",
    "ists",
    "ize",
    "ized",
    "izes",
    "ise",
    "ised",
    "ment",
    "ments",
    "ish",
    "age",
    "ages",
    "ton",
    "tons",
    "ple",
    "ples",
    "ply",
    "plied",
    "plier",
    "plying",
    "plicative",
    "plication",
    "plicity",
    "ward",
    "wards",
    "ther",
    "thermore",
    "ful",
    "istic",
    "ties",
    "ities",
    "ally",
    "ary",
    "hood",
    "ship",
    "itude",
    "titude",
    "eous",
    "how",
    "where",
];

/// Second parts before which a hyphen is part of the word.
const COMPOUNDED: &[&str] = &[
    "based",
    "specific",
    "dependent",
    "related",
    "driven",
    "oriented",
    "induced",
    "mediated",
    "aware",
    "known",
    "term",
    "level",
    "free",
    "like",
    "called",
    "art",
];

/// Words before which a shortened word keeps its hyphen and its space.
const CONJUNCTIONS: &[&str] = &["and", "or", "und", "oder", "bzw", "sowie", "bis", "et", "ou", "nor", "than"];

/// Judges by the parts around a hyphen; `first` may hold hyphens itself.
pub fn judge(first: &str, second: &str, known: &Vocabulary) -> Verdict {
    if CONJUNCTIONS.contains(&second) {
        return Verdict::Suspended;
    }
    if first.chars().any(|c| c.is_ascii_digit()) || !second.starts_with(char::is_alphabetic) {
        return Verdict::Kept;
    }
    if known.hyphenated.contains(&WordHash::of(&[first, "-", second])) {
        return Verdict::Kept;
    }
    if known.plain.contains(&WordHash::of(&[first, second])) || first == "Mc" {
        return Verdict::Soft;
    }
    if is_compound(first, second) { Verdict::Kept } else { Verdict::Soft }
}

fn is_compound(first: &str, second: &str) -> bool {
    let letters = first.chars().count();
    let lowered = first.to_lowercase();
    let capitals = letters > 1 && first.chars().all(|c| !c.is_lowercase());
    if first.contains('-') || letters == 1 || capitals || !second.starts_with(char::is_lowercase) {
        return true;
    }
    if ENDINGS.contains(&second) {
        return false;
    }
    let vowel_meets_itself = matches!(lowered.as_str(), "re" | "pre" | "co" | "de" | "anti" | "semi" | "micro" | "bio")
        && lowered.chars().last() == second.chars().next();
    vowel_meets_itself
        || COMPOUNDING.contains(&lowered.as_str())
        || (COMPOUNDED.contains(&second) && !lowered.ends_with("cor") && (letters >= 4 || second == "called"))
}

/// Settles every open hyphen of a page.
pub fn settle(draft: Draft, known: &Vocabulary) -> PageLayout {
    let Draft { mut page, open, loose_ends } = draft;
    if open.is_empty() {
        page.divisions = loose_ends.into_iter().map(|at| Division { at, kept: true }).collect();
        return page;
    }
    let source = std::mem::take(&mut page.text);
    let mut text = String::with_capacity(source.len());
    // (offset in the source, how many characters are gone behind it)
    let mut cuts: Vec<(u32, u32)> = Vec::with_capacity(open.len());
    let (mut gone, mut offset) = (0_u32, 0_u32);
    let mut rest = source.as_str();
    let mut read = 0;
    while let Some(at) = rest.find(OPEN_HYPHEN) {
        let before = &rest[..at];
        text.push_str(before);
        offset += count(before);
        read += at;
        let tail = &source[read + 2..];
        let verdict = judge(last_part(&source[..read]), first_part(tail), known);
        let kept = match verdict {
            Verdict::Soft => 0,
            Verdict::Kept => 1,
            Verdict::Suspended => 2,
        };
        text.push_str(&"-\n"[..kept]);
        let removed = 2 - u32::try_from(kept).unwrap_or(2);
        gone += removed;
        cuts.push((offset + 2, gone));
        if verdict != Verdict::Suspended {
            page.divisions.push(Division { at: offset + 2 - gone, kept: verdict == Verdict::Kept });
        }
        offset += 2;
        read += 2;
        rest = tail;
    }
    text.push_str(rest);
    page.text = text;
    shift(&mut page, &cuts, &open);
    for at in loose_ends {
        page.divisions.push(Division { at: at - gone_at(&cuts, at), kept: true });
    }
    page.divisions.sort_unstable_by_key(|division| division.at);
    page
}

fn shift(page: &mut PageLayout, cuts: &[(u32, u32)], open: &[u32]) {
    let mut cut = 0;
    let mut gone = 0;
    for word in &mut page.words {
        while cut < cuts.len() && cuts[cut].0 <= word.start {
            gone = cuts[cut].1;
            cut += 1;
        }
        word.start -= gone;
        word.end -= gone;
    }
    for index in open {
        let first = *index as usize;
        let Some([part, next]) = page.words.get_mut(first..first + 2) else { continue };
        // The hyphen's own place went with it where it was soft.
        if next.start <= part.end {
            part.end = next.start;
            next.flags &= !crate::domain::layout::word_flags::SPACE_BEFORE;
        }
    }
}

fn gone_at(cuts: &[(u32, u32)], at: u32) -> u32 {
    cuts.iter().take_while(|(offset, _)| *offset <= at).last().map_or(0, |(_, gone)| *gone)
}

fn count(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

fn last_part(text: &str) -> &str {
    let start = text
        .rfind(|c: char| !c.is_alphanumeric() && c != '-')
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    text[start..].trim_start_matches('-')
}

fn first_part(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    &text[..end]
}
