//! Identifiers: DOIs and arXiv numbers in printed text, and which of them are the document's own.

use super::lines::{Sheet, TextLine};
use super::tuning as t;
use super::wording::words;
use crate::domain::facts::Fact;
use crate::domain::layout::{DocumentInfo, TextRole};

/// An identifier in a run of lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FoundDoi {
    /// Lower case, without resolver and trailing punctuation.
    pub doi: String,
    /// Index of the line in which it begins.
    pub line: usize,
    /// Byte in that line's text.
    pub at: usize,
}

/// When a DOI at a line end goes on in the next line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joining {
    /// If it ends in the middle, with a slash or hyphen.
    Open,
    /// Also if the next line begins with something that has digits: inside one entry of a reference list.
    Entry,
}

/// DOIs in lines, joined over line ends.
pub(super) fn dois(lines: &[&str], joining: Joining) -> Vec<FoundDoi> {
    let mut out = Vec::new();
    for (i, text) in lines.iter().enumerate() {
        let mut from = 0;
        while let Some(at) = text[from..].find("10.").map(|at| at + from) {
            from = at + 3;
            let free = text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '.');
            if !free {
                continue;
            }
            let mut raw = token(&text[at..]).to_owned();
            if at + raw.len() == text.trim_end().len() {
                let mut next = i + 1;
                while let Some(more) = lines.get(next).and_then(|line| continuation(&raw, line, joining)) {
                    raw.push_str(more);
                    if more.len() < lines[next].trim().len() {
                        break;
                    }
                    next += 1;
                }
            }
            if let Some(doi) = clean(&raw) {
                from = (at + doi.len()).min(text.len());
                while !text.is_char_boundary(from) {
                    from += 1;
                }
                out.push(FoundDoi { doi, line: i, at });
            }
        }
    }
    out
}

fn token(text: &str) -> &str {
    let end = text
        .find(|c: char| c.is_whitespace() || "\"“”<>{}|\\^`，。；".contains(c) || super::wording::is_cjk(c))
        .unwrap_or(text.len());
    &text[..end]
}

/// The part of the next line with which a DOI goes on, if it does.
fn continuation<'a>(raw: &str, next: &'a str, joining: Joining) -> Option<&'a str> {
    let next = next.trim_start();
    let first = token(next);
    let lower = first.to_lowercase();
    if first.is_empty()
        || lower.starts_with("http")
        || lower.contains("pmid")
        || lower.starts_with("accessed")
        || lower.starts_with('[')
        || lower.starts_with('(')
    {
        return None;
    }
    let open = raw.ends_with(['/', '-', '_', '(', '.']) || !raw.contains('/');
    if raw.ends_with('.')
        && raw.len() > 12
        && !first.starts_with(|c: char| c.is_ascii_digit())
        && !opens_journal_code(raw, first)
    {
        return None;
    }
    let digits = first.chars().any(|c| c.is_ascii_digit());
    let year = first.len() >= 4
        && first.trim_end_matches(['.', ',', ';', ')']).parse::<u16>().is_ok_and(|y| (1900..2100).contains(&y));
    let capital = first.chars().next().is_some_and(char::is_uppercase) && first.chars().skip(1).any(char::is_lowercase);
    let numbered = first.trim_end_matches(['.', ')']).len() <= 3
        && first.ends_with(['.', ')'])
        && first.bytes().next().is_some_and(|b| b.is_ascii_digit());
    if !open && (joining == Joining::Open || first.len() < 3 && first.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let capital = capital && !(raw.ends_with('/') && digits);
    ((open || digits) && !year && !capital && !numbered && (digits || raw.ends_with(['/', '-', '_']))).then_some(first)
}

/// "10.1016/j." goes on with letters, since the part before the full stop is a code; "10.5555/jsb.2041.211." does not.
fn opens_journal_code(raw: &str, first: &str) -> bool {
    let code = raw.trim_end_matches('.').rsplit(['/', '.']).next().unwrap_or("");
    !code.bytes().any(|b| b.is_ascii_digit()) && first.chars().any(|c| c.is_ascii_digit())
}

/// A DOI in lower case, or `None` where the text is none.
fn clean(raw: &str) -> Option<String> {
    let mut doi: String = raw.to_lowercase();
    loop {
        let before = doi.len();
        let kept = doi.trim_end_matches(['.', ',', ';', ':', '\'', '’', '*', '…', '”', '"']).len();
        doi.truncate(kept);
        for (open, close) in [('(', ')'), ('[', ']')] {
            if doi.ends_with(close) && doi.matches(open).count() < doi.matches(close).count() {
                doi.pop();
            }
        }
        if doi.len() == before {
            break;
        }
    }
    let (prefix, suffix) = doi.split_once('/')?;
    let registrant = prefix.strip_prefix("10.")?;
    if !(4..=9).contains(&registrant.split('.').next()?.len())
        || !registrant.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    {
        return None;
    }
    if suffix.len() < 2 || suffix.contains("nnnn") || suffix.contains("xxxx") || suffix.starts_with("1122445") {
        return None;
    }
    for end in [".s001", ".s1", "/s1", "/-/dc1", "/full", "/pdf", "/abstract"] {
        if let Some(rest) = doi.strip_suffix(end) {
            return Some(rest.to_owned());
        }
    }
    Some(doi)
}

