//! Which spellings count as the same: the one table of the product.
//!
//! Compatibility forms (NFKC), lower case, marks of Latin, Greek, Cyrillic, Hebrew and Arabic letters dropped, special
//! letters replaced by [`SPECIAL`]. The reader's find folds in the same way in TypeScript; `tests/fixtures/fold.json` is
//! the list of pairs that both sides are tested against.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Lower-case letters that no decomposition takes apart, and what people type for them.
pub const SPECIAL: [(char, &str); 13] = [
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('ł', "l"),
    ('đ', "d"),
    ('ð', "d"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ŧ', "t"),
    ('ɨ', "i"),
    ('þ', "th"),
    ('ς', "σ"),
];

/// Marks that do not make another letter for a searcher: inclusive ranges of code points.
pub const DROPPED_MARKS: [(char, char); 9] = [
    ('\u{0300}', '\u{036f}'),
    ('\u{0483}', '\u{0487}'),
    ('\u{0591}', '\u{05c7}'),
    ('\u{0610}', '\u{061a}'),
    ('\u{064b}', '\u{065f}'),
    ('\u{0670}', '\u{0670}'),
    ('\u{1ab0}', '\u{1dff}'),
    ('\u{20d0}', '\u{20ff}'),
    ('\u{fe20}', '\u{fe2f}'),
];

/// The folded form of `text`; equal forms are equal for search and for find.
#[must_use]
pub fn fold(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        return Cow::Borrowed(text);
    }
    if text.is_ascii() {
        return Cow::Owned(text.to_ascii_lowercase());
    }
    let mut out = String::with_capacity(text.len());
    for lower in text.nfkc().flat_map(char::to_lowercase) {
        if is_hangul_syllable(lower) {
            out.push(lower);
        } else {
            decompose_canonical(lower, |part| push_folded(part, &mut out));
        }
    }
    Cow::Owned(out.nfc().collect())
}

/// `text` composed and in lower case: what was typed, without what keyboards and files differ in.
#[must_use]
pub fn spelling(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.nfkc().flat_map(char::to_lowercase).nfc().collect())
}

/// The other ways in which the letters with two dots, a ring or a stroke are written ("ä" as "ae", "å" as "aa"), folded;
/// `None` where there are none.
#[must_use]
pub fn written_out(text: &str) -> Option<String> {
    let spelled = spelling(text);
    let mut changed = false;
    let mut out = String::with_capacity(spelled.len() + 4);
    for c in spelled.chars() {
        let replacement = match c {
            'ä' => "ae",
            'ö' | 'ø' => "oe",
            'ü' => "ue",
            'å' => "aa",
            _ => {
                out.push(c);
                continue;
            }
        };
        changed = true;
        out.push_str(replacement);
    }
    changed.then(|| fold(&out).into_owned())
}

/// The reverse of [`written_out`], of which a word may have several: "groesse" as "größe", "grösse" or "grøsse"; guesses
/// that the caller checks against what occurs.
#[must_use]
pub fn drawn_together(folded: &str) -> Vec<String> {
    /// Pairs of letters and what they may stand for.
    const PAIRS: [(&str, &[char]); 5] =
        [("ae", &['ä', 'æ']), ("oe", &['ö', 'ø', 'œ']), ("ue", &['ü']), ("aa", &['å']), ("ss", &['ß'])];
    /// More guesses than a word in any language needs.
    const MOST: usize = 64;
    let mut guesses = vec![String::new()];
    let mut rest = folded;
    while let Some(first) = rest.chars().next() {
        let pair = PAIRS.iter().find(|(pair, _)| rest.starts_with(pair)).filter(|_| guesses.len() < MOST);
        let (length, choices) = pair.map_or((first.len_utf8(), &[][..]), |(pair, choices)| (pair.len(), choices));
        let drawn = choices.iter().flat_map(|letter| guesses.iter().map(move |guess| format!("{guess}{letter}")));
        let drawn: Vec<String> = drawn.collect();
        guesses.iter_mut().for_each(|guess| guess.push_str(&rest[..length]));
        guesses.extend(drawn);
        rest = &rest[length..];
    }
    guesses.remove(0);
    guesses
}

fn push_folded(c: char, out: &mut String) {
    if is_dropped_mark(c) {
        return;
    }
    match SPECIAL.iter().find(|(letter, _)| *letter == c) {
        Some((_, replacement)) => out.push_str(replacement),
        None => out.push(c),
    }
}

fn is_dropped_mark(c: char) -> bool {
    c >= '\u{0300}' && DROPPED_MARKS.iter().any(|(first, last)| (*first..=*last).contains(&c)) && is_combining_mark(c)
}

fn is_hangul_syllable(c: char) -> bool {
    ('\u{ac00}'..='\u{d7a3}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pairs: &[(&str, &str)]) {
        for (text, folded) in pairs {
            assert_eq!(fold(text), *folded, "{text}");
            assert_eq!(fold(folded), *folded, "folding {folded} again changes nothing");
        }
    }

    #[test]
    fn the_shared_table_of_pairs_holds() {
        let pairs: Vec<(String, String)> =
            serde_json::from_str(include_str!("../../tests/fixtures/fold.json")).unwrap();
        assert!(pairs.len() > 40);
        for (text, folded) in &pairs {
            assert_eq!(fold(text), folded.as_str(), "{text}");
        }
    }

    #[test]
    fn marks_and_special_letters_fold() {
        check(&[
            ("séance", "seance"),
            ("SE\u{301}ANCE", "seance"),
            ("Łódź", "lodz"),
            ("Straße", "strasse"),
            ("ΓΆΜΜΑΣ", "γαμμασ"),
            ("İstanbul", "istanbul"),
            ("ışık", "isik"),
            ("ё", "е"),
        ]);
    }

    #[test]
    fn letters_of_other_scripts_stay_whole() {
        check(&[
            ("한국어", "한국어"),
            ("\u{1112}\u{1161}\u{11ab}", "한"),
            ("が", "が"),
            ("か\u{3099}", "が"),
            ("ﾊﾟ", "パ"),
        ]);
        check(&[("हिन्दी", "हिन्दी"), ("ที่", "ที่")]);
    }

    #[test]
    fn umlauts_are_also_tried_written_out() {
        assert_eq!(written_out("Müller").as_deref(), Some("mueller"));
        assert_eq!(written_out("Århus").as_deref(), Some("aarhus"));
        assert_eq!(written_out("Miller"), None);
        assert_eq!(drawn_together("mueller"), ["müller"]);
        assert_eq!(drawn_together("miller"), [""; 0]);
        let guesses = drawn_together("groesse");
        for spelling in ["größe", "grösse", "grøsse", "groeße"] {
            assert!(guesses.iter().any(|guess| guess == spelling), "{guesses:?}");
        }
        assert!(drawn_together(&"ss".repeat(1_000)).len() < 1_000);
    }
}
