//! Numbers that libraries and databases gave to the document: ISSN, ISBN, PMID, PMCID. Each counts only behind its name,
//! outside the list of references, and if its check digit is right.

use super::lines::{Sheet, TextLine};
use super::tuning as t;
use crate::domain::facts::Fact;
use crate::domain::layout::TextRole;

/// What was found, several numbers of a kind in printed order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Numbers {
    pub issn: Vec<String>,
    pub isbn: Vec<String>,
    pub pmid: Option<String>,
    pub pmcid: Option<String>,
}

/// Reads covers, the first pages and the last one; a long work prints its ISBN on one of its first pages.
pub(super) fn find(covers: &[&Sheet], paper: &[&Sheet], references_from: Option<(u32, u32)>, pages: usize) -> Numbers {
    let mut out = Numbers::default();
    let reach = if pages >= t::THESIS_PAGES { t::NUMBER_PAGES_LONG } else { t::NUMBER_PAGES };
    let last = (paper.len() > reach).then(|| paper[paper.len() - 1]);
    for sheet in covers.iter().copied().chain(paper.iter().copied().take(reach)).chain(last) {
        for (at, line) in sheet.lines.iter().enumerate() {
            if !line.text.contains(|c: char| c.is_ascii_digit()) || cites(sheet, line, references_from) {
                continue;
            }
            out.read(&line.text);
            // A label at a line end, its number on the next.
            if let Some(next) = sheet.lines.get(at + 1)
                && (line.text.trim_end().ends_with(':') || line.text.trim_end().ends_with("SSN"))
            {
                out.read(&format!("{} {}", line.text, next.text));
            }
        }
    }
    out
}

/// Whether a line belongs to the works cited.
pub(super) fn cites(sheet: &Sheet, line: &TextLine, references_from: Option<(u32, u32)>) -> bool {
    let behind = references_from.is_some_and(|from| (sheet.index, line.start) >= from);
    behind && !matches!(line.role, Some(TextRole::Head | TextRole::Foot))
}

/// Several numbers as one field has them.
pub(super) fn joined(list: &[String], between: &str) -> Option<Fact<String>> {
    (!list.is_empty()).then(|| Fact { value: list.join(between), confidence: t::NUMBER_SURE })
}

impl Numbers {
    fn read(&mut self, text: &str) {
        let upper = text.to_ascii_uppercase();
        for (at, _) in upper.match_indices("ISSN") {
            let behind = skip_label(&text[at + 4..]);
            if let Some(issn) = issn(behind)
                && !self.issn.contains(&issn)
                && self.issn.len() < t::NUMBERS_MOST
            {
                self.issn.push(issn);
            }
        }
        for (at, _) in upper.match_indices("ISBN") {
            let imprint = text[..at].chars().count() < t::ISBN_BEFORE || text[..at].contains('©');
            if let Some(isbn) = imprint.then(|| isbn(skip_label(&text[at + 4..]))).flatten()
                && !self.isbn.contains(&isbn)
                && self.isbn.len() < t::NUMBERS_MOST
            {
                self.isbn.push(isbn);
            }
        }
        if self.pmid.is_none() {
            self.pmid = labelled(text, &upper, "PMID", "");
        }
        if self.pmcid.is_none() {
            self.pmcid = labelled(text, &upper, "PMCID", "PMC").map(|number| format!("PMC{number}"));
        }
    }
}

/// Skips what stands between a name and its number: ":", "(print)", "-13:".
fn skip_label(text: &str) -> &str {
    let mut rest = text;
    for skip in ["-13", "-10", "-L"] {
        rest = rest.strip_prefix(skip).unwrap_or(rest);
    }
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || ":.=№".contains(c));
    match rest.strip_prefix('(').and_then(|inner| inner.split_once(')')) {
        Some((kind, behind)) if kind.len() < 16 => {
            behind.trim_start_matches(|c: char| c.is_whitespace() || ":.=".contains(c))
        }
        _ => {
            let word = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
            let named = ["online", "print", "electronic", "pdf", "e", "p", "no", "no."];
            if named.contains(&rest[..word].trim().trim_end_matches([':', '.']).to_ascii_lowercase().as_str()) {
                &rest[word..]
            } else {
                rest
            }
        }
    }
}