/// The document's own DOI, if one is sure enough.
pub(super) fn own_doi(
    sheets: &[&Sheet],
    last: Option<&Sheet>,
    references_from: Option<(u32, u32)>,
    info: &DocumentInfo,
) -> Option<Fact<String>> {
    let mut scores: Vec<(String, f32)> = Vec::new();
    let info_text = format!("{} {} {}", info.title, info.subject, info.keywords);
    let info_dois = dois(&[info_text.as_str()], Joining::Open);
    let first_page = sheets.first()?.index;
    for sheet in sheets.iter().take(3).copied().chain(last) {
        let number = |line: &TextLine| matches!(line.role, Some(TextRole::PageNumber | TextRole::LineNumber));
        let texts: Vec<&str> =
            sheet.lines.iter().map(|line| if number(line) { "" } else { line.text.as_str() }).collect();
        for found in dois(&texts, Joining::Open) {
            let score = own_score(sheet, &found, first_page, references_from);
            match scores.iter_mut().find(|(doi, _)| *doi == found.doi) {
                Some((_, best)) => *best = best.max(score),
                None => scores.push((found.doi, score)),
            }
        }
    }
    for found in info_dois {
        match scores.iter_mut().find(|(doi, _)| *doi == found.doi) {
            Some((_, best)) => *best += t::DOI_INFO,
            None => scores.push((found.doi, t::DOI_INFO)),
        }
    }
    take_newest_version(&mut scores);
    let mut best: Option<(String, f32)> = None;
    let mut second = 0.0f32;
    for (doi, score) in scores {
        match &best {
            Some((_, top)) if score <= *top => second = second.max(score),
            _ => {
                second = best.as_ref().map_or(second, |(_, top)| second.max(*top));
                best = Some((doi, score));
            }
        }
    }
    let (doi, score) = best?;
    let confidence =
        (t::DOI_SURE + (score - t::DOI_LEAST).min(2.0) * 0.04 - if score - second < 0.5 { 0.3 } else { 0.0 }).min(0.99);
    (score >= t::DOI_LEAST).then_some(Fact { value: doi, confidence })
}

/// Of DOIs that differ in the number of a version at their end only, the highest one gets the best score of all: a paper
/// names its earlier versions, never later ones.
fn take_newest_version(scores: &mut Vec<(String, f32)>) {
    fn parts(doi: &str) -> Option<(&str, u8)> {
        let (stem, version) = doi.rsplit_once('.')?;
        (version.len() == 1 && stem.ends_with(|c: char| c.is_ascii_digit())).then_some((stem, version.parse().ok()?))
    }
    let mut kept: Vec<(String, f32)> = Vec::new();
    for (doi, score) in scores.drain(..) {
        let same =
            kept.iter_mut().find(|(known, _)| matches!((parts(known), parts(&doi)), (Some(a), Some(b)) if a.0 == b.0));
        match same {
            Some(known) => {
                known.1 = known.1.max(score);
                if parts(&known.0).map(|(_, version)| version) < parts(&doi).map(|(_, version)| version) {
                    known.0 = doi;
                }
            }
            None => kept.push((doi, score)),
        }
    }
    *scores = kept;
}

/// The DOI that a cover sheet gives for the paper behind it: the only one there, or one that it labels.
pub(super) fn cover_doi(covers: &[&Sheet]) -> Option<Fact<String>> {
    let mut found: Vec<String> = Vec::new();
    for sheet in covers {
        let texts: Vec<&str> = sheet.lines.iter().map(|line| line.text.as_str()).collect();
        for doi in dois(&texts, Joining::Open) {
            if !found.contains(&doi.doi) {
                found.push(doi.doi);
            }
        }
    }
    let only = found.len() == 1;
    let first = found.into_iter().next()?;
    only.then_some(Fact { value: first, confidence: t::DOI_SURE })
}

