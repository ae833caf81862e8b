//! Numbers of citation lines: years, volume, issue, pages.

/// Years in a text, as whole numbers.
pub(super) fn years_in(text: &str) -> impl Iterator<Item = u16> + '_ {
    let bytes = text.as_bytes();
    (0..bytes.len().saturating_sub(3)).filter_map(move |at| {
        let four = &bytes[at..at + 4];
        let alone = (at == 0 || !bytes[at - 1].is_ascii_digit() && bytes[at - 1] != b'.')
            && bytes.get(at + 4).is_none_or(|b| !b.is_ascii_digit());
        if !alone || !four.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let year = four.iter().fold(0u16, |n, b| n * 10 + u16::from(b - b'0'));
        (1850..2100).contains(&year).then_some(year)
    })
}

/// Numbers of a journal's citation line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct VolumeParts {
    pub volume: Option<String>,
    pub issue: Option<String>,
    pub pages: Option<String>,
}

/// Finds "12(3): 45–67", "(2021) 21:323", "2017;16:160-173", "12 (2042) 1–9", "vol 120:1–12": where it begins, and its parts.
pub(super) fn volume_pattern(text: &str) -> Option<(usize, VolumeParts)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let begins =
            at == 0 || !bytes[at - 1].is_ascii_alphanumeric() && bytes[at - 1] != b'.' && bytes[at - 1] != b'/';
        if begins && (bytes[at].is_ascii_digit() || bytes[at] == b'(' || lower_starts(&bytes[at..], b"vol")) {
            if let Some(parts) = parse_numbers(&text[at..]) {
                return Some((at, parts));
            }
            while at < bytes.len() && bytes[at].is_ascii_digit() {
                at += 1;
            }
        }
        at += 1;
    }
    None
}

fn lower_starts(bytes: &[u8], word: &[u8]) -> bool {
    bytes.len() >= word.len() && bytes[..word.len()].eq_ignore_ascii_case(word)
}

/// A small scanner over the numbers of a citation line.
struct Numbers<'a> {
    rest: &'a str,
}

impl<'a> Numbers<'a> {
    fn spaces(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, c: char) -> bool {
        self.spaces();
        match self.rest.strip_prefix(c) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn word(&mut self, words: &[&str]) -> bool {
        self.spaces();
        for word in words {
            if lower_starts(self.rest.as_bytes(), word.as_bytes()) {
                self.rest = self.rest[word.len()..].trim_start_matches(['.', ' ', ':']);
                return true;
            }
        }
        false
    }

    fn number(&mut self) -> Option<&'a str> {
        self.spaces();
        let end = self.rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(self.rest.len());
        let token = &self.rest[..end];
        if token.is_empty()
            || token.len() > 12
            || !token.bytes().any(|b| b.is_ascii_digit())
            || token.bytes().filter(u8::is_ascii_alphabetic).count() > 4
        {
            return None;
        }
        self.rest = &self.rest[end..];
        Some(token)
    }

    fn range(&mut self) -> Option<String> {
        let first = self.number()?;
        let saved = self.rest;
        self.spaces();
        if let Some(rest) = self.rest.strip_prefix(['-', '–', '—', '‐', '−']) {
            self.rest = rest;
            if let Some(last) = self.number() {
                return Some(format!("{first}–{last}"));
            }
        }
        self.rest = saved;
        Some(first.to_owned())
    }
}

fn is_year(token: &str) -> bool {
    token.len() == 4 && token.parse::<u16>().is_ok_and(|year| (1850..2100).contains(&year))
}

fn parse_numbers(text: &str) -> Option<VolumeParts> {
    let mut n = Numbers { rest: text };
    let mut parts = VolumeParts::default();
    let mut year = false;
    if n.take('(') {
        // "(2021) 21:323"
        let token = n.number()?;
        if !is_year(token) || !n.take(')') {
            return None;
        }
        year = true;
        n.word(&["vol", "volume"]);
    }
    let labelled = n.word(&["volume", "vol"]);
    let mut token = n.number()?;
    if is_year(token) && !year && !labelled {
        // "2017;16:160–173", "2017, 16, 160"
        if !(n.take(';') || n.take(',') || n.take(':')) {
            return None;
        }
        year = true;
        n.word(&["vol", "volume"]);
        token = n.number()?;
    }
    if is_year(token) || token.len() > 4 {
        return None;
    }
    parts.volume = Some(token.to_owned());
    let mut strong = labelled;
    if n.take('(') {
        let inner = n.range()?;
        if !n.take(')') {
            return None;
        }
        strong = true;
        if is_year(&inner) {
            year = true;
        } else {
            parts.issue = Some(inner);
        }
    } else if n.take(',') && n.word(&["no", "issue", "number", "nr"]) || n.word(&["no", "issue"]) {
        parts.issue = n.range();
        strong = true;
    }
    if parts.issue.is_some() && n.rest.trim_start().starts_with('(') {
        // "Vol. 12, No. 3 (August 2041), pp. 211–219"
        if let Some(end) = n.rest.find(')')
            && end < 24
        {
            n.rest = &n.rest[end + 1..];
            year = true;
        }
    }
    let comma = n.take(':') || n.take(',') || n.take(';');
    n.word(&["pages", "pp", "p", "page", "article", "art"]);
    parts.pages = n.range().filter(|pages| !is_year(pages) || pages.contains('–'));
    if parts.pages.is_some() && (year || comma && strong) {
        return Some(parts);
    }
    (strong && (parts.issue.is_some() || labelled || year)).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_number_is_no_volume() {
        assert!(volume_pattern("see page 12 of the report").is_none());
        assert!(volume_pattern("in 2019, 45 probes were lost").is_none());
    }

    #[test]
    fn volume_issue_and_pages_are_told_apart() {
        let (at, parts) = volume_pattern("Basin Journal 12(3): 45–67").expect("numbers");
        assert_eq!(at, 14);
        assert_eq!((parts.volume.as_deref(), parts.issue.as_deref()), (Some("12"), Some("3")));
        assert_eq!(parts.pages.as_deref(), Some("45–67"));
    }
}
