//! Where the name of each author stands, and which marks stand behind it.

use super::accents;
use super::lines::Sheet;
use super::wording::is_cjk;
use crate::domain::facts::Author;
use crate::domain::layout::{Rect, word_flags};

/// The printed name of an author.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Byline {
    /// Index of the line in which it ends.
    pub line: usize,
    /// Box of its words as displayed; of those on its last line.
    pub rect: Rect,
    /// Marks behind it: numbers, letters, `*`, `†`.
    pub marks: Vec<String>,
}

/// A letter of the lines of names.
struct Letter {
    c: char,
    line: usize,
    word: u32,
}

/// One entry an author, in order; `None` where the name was not met again.
pub(super) fn find(sheet: &Sheet, lines: &[usize], authors: &[Author]) -> Vec<Option<Byline>> {
    let letters = letters(sheet, lines);
    let mut found: Vec<Option<(usize, usize)>> = Vec::with_capacity(authors.len());
    let mut from = 0;
    for author in authors {
        let place = place(&letters[from..], author).map(|(at, end)| (at + from, end + from));
        from = place.map_or(from, |(_, end)| end);
        found.push(place);
    }
    let words: Vec<(usize, u32)> = lines
        .iter()
        .flat_map(|&line| (sheet.lines[line].first_word..sheet.lines[line].end_word).map(move |word| (line, word)))
        .collect();
    // "1Anna Muster, 2Bert Probe": the first name has a mark before it, the last one none behind it.
    let ends_bare = found.iter().flatten().next_back().is_some_and(|(_, end)| {
        let last = letters[end - 1].word;
        let mut marks = glued_marks(sheet.word_text(last));
        words.iter().filter(|(_, word)| *word > last).for_each(|&(_, word)| add_marks(sheet, word, &mut marks));
        marks.is_empty()
    });
    let opens_marked = found
        .iter()
        .flatten()
        .next()
        .is_some_and(|(at, _)| !leading_marks(sheet, &words, letters[*at].word).is_empty());
    let before = ends_bare && opens_marked;
    let begins: Vec<u32> = found.iter().flatten().map(|(at, _)| letters[*at].word).collect();
    found
        .iter()
        .map(|place| {
            let (at, end) = (*place)?;
            let last = &letters[end - 1];
            let next = begins.iter().copied().filter(|word| *word > last.word).min().unwrap_or(u32::MAX);
            let behind = words.iter().skip_while(|(_, word)| *word <= last.word).take_while(|(_, word)| *word < next);
            let mut marks = glued_marks(sheet.word_text(last.word));
            for &(_, word) in behind {
                add_marks(sheet, word, &mut marks);
            }
            if before {
                marks = leading_marks(sheet, &words, letters[at].word);
            }
            Some(Byline { line: last.line, rect: rect(sheet, &letters[at..end], last.line), marks })
        })
        .collect()
}

fn letters(sheet: &Sheet, lines: &[usize]) -> Vec<Letter> {
    let mut out = Vec::new();
    for &line in lines {
        let own = &sheet.lines[line];
        for word in own.first_word..own.end_word {
            if sheet.words[word as usize].flags & word_flags::SUPERSCRIPT == 0 {
                out.extend(key(sheet.word_text(word)).map(|c| Letter { c, line, word }));
            }
        }
    }
    out
}

/// Letters without case and accents.
pub(super) fn key(text: &str) -> impl Iterator<Item = char> {
    text.chars()
        .filter(|c| c.is_alphabetic() && !accents::is_accent(*c))
        .map(accents::plain)
        .flat_map(char::to_lowercase)
}

/// Where the name stands: given name first, family name first, or the family name alone.
fn place(letters: &[Letter], author: &Author) -> Option<(usize, usize)> {
    let (given, family): (Vec<char>, Vec<char>) = (key(&author.given).collect(), key(&author.family).collect());
    let forms = [[given.clone(), family.clone()].concat(), [family.clone(), given].concat(), family];
    let ideographs = author.family.chars().any(is_cjk);
    forms.iter().find_map(|form| {
        let least = if ideographs { 2 } else { 3 };
        if form.len() < least || form.len() > letters.len() {
            return None;
        }
        let at = letters.windows(form.len()).position(|run| run.iter().zip(form).all(|(a, b)| a.c == *b))?;
        Some((at, at + form.len()))
    })
}