fn own_score(sheet: &Sheet, found: &FoundDoi, first_page: u32, references_from: Option<(u32, u32)>) -> f32 {
    let line = &sheet.lines[found.line];
    let before = line.text[..found.at].to_lowercase();
    let line_before = found.line.checked_sub(1).map(|i| sheet.lines[i].text.to_lowercase()).unwrap_or_default();
    let direct = before.trim_end_matches(|c: char| c.is_whitespace() || ":/.()[]".contains(c));
    let above = line_before.trim().trim_end_matches([':', '.']);
    let label_above = before.trim().is_empty() && (above.ends_with(" doi") || above == "doi");
    let label = direct.ends_with("doi") || direct.ends_with("doi.org") || label_above;
    let alone = direct.is_empty() && found.doi.len() + 3 > line.text.trim().len();
    let margin_role = matches!(line.role, Some(TextRole::Head | TextRole::Foot | TextRole::Stamp));
    let band = in_band(sheet, line);
    let mut score = 0.0;
    score += if sheet.index == first_page { t::DOI_FIRST_PAGE } else { 0.0 };
    score += if margin_role { t::DOI_RUNNING } else { 0.0 };
    score += if band { t::DOI_MARGIN } else { 0.0 };
    score += if label {
        t::DOI_LABEL
    } else if line_before.trim_end().ends_with("doi:") || line_before.contains("doi") {
        t::DOI_LABEL_ABOVE
    } else {
        0.0
    };
    let cites = |text: &str| {
        text.contains("cite") || text.contains("citation") || text.contains("published") || text.contains("publication")
    };
    score += if cites(&before) || cites(&line_before) { t::DOI_CITATION } else { 0.0 };
    let next = sheet.lines.get(found.line + 1).map(|line| line.text.to_lowercase()).unwrap_or_default();
    let cited_below = next.starts_with("cite this") || next.starts_with("citation:");
    score += if cited_below { t::DOI_BEFORE_CITATION } else { 0.0 };
    let lead = if before.trim().is_empty() { line_before.as_str() } else { before.as_str() };
    score -= if OTHER_WORKS.iter().any(|words| lead.contains(words)) { t::DOI_OTHER_WORK } else { 0.0 };
    let behind = references_from.is_some_and(|(page, start)| (sheet.index, line.start) >= (page, start));
    score -= if behind && !margin_role { t::DOI_IN_REFERENCES } else { 0.0 };
    score -= if !band && in_sentence(&line.text[..found.at], label) { t::DOI_IN_SENTENCE } else { 0.0 };
    score -= if line.role == Some(TextRole::Footnote) && !(label && before.len() < 24 && goes_no_further(line, found)) {
        t::DOI_IN_NOTE
    } else {
        0.0
    };
    let whole = line.text.to_lowercase();
    score -= if whole.contains("german edition") { t::DOI_TRANSLATION } else { 0.0 };
    score += if alone && !label { t::DOI_ALONE } else { 0.0 };
    let other = ["zenodo", "supplement", "dataset", "figshare", "dryad"].iter().any(|word| whole.contains(word));
    score
        - if other && !(label && (label_above || before.trim_start().starts_with("doi"))) {
            t::DOI_OTHER_THING
        } else {
            0.0
        }
}

/// What stands before the DOI of another work: one that is answered, corrected or related, a preprint, data.
const OTHER_WORKS: &[&str] = &[
    "reply to",
    "response to",
    "comment on",
    "commentary on",
    "correction to",
    "erratum to",
    "corrigendum to",
    "original article",
    "related article",
    "companion",
    "preprint of this",
    "a preprint",
    "data availab",
    "data are",
    "dataset:",
    "data:",
    "code:",
    "software:",
    "supplementary material",
    "supplemental material",
];

/// Whether nothing but punctuation follows the DOI on its line.
fn goes_no_further(line: &TextLine, found: &FoundDoi) -> bool {
    let rest = line.text.get(found.at + found.doi.len()..).unwrap_or("");
    rest.chars().filter(|c| c.is_alphanumeric()).count() == 0
}

fn in_band(sheet: &Sheet, line: &TextLine) -> bool {
    line.rect.y1 < sheet.height * t::MARGIN_BAND || line.rect.y0 > sheet.height * (1.0 - t::MARGIN_BAND)
}

/// Whether running text stands before it on the line.
fn in_sentence(before: &str, label: bool) -> bool {
    let small = words(before).filter(|word| word.len() > 1 && word.chars().all(char::is_lowercase)).count();
    small >= if label { t::DOI_SENTENCE_WORDS + 2 } else { t::DOI_SENTENCE_WORDS }
        && !["cite", "citation", "available", "published"].iter().any(|word| before.to_lowercase().contains(word))
}

/// An arXiv identifier as stamped or cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Arxiv {
    pub id: String,
    pub version: Option<String>,
}

