//! A page as the index keeps it: its text, what is no running text in it, and how it joins the next page.

use minicbor::{Decode, Encode};

use super::error::{Result, SearchError};
use super::model::{FileText, PageText};
use super::words::{UnitKind, is_hyphen, units};
use crate::domain::ids::Key;

/// Words of the next page that are kept with a page, and of a page's end that are indexed with them.
pub const OVERLAP_WORDS: u32 = 24;
/// Most code points of the next page that are kept with a page.
const HEAD_CHARS: usize = 400;

/// What is stored with a page document.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct PageRecord {
    /// Key of the attachment.
    #[n(0)]
    pub attachment: String,
    /// 0 for the first page.
    #[n(1)]
    pub index: u32,
    /// Printed label.
    #[n(2)]
    pub label: Option<String>,
    /// The whole text of the page.
    #[n(3)]
    pub text: String,
    /// Sorted stretches without running text.
    #[n(4)]
    pub excluded: Vec<(u32, u32)>,
    /// Section that runs on from earlier pages.
    #[n(5)]
    pub section_before: Option<String>,
    /// Headings that begin here.
    #[n(6)]
    pub sections: Vec<(u32, String)>,
    /// The first word belongs to a word that begins on the page before.
    #[n(7)]
    pub first_word_is_rest: bool,
    /// How the running text ends.
    #[n(8)]
    pub end: PageEnd,
    /// The first words of the next page, if it follows directly.
    #[n(9)]
    pub head: Option<Head>,
    /// Sorted stretches that are searched, but stand outside the sentence around them.
    #[n(10)]
    pub asides: Vec<(u32, u32)>,
}

/// How the running text of a page ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Encode, Decode)]
pub enum PageEnd {
    /// After a whole word (also one whose true hyphen is the last sign).
    #[n(0)]
    #[default]
    Whole,
    /// Within a word.
    #[n(1)]
    Divided,
}

/// The first words of the next page.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Head {
    /// Printed label of the next page.
    #[n(0)]
    pub label: Option<String>,
    /// Stretches of running text with their offsets.
    #[n(1)]
    pub runs: Vec<(u32, String)>,
}

impl PageRecord {
    /// The record of the `nth` page of `file`. `section` is the heading that holds where the page begins.
    pub fn of(file: &FileText, nth: usize, section: Option<&str>) -> Self {
        let page = &file.pages[nth];
        let next = file.pages.get(nth + 1);
        Self {
            attachment: file.attachment.to_string(),
            index: page.index,
            label: page.label.clone(),
            text: page.text.clone(),
            excluded: excluded(file, nth),
            section_before: section.map(str::to_owned),
            sections: page.sections.clone(),
            first_word_is_rest: nth.checked_sub(1).is_some_and(|before| is_divided(file, before)),
            end: if is_divided(file, nth) { PageEnd::Divided } else { PageEnd::Whole },
            head: next.filter(|next| next.index == page.index + 1).and_then(|_| head(file, nth + 1)),
            asides: tidy_spans(&page.asides),
        }
    }

    /// The stretches of running text with their offsets.
    pub fn runs(&self) -> Vec<(u32, &str)> {
        runs(&self.text, &joined_spans(&self.excluded, &self.asides))
    }

    /// The stretches of notes and captions with their offsets.
    pub fn aside_runs(&self) -> Vec<(u32, &str)> {
        if self.asides.is_empty() {
            return Vec::new();
        }
        let mut around = Vec::with_capacity(self.asides.len() + 1);
        let mut behind = 0;
        for (start, end) in &self.asides {
            around.push((behind, *start));
            behind = *end;
        }
        around.push((behind, u32::MAX));
        runs(&self.text, &joined_spans(&self.excluded, &around))
    }

    /// Everything that is searched.
    pub fn all_runs(&self) -> impl Iterator<Item = (u32, &str)> {
        self.runs().into_iter().chain(self.aside_runs())
    }

    /// As stored.
    pub fn encode(&self) -> Vec<u8> {
        minicbor::to_vec(self).expect("encoding to memory cannot fail")
    }