fn rect(sheet: &Sheet, name: &[Letter], line: usize) -> Rect {
    let on_line = name.iter().filter(|letter| letter.line == line);
    let mut boxes = on_line.map(|letter| sheet.words[letter.word as usize].rect);
    let first = boxes.next().unwrap_or_default();
    boxes.fold(first, Rect::around)
}

/// The marks in front of the first word of a name, or at its beginning.
fn leading_marks(sheet: &Sheet, words: &[(usize, u32)], first: u32) -> Vec<String> {
    let text = sheet.word_text(first);
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',');
    let mut marks = Vec::new();
    split_marks(&text[..text.len() - rest.len()], false, &mut marks);
    if let Some(&(_, word)) = words.iter().take_while(|(_, word)| *word < first).last()
        && marks.is_empty()
        && !sheet.word_text(word).ends_with(',')
    {
        add_marks(sheet, word, &mut marks);
    }
    marks
}

/// "Muster1,2": marks that stand at the end of the name's last word.
fn glued_marks(word: &str) -> Vec<String> {
    let rest = word.trim_start_matches(|c: char| c.is_alphabetic() || "-'’.".contains(c));
    let mut marks = Vec::new();
    if rest.len() < word.len() {
        split_marks(rest, false, &mut marks);
    }
    marks
}

fn add_marks(sheet: &Sheet, word: u32, marks: &mut Vec<String>) {
    let text = sheet.word_text(word);
    let raised = sheet.words[word as usize].flags & word_flags::SUPERSCRIPT != 0;
    let bare = text.trim_matches(|c: char| ",;()[]".contains(c));
    let letter = bare.chars().count() == 1 && bare.chars().all(char::is_lowercase);
    let digits = (1..=2).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_digit());
    let signs = !bare.is_empty() && bare.chars().all(|c| symbol(c).is_some() || c == ',');
    if raised || letter || digits || signs {
        split_marks(text, raised || letter, marks);
    }
}

/// Cuts "1,2*" into its marks.
pub(super) fn split_marks(text: &str, with_letters: bool, marks: &mut Vec<String>) {
    let single = text.chars().filter(|c| c.is_alphabetic()).count() == 1;
    let mut open = '\0';
    for c in text.chars() {
        let kind = if c.is_ascii_digit() || digit(c).is_some() {
            '0'
        } else if let Some(sign) = symbol(c) {
            sign
        } else if with_letters && (c.is_lowercase() || single) {
            'a'
        } else {
            '\0'
        };
        let plain = digit(c).or_else(|| symbol(c)).unwrap_or(c);
        match marks.last_mut() {
            Some(last) if kind == open && matches!(kind, '0' | '*') => last.push(plain),
            _ if kind != '\0' => marks.push(plain.to_string()),
            _ => {}
        }
        open = kind;
    }
}

/// A raised digit as a plain one.
fn digit(c: char) -> Option<char> {
    const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    RAISED.chars().position(|raised| raised == c).and_then(|n| char::from_digit(n as u32, 10))
}

fn symbol(c: char) -> Option<char> {
    match c {
        '*' | '∗' | '⁎' | '⋆' | '★' => Some('*'),
        '✉' | '\u{f0e0}' => Some('✉'),
        '†' | '‡' | '§' | '¶' | '#' | '‖' | '∥' | '♠' | '♥' | '♦' | '♣' | '♡' | '♢' | '♯' | '△' | '◦' | '⋄' | '⊥' => {
            Some(c)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_cut_apart() {
        let check = |text: &str, expected: &[&str]| {
            let mut marks = Vec::new();
            split_marks(text, true, &mut marks);
            assert_eq!(marks, expected, "{text}");
        };
        check("1,2,*", &["1", "2", "*"]);
        check("12", &["12"]);
        check("ab", &["a", "b"]);
        check("**", &["**"]);
        check("¹†", &["1", "†"]);
    }
}
