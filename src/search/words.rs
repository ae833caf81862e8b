//! Cuts text into words, the same way for pages, for fields and for what people type.
//!
//! A word is a run of letters and digits with their marks; anything else parts words, so that `p(y|x)`, `10.5555/abc` or
//! `O’Prova` are neighbouring words. Scripts written without spaces come as single letters that know whether they touch
//! the one before.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;

use super::fold::fold;

/// Longer words are cut here (in code points); garbage, not language.
const MAX_WORD: usize = 100;

/// A word or a letter of a script without spaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit<'t> {
    /// First code point.
    pub start: u32,
    /// One behind the last code point.
    pub end: u32,
    /// As written, without soft hyphens and joiners.
    pub text: Cow<'t, str>,
    /// What kind it is.
    pub kind: UnitKind,
    /// Signs behind the word that belong to a name ("++", "#"); empty for most.
    pub suffix: &'static str,
    /// Whether a hyphen follows directly, with nothing but white space behind it up to the end of the text.
    pub hyphen_at_end: bool,
}

/// Kind of a [`Unit`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitKind {
    /// A run of letters and digits.
    Word,
    /// A letter of a script without spaces; `touches` if it continues the run of the letter before.
    Letter {
        /// Whether the letter before belongs to the same run.
        touches: bool,
    },
}

/// The folded form of a unit: letters and digits only; may be empty for oddities.
#[must_use]
pub fn term(text: &str) -> Cow<'_, str> {
    let folded = fold(text);
    if folded.is_ascii() && folded.bytes().all(|b| b.is_ascii_alphanumeric()) && folded.len() <= MAX_WORD {
        return folded;
    }
    Cow::Owned(folded.chars().filter(|c| continues_word(*c)).take(MAX_WORD).collect())
}

impl<'t> Unit<'t> {
    /// Its [`term`]; a borrowed one where the text has it as it is.
    #[must_use]
    pub fn term(&self) -> Cow<'t, str> {
        match &self.text {
            Cow::Borrowed(text) => term(text),
            Cow::Owned(text) => Cow::Owned(term(text).into_owned()),
        }
    }
}

/// The units of `text` in order. `base` is added to every offset.
#[must_use]
pub fn units(text: &str, base: u32) -> Vec<Unit<'_>> {
    let mut scanner = Scanner { text, at: 0, offset: base, out: Vec::new() };
    scanner.run();
    scanner.out
}

/// Whether a hyphen of any kind.
#[must_use]
pub fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{00ad}' | '\u{0002}' | '\u{fffe}' | '\u{fe63}' | '\u{ff0d}')
}

/// Whether text of this letter's script has no spaces between words (Korean has, but its endings stick to the words).
#[must_use]
pub fn is_unspaced(c: char) -> bool {
    c >= '\u{0e00}'
        && matches!(c,
            '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1100}'..='\u{11ff}' | '\u{1780}'..='\u{17ff}'
            | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{3130}'..='\u{318f}' | '\u{31f0}'..='\u{31ff}'
            | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}'
            | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
        && (c.is_alphanumeric() || is_combining_mark(c))
}

fn is_korean(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7ff}')
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_transparent(c: char) -> bool {
    matches!(c, '\u{00ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{0002}' | '\u{fffe}')
}

fn starts_word(c: char) -> bool {
    // Modifier apostrophes count as letters for Unicode and as apostrophes for everybody else.
    c.is_alphanumeric() && !('\u{02b9}'..='\u{02cf}').contains(&c)
}

fn continues_word(c: char) -> bool {
    starts_word(c) || (!c.is_ascii() && is_combining_mark(c))
}

/// Marks and vowels that stand on the letter before.
fn continues_letter(c: char) -> bool {
    is_combining_mark(c) || matches!(c, '\u{1160}'..='\u{11ff}' | '\u{ff9e}' | '\u{ff9f}')
}

struct Scanner<'t> {
    text: &'t str,
    /// The byte of the next code point.
    at: usize,
    /// Its number, with the base.
    offset: u32,
    out: Vec<Unit<'t>>,
}

impl<'t> Scanner<'t> {
    fn run(&mut self) {
        let mut touches = false;
        // The last letter stands alone; and a single space follows it.
        let (mut alone, mut spaced) = (false, false);
        while let Some(c) = self.peek() {
            if is_unspaced(c) {
                let spread = spaced && self.is_alone(c);
                alone = !self.text[..self.at].ends_with(is_unspaced);
                self.letter(touches || spread);
                (touches, spaced) = (true, false);
            } else if starts_word(c) {
                self.word();
                (touches, spaced) = (false, false);
            } else {
                spaced = touches && alone && matches!(c, ' ' | '\u{3000}') && self.last_is(is_chinese);
                // Lines break anywhere in scripts without spaces.
                touches = touches && (is_transparent(c) || (c == '\n' && !self.last_is(is_korean)));
                self.pass(c);
            }
        }
    }

    /// Whether a Chinese sign has no other beside it. Short headings and names are spread by spaces: "摘 要", "张 三".
    fn is_alone(&self, c: char) -> bool {
        is_chinese(c) && !self.text[self.at + c.len_utf8()..].starts_with(is_unspaced)
    }