fn issn(text: &str) -> Option<String> {
    let mut digits = String::new();
    for c in text.chars().take(10) {
        match c {
            '0'..='9' if digits.len() < 8 => digits.push(c),
            'X' | 'x' if digits.len() == 7 => digits.push('X'),
            '-' | '–' | '‐' | '\u{2011}' | '−' if digits.len() == 4 => {}
            _ => break,
        }
    }
    let value = |c: char| c.to_digit(10).unwrap_or(10);
    let sum: u32 = digits.chars().zip((1..=8).rev()).map(|(c, weight)| value(c) * weight).sum();
    (digits.len() == 8 && sum.is_multiple_of(11) && digits != "00000000")
        .then(|| format!("{}-{}", &digits[..4], &digits[4..]))
}

fn isbn(text: &str) -> Option<String> {
    let mut digits = String::new();
    for c in text.chars() {
        match c {
            '0'..='9' if digits.len() < 13 => digits.push(c),
            'X' | 'x' if digits.len() == 9 => digits.push('X'),
            '-' | '–' | '‐' | '\u{2011}' | ' ' | '−' if !digits.is_empty() => {}
            _ => break,
        }
    }
    let thirteen = |digits: &str| {
        let sum: u32 =
            digits.bytes().enumerate().map(|(n, b)| u32::from(b - b'0') * if n % 2 == 0 { 1 } else { 3 }).sum();
        (digits.starts_with("978") || digits.starts_with("979")) && sum.is_multiple_of(10)
    };
    let ten = |digits: &str| {
        let sum: u32 = digits.chars().zip((1..=10).rev()).map(|(c, w)| c.to_digit(10).unwrap_or(10) * w).sum();
        sum.is_multiple_of(11) && digits != "0000000000"
    };
    if digits.len() == 13 && digits.bytes().all(|b| b.is_ascii_digit()) && thirteen(&digits) {
        return Some(digits);
    }
    let short = digits.get(..10)?;
    (digits.len() < 13 && ten(short)).then(|| short.to_owned())
}

fn labelled(text: &str, upper: &str, label: &str, prefix: &str) -> Option<String> {
    let at = upper.find(label)?;
    let behind = text[at + label.len()..].trim_start_matches(|c: char| c.is_whitespace() || ":.=".contains(c));
    let behind = if prefix.is_empty() { behind } else { behind.strip_prefix(prefix).unwrap_or(behind) };
    let digits: String = behind.chars().take_while(char::is_ascii_digit).collect();
    ((5..=9).contains(&digits.len()) && text[at + label.len()..].starts_with([':', ' ', '.', '='])).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Numbers {
        let mut out = Numbers::default();
        out.read(text);
        out
    }

    #[test]
    fn numbers_behind_their_names_that_check_are_taken() {
        assert_eq!(read("Basin World | ISSN 1932-6203 | Volume 3").issn, ["1932-6203"]);
        assert_eq!(read("ISSN (print): 0378-5955, e-ISSN: 2434-561X").issn, ["0378-5955", "2434-561X"]);
        assert!(read("ISSN 1932-6204").issn.is_empty(), "its last digit is wrong");
        assert_eq!(read("ACM ISBN 978-1-4503-6670-0/19/05").isbn, ["9781450366700"]);
        assert_eq!(read("ISBN-10: 0-306-40615-2").isbn, ["0306406152"]);
        assert!(read("ISBN 978-1-4503-6670-1").isbn.is_empty());
        assert_eq!(
            read("PMID: 12345678; PMCID: PMC3456789"),
            Numbers { pmid: Some("12345678".to_owned()), pmcid: Some("PMC3456789".to_owned()), ..Numbers::default() }
        );
        assert_eq!(read("1932-6203 probes and 978-1-4503-6670-0 more"), Numbers::default());
    }
}