/// The first arXiv identifier after "arXiv:" or an arXiv address.
pub(super) fn arxiv(text: &str) -> Option<Arxiv> {
    let lower = text.to_lowercase();
    let mut from = 0;
    while let Some(at) = lower[from..].find("arxiv").map(|at| at + from) {
        from = at + 5;
        let rest = lower[from..].trim_start_matches(|c: char| c.is_whitespace() || ":./[]".contains(c));
        let rest = ["org/abs/", "org/pdf/", "preprint arxiv:", "e-prints", "preprint", "abs/"]
            .iter()
            .find_map(|prefix| rest.strip_prefix(prefix))
            .unwrap_or(rest)
            .trim_start_matches(|c: char| c.is_whitespace() || ":.,/[(".contains(c));
        if let Some(found) = arxiv_number(rest) {
            return Some(found);
        }
    }
    None
}

fn arxiv_number(text: &str) -> Option<Arxiv> {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || ".-/".contains(c))).unwrap_or(text.len());
    let token = text[..end].trim_end_matches(['.', '-', '/']);
    let apart = text[end..].trim_start().split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
    let apart = apart.strip_prefix('v').filter(|n| (1..=2).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit()));
    let (id, version) = match token.rfind('v') {
        Some(at) if at > 6 && token.len() > at + 1 && token[at + 1..].bytes().all(|b| b.is_ascii_digit()) => {
            (&token[..at], Some(token[at..].to_owned()))
        }
        _ => (token, apart.map(|number| format!("v{number}"))),
    };
    let digits = |part: &str, least: usize, most: usize| {
        (least..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    let new_style = id.split_once('.').is_some_and(|(a, b)| digits(a, 4, 4) && digits(b, 4, 5));
    let old_style = id.split_once('/').is_some_and(|(a, b)| {
        digits(b, 7, 7) && !a.is_empty() && a.bytes().all(|c| c.is_ascii_lowercase() || c == b'-' || c == b'.')
    });
    (new_style || old_style).then(|| Arxiv { id: id.to_owned(), version })
}

/// The document's own arXiv identifier: stamped on a first page, or in its margin.
pub(super) fn own_arxiv(sheets: &[&Sheet]) -> Option<(Arxiv, f32)> {
    for sheet in sheets.iter().take(2) {
        for line in &sheet.lines {
            let stamped = line.role == Some(TextRole::Stamp);
            let opens = in_band(sheet, line) && line.text.trim_start().to_lowercase().starts_with("arxiv");
            if (stamped || opens || matches!(line.role, Some(TextRole::Head | TextRole::Foot)))
                && let Some(found) = arxiv(&line.text)
            {
                return Some((found, if stamped { 0.98 } else { 0.9 }));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(lines: &[&str]) -> String {
        let found = dois(lines, Joining::Entry);
        assert_eq!(found.len(), 1, "{found:?}");
        found[0].doi.clone()
    }

    #[test]
    fn a_doi_goes_on_behind_a_line_end() {
        assert_eq!(one(&["see https://doi.org/10.5555/basin.", "2041.211. Next"]), "10.5555/basin.2041.211");
        assert_eq!(one(&["doi:10.5555/basin-", "flow.7"]), "10.5555/basin-flow.7");
    }

    #[test]
    fn a_doi_ends_at_punctuation_and_before_a_year() {
        assert_eq!(one(&["(doi:10.5555/ABC.(12)3), and"]), "10.5555/abc.(12)3");
        assert_eq!(one(&["doi:10.5555/abc.123", "2041 was dry"]), "10.5555/abc.123");
    }

    #[test]
    fn the_newest_of_the_versions_named_is_the_papers_own() {
        let mut scores = vec![("10.5555/basin.4767.1".to_owned(), 4.0), ("10.5555/basin.4767.2".to_owned(), 3.5)];
        take_newest_version(&mut scores);
        assert_eq!(scores, [("10.5555/basin.4767.2".to_owned(), 4.0)]);
        let mut scores = vec![("10.5555/s.2041.1".to_owned(), 4.0), ("10.5555/s.2042.2".to_owned(), 3.5)];
        take_newest_version(&mut scores);
        assert_eq!(scores.len(), 2);
    }

    #[test]
    fn placeholders_are_no_dois() {
        assert!(dois(&["https://doi.org/10.1145/nnnnnnn.nnnnnnn"], Joining::Entry).is_empty());
        assert!(dois(&["section 10.2 and 10.5/7"], Joining::Entry).is_empty());
    }

    #[test]
    fn arxiv_numbers_of_both_kinds_are_read_with_their_version() {
        let new = arxiv("arXiv:4905.00123v2 [cs.DL] 3 May 2049").expect("new style");
        assert_eq!((new.id.as_str(), new.version.as_deref()), ("4905.00123", Some("v2")));
        let old = arxiv("arXiv:hep-th/9901001").expect("old style");
        assert_eq!(old.id, "hep-th/9901001");
        assert!(arxiv("the arXiv server of 2019").is_none());
    }
}