    fn last_is(&self, kind: fn(char) -> bool) -> bool {
        self.out.last().is_some_and(|unit| unit.text.chars().any(kind))
    }

    fn peek(&self) -> Option<char> {
        match self.text.as_bytes().get(self.at) {
            Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
            _ => self.text[self.at..].chars().next(),
        }
    }

    fn pass(&mut self, c: char) {
        self.at += c.len_utf8();
        self.offset += 1;
    }

    fn letter(&mut self, touches: bool) {
        let (at, start) = (self.at, self.offset);
        let mut is_first = true;
        while let Some(c) = self.peek().filter(|c| is_first || continues_letter(*c)) {
            self.pass(c);
            is_first = false;
        }
        let text = Cow::Borrowed(&self.text[at..self.at]);
        let kind = UnitKind::Letter { touches };
        self.out.push(Unit { start, end: self.offset, text, kind, suffix: "", hyphen_at_end: false });
    }

    fn word(&mut self) {
        let (at, start) = (self.at, self.offset);
        let plain = self.text.as_bytes()[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        self.at += plain;
        self.offset += plain as u32;
        let (mut end, mut end_offset) = (self.at, self.offset);
        let mut clean = true;
        while let Some(c) = self.peek() {
            if continues_word(c) && !is_unspaced(c) {
                clean &= end == self.at;
                self.pass(c);
                (end, end_offset) = (self.at, self.offset);
            } else if is_transparent(c) || (c == '\n' && self.text[end..self.at].ends_with(['\u{ad}', '\u{2}'])) {
                self.pass(c);
            } else {
                break;
            }
        }
        let written = &self.text[at..end];
        let text = if clean {
            Cow::Borrowed(written)
        } else {
            Cow::Owned(written.chars().filter(|c| continues_word(*c)).collect())
        };
        let behind = &self.text[end..];
        let hyphen_at_end = behind.starts_with(is_hyphen) && behind.trim_start_matches(is_hyphen).trim().is_empty();
        let suffix = suffix(&text, behind);
        self.out.push(Unit { start, end: end_offset, text, kind: UnitKind::Word, suffix, hyphen_at_end });
    }
}

/// "++" or "#" behind a short word, as in names of programming languages.
fn suffix(word: &str, behind: &str) -> &'static str {
    let found = if behind.starts_with("++") {
        "++"
    } else if behind.starts_with('#') {
        "#"
    } else {
        return "";
    };
    let ends = !behind[found.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '+' || c == '#');
    if ends && word.len() <= 3 && word.bytes().all(|b| b.is_ascii_alphabetic()) { found } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let found: Vec<String> =
            units(text, 0).iter().map(|unit| term(&unit.text).into_owned() + unit.suffix).collect();
        assert_eq!(found, expect, "{text:?}");
    }

    #[test]
    fn punctuation_parts_words() {
        check("p(y|x) O’Prova O'Prova 3:1", &["p", "y", "x", "o", "prova", "o", "prova", "3", "1"]);
        check("C++ and C# or c++11", &["c++", "and", "c#", "or", "c", "11"]);
        check("O\u{2bc}Prova", &["o", "prova"]);
    }

    #[test]
    fn soft_hyphens_and_joiners_do_not() {
        check("over\u{ad}estimate over\u{ad}\nestimate a\u{200b}b", &["overestimate", "overestimate", "ab"]);
    }

    #[test]
    fn letters_without_spaces_know_their_neighbour() {
        let kinds: Vec<UnitKind> = units("深度\n学会 習", 0).iter().map(|unit| unit.kind).collect();
        let letter = |touches| UnitKind::Letter { touches };
        assert_eq!(kinds, [letter(false), letter(true), letter(true), letter(true), letter(false)]);
    }

    #[test]
    fn spread_signs_are_one_word() {
        let touching = |text| -> String {
            let touches = |unit: &Unit<'_>| unit.kind == (UnitKind::Letter { touches: true });
            units(text, 0).iter().map(|unit| if touches(unit) { '+' } else { '.' }).collect()
        };
        assert_eq!(touching("摘 要：关 键 词"), ".+.++");
        assert_eq!(touching("张 三，李四"), ".+.+");
        assert_eq!(touching("盐度\n张 三"), ".+++", "the sign at the end of the line before does not stand beside it");
        assert_eq!(touching("张  三 李四 王"), "...+.", "two spaces part; so does one beside a longer word");
        assert_eq!(touching("이 글"), "..", "Korean has words of one letter");
    }

    #[test]
    fn offsets_count_code_points() {
        let found: Vec<(u32, u32)> = units("é 🌊 bc", 10).iter().map(|unit| (unit.start, unit.end)).collect();
        assert_eq!(found, [(10, 11), (14, 16)]);
    }

    #[test]
    fn a_hyphen_at_the_end_is_seen() {
        let last = |text| units(text, 0).last().map(|unit| unit.hyphen_at_end);
        assert_eq!(last("upper catch-\n"), Some(true));
        assert_eq!(last("upper catch - "), Some(false));
        assert_eq!(last("upper catch-all"), Some(false));
    }
}