    /// Reads what [`PageRecord::encode`] wrote.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        minicbor::decode(bytes).map_err(|error| SearchError::Damaged(format!("a page record: {error}")))
    }

    /// Key of the attachment.
    pub fn attachment(&self) -> Result<Key> {
        Key::parse(&self.attachment).ok_or_else(|| SearchError::Damaged("a page record without a key".to_owned()))
    }

    /// The heading that holds at `offset`.
    pub fn section_at(&self, offset: u32) -> Option<&str> {
        let here = self.sections.iter().rev().find(|(start, _)| *start <= offset).map(|(_, heading)| heading.as_str());
        here.or(self.section_before.as_deref())
    }
}

/// Sorted, joined where they touch, empty ones dropped.
fn tidy_spans(spans: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let mut spans: Vec<(u32, u32)> = spans.iter().copied().filter(|(start, end)| start < end).collect();
    spans.sort_unstable();
    let mut out: Vec<(u32, u32)> = Vec::with_capacity(spans.len());
    for (start, end) in spans {
        match out.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => out.push((start, end)),
        }
    }
    out
}

fn joined_spans(some: &[(u32, u32)], others: &[(u32, u32)]) -> Vec<(u32, u32)> {
    if others.is_empty() { some.to_vec() } else { tidy_spans(&[some, others].concat()) }
}

/// What is no running text on the `nth` page: what the caller says, and a first line that only repeats that of the page
/// before (a running head that nobody took for one).
fn excluded(file: &FileText, nth: usize) -> Vec<(u32, u32)> {
    let page = &file.pages[nth];
    let before = nth.checked_sub(1).map(|before| first_line(&file.pages[before]));
    let first = first_line(page);
    let repeated =
        before.is_some_and(|before| before.1 == first.1) && first.1.chars().filter(|c| c.is_alphabetic()).count() > 5;
    let head = [(first.0, first.0 + first.1.chars().count() as u32)];
    let spans = joined_spans(&tidy_spans(&page.excluded), if repeated { &head } else { &[] });
    // On slides and dividers the only line looks like a head. What is all of a page is no frame around it.
    let has_words = |text: &str| text.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count() > 1;
    let leaves_nothing = runs(&page.text, &spans).iter().all(|(_, run)| !run.contains(char::is_alphanumeric));
    if leaves_nothing && has_words(&page.text) { Vec::new() } else { spans }
}

fn first_line(page: &PageText) -> (u32, &str) {
    let blank = page.text.chars().take_while(|c| c.is_whitespace()).count() as u32;
    (blank, page.text.trim_start().lines().next().unwrap_or_default())
}

/// The running text of the `nth` page.
fn running(file: &FileText, nth: usize) -> Vec<(u32, &str)> {
    let page = &file.pages[nth];
    runs(&page.text, &joined_spans(&excluded(file, nth), &tidy_spans(&page.asides)))
}

/// What is left of `text` between the spans.
fn runs<'t>(text: &'t str, excluded: &[(u32, u32)]) -> Vec<(u32, &'t str)> {
    let mut out = Vec::with_capacity(excluded.len() + 1);
    let (mut bytes, mut offset) = (0, 0);
    for &(start, end) in excluded {
        let (from, till) = (bytes, byte_after(text, bytes, start.saturating_sub(offset)));
        if from < till {
            out.push((offset, &text[from..till]));
        }
        bytes = byte_after(text, till, end.saturating_sub(offset.max(start)));
        offset = end.max(offset);
    }
    if bytes < text.len() {
        out.push((offset, &text[bytes..]));
    }
    out
}

/// The byte `chars` code points behind `from`, at most the end.
fn byte_after(text: &str, from: usize, chars: u32) -> usize {
    text[from..].char_indices().nth(chars as usize).map_or(text.len(), |(at, _)| from + at)
}

