//! Words, scripts and headings as the rules look at them.

/// Whether one of the words stands in the text as a whole word.
pub(super) fn has_word(text: &str, list: &[&str]) -> bool {
    words(text).any(|word| list.contains(&word.to_lowercase().as_str()))
}

/// Runs of letters, digits and inner hyphens or apostrophes.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '\'' || c == '’'))
        .map(|word| word.trim_matches(['-', '\'', '’']))
        .filter(|word| !word.is_empty())
}

/// Letters and digits in lower case: for comparing texts printed in different ways.
pub(super) fn squash(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Han, kana or hangul.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(c as u32, 0x2E80..=0x2FDF | 0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF)
}

/// Whether most letters are of another script than the Latin one.
pub(super) fn is_foreign(text: &str) -> bool {
    let (mut foreign, mut latin) = (0usize, 0usize);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        if (c as u32) < 0x0250 || (0x1E00..0x1F00).contains(&(c as u32)) {
            latin += 1;
        } else {
            foreign += if is_cjk(c) { 3 } else { 1 };
        }
    }
    foreign > latin
}

/// Words as a reader counts them: two ideographs are about one.
pub(super) fn count_words(text: &str) -> usize {
    let ideographs = text.chars().filter(|c| is_cjk(*c)).count();
    if ideographs > 0 { ideographs.div_ceil(2) } else { text.split_whitespace().count() }
}

/// Whether an address of a page or a mailbox stands in the text.
pub(super) fn has_address(text: &str) -> bool {
    text.contains('@') || text.contains("://") || text.contains("www.") || text.contains("doi.org")
}

/// A heading as looked up in lists: lower case, without number, colon and full stop.
pub(super) fn heading_key(text: &str) -> String {
    let text = text.trim();
    let rest =
        text.trim_start_matches(|c: char| c.is_ascii_digit() || ".|)(§■●•▪◾□ ".contains(c) || c.is_whitespace());
    let rest = if rest.is_empty() { text } else { rest };
    let rest = strip_roman(rest);
    let joined = if rest.as_bytes().get(1) == Some(&b' ') { despace(rest) } else { String::new() };
    let rest = if joined.is_empty() { rest } else { joined.as_str() };
    let mut out = String::new();
    for c in rest
        .trim_end_matches(|c: char| c.is_whitespace() || ".:：。|—-–*".contains(c))
        .chars()
        .flat_map(char::to_lowercase)
    {
        if c.is_whitespace() {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(c);
        }
    }
    out
}

fn strip_roman(text: &str) -> &str {
    if let Some((first, rest)) = text.split_once([' ', '\t'])
        && let Some(number) = first.strip_suffix('.')
        && !number.is_empty()
        && (number.bytes().all(|b| b"IVX".contains(&b))
            || (number.len() == 1 && number.as_bytes()[0].is_ascii_uppercase()))
    {
        return rest.trim_start();
    }
    text
}

/// Joins letter-spaced words: "A B S T R A C T".
pub(super) fn despace(text: &str) -> String {
    let parts: Vec<&str> = text.split(' ').filter(|part| !part.is_empty()).collect();
    if parts.len() >= 4 && parts.iter().all(|part| part.chars().count() == 1) {
        return parts.concat();
    }
    text.to_owned()
}

/// Whether most words are single letters: a banner.
pub(super) fn is_letter_spaced(text: &str) -> bool {
    let (mut single, mut all) = (0, 0);
    for part in text.split_whitespace() {
        all += 1;
        single += usize::from(part.chars().count() == 1 && part.chars().all(|c| c.is_alphabetic() && !is_cjk(c)));
    }
    all >= 4 && single * 10 > all * 6
}