/// Whether the last word of the `nth` page goes on with the first of the next, as far as can be told.
///
/// Whoever read the page did not see the next one, so a hyphen that stands at its end may be of either kind. Then the file
/// itself is the witness; where it is silent, the word counts as divided, which finds both the joined and the hyphenated
/// form.
fn is_divided(file: &FileText, nth: usize) -> bool {
    let page = &file.pages[nth];
    if file.pages.get(nth + 1).is_none_or(|next| next.index != page.index + 1) {
        return false;
    }
    let own_runs = running(file, nth);
    let Some((base, run)) = own_runs.iter().rev().find(|(_, run)| !run.trim().is_empty()) else { return false };
    let run_end = base + run.chars().count() as u32;
    let end = run_end - (run.chars().count() - run.trim_end().chars().count()) as u32;
    let taken_out = page.divisions.iter().any(|division| !division.kept && (end..=run_end).contains(&division.at));
    if !taken_out && !run.trim_end().ends_with(is_hyphen) {
        return false;
    }
    let next_runs = running(file, nth + 1);
    let Some(rest) = next_runs.iter().find_map(|(base, run)| units(run, *base).into_iter().next()) else {
        return false;
    };
    let Some(begin) = units(run, *base).pop().filter(|_| rest.kind == UnitKind::Word) else { return false };
    let may_join = begin.hyphen_at_end && may_join(&begin.text, &rest.text);
    taken_out || (may_join && !is_hyphenated(file, nth, &begin.text, &rest.text))
}

/// First parts that keep their hyphen before nearly any word.
const COMPOUNDING: [&str; 12] =
    ["well", "self", "long", "short", "high", "low", "half", "cross", "ill", "all", "ever", "quasi"];
/// Pages before and after that are asked how a word is written.
const WITNESSES: usize = 30;

/// Whether the parts are elsewhere written with a hyphen, and never as one word.
fn is_hyphenated(file: &FileText, nth: usize, begin: &str, rest: &str) -> bool {
    let pages = &file.pages[nth.saturating_sub(WITNESSES)..file.pages.len().min(nth + WITNESSES)];
    let writes = |word: &str| pages.iter().any(|page| page.text.contains(word));
    if writes(&format!("{begin}{rest}")) {
        return false;
    }
    COMPOUNDING.contains(&begin.to_lowercase().as_str()) || writes(&format!("{begin}-{rest}"))
}

/// Whether two parts around a hyphen at an end can be one word: not numbers, and no capital in the middle.
pub fn may_join(begin: &str, rest: &str) -> bool {
    let capitals = |text: &str| text.chars().all(char::is_uppercase);
    begin.ends_with(char::is_alphabetic)
        && rest.starts_with(char::is_alphabetic)
        && (!rest.starts_with(char::is_uppercase) || (capitals(begin) && capitals(rest)))
}

fn head(file: &FileText, nth: usize) -> Option<Head> {
    let mut left = HEAD_CHARS;
    let mut words_left = OVERLAP_WORDS as usize;
    let mut out = Vec::new();
    for (base, run) in running(file, nth) {
        if left == 0 || words_left == 0 {
            break;
        }
        let skipped = run.chars().take_while(|c| c.is_whitespace()).count();
        let text = head_of_run(run.trim(), words_left, left);
        if text.is_empty() {
            continue;
        }
        left -= text.chars().count();
        words_left -= text.split_whitespace().count().min(words_left);
        out.push((base + skipped as u32, text));
    }
    (!out.is_empty()).then(|| Head { label: file.pages[nth].label.clone(), runs: out })
}

/// At most so many words and code points of `run`, cut between words.
fn head_of_run(run: &str, words: usize, chars: usize) -> String {
    let mut end = 0;
    let mut seen_words = 0;
    let mut in_word = false;
    for (count, (at, c)) in run.char_indices().enumerate() {
        if c.is_whitespace() {
            in_word = false;
            end = at;
        } else if !in_word {
            in_word = true;
            seen_words += 1;
            if seen_words > words {
                return run[..end].to_owned();
            }
        }
        if count >= chars {
            return run[..if end == 0 { at } else { end }].to_owned();
        }
    }
    run.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn running_text_is_what_the_spans_leave() {
        let text = "Head é\nrunning text\nfoot";
        assert_eq!(runs(text, &[(0, 6), (20, 24)]), [(6, "\nrunning text\n")]);
        assert_eq!(runs(text, &[]), [(0, text)]);
        assert_eq!(runs(text, &[(5, 99)]), [(0, "Head ")]);
        assert_eq!(tidy_spans(&[(5, 7), (0, 3), (3, 4), (9, 9)]), [(0, 4), (5, 7)]);
    }

    #[test]
    fn a_head_is_cut_between_words() {
        assert_eq!(head_of_run("one two three", 2, 100), "one two");
        assert_eq!(head_of_run("one two three", 9, 9), "one two");
        assert_eq!(head_of_run("onetwothree", 9, 4), "onet");
        assert_eq!(head_of_run("one two", 9, 100), "one two");
    }
}
