//! Names of meetings and their proceedings, as notes, margins and citations print them.

use super::lexicon::MONTHS;
use super::lines::{Sheet, TextLine, push_line};
use super::places::COUNTRIES;
use super::tuning as t;
use super::venue::{is_prose, same_places};
use super::wording::{has_word, words};

/// How the note begins that tells where a paper appeared.
pub(super) const OPENS_PROCEEDINGS: &[&str] =
    &["proceedings of", "appearing in", "in proceedings of", "to appear in proceedings"];

/// "InletSys ’41, May 3–5, 2041, Beispielstadt": the short name of a meeting before its days.
pub(super) fn meeting(text: &str) -> Option<String> {
    let text = text.trim();
    let at = text.find(['’', '\'', '‘'])?;
    let (name, rest) = text.split_at(at);
    let mut rest = rest.chars();
    rest.next();
    let rest = rest.as_str().trim_start();
    let behind = rest.get(2..).filter(|_| rest.bytes().take(2).all(|b| b.is_ascii_digit()))?;
    let fits = behind.trim_start().starts_with([',', ':'])
        && has_word(behind, MONTHS)
        && text.len() < 140
        && (1..=4).contains(&name.split_whitespace().count())
        && name.len() >= 3
        && name.starts_with(char::is_uppercase);
    fits.then(|| format!("{} ’{}", name.trim_end(), &rest[..2]))
}

/// A line that breaks off inside the name of a meeting, joined with those that go on with it: "Proceedings of the 3rd
/// Workshop on", "Appearing in Proceedings of the 13th International Con-".
pub(super) fn continued(sheet: &Sheet, at: usize) -> Option<TextLine> {
    let line = &sheet.lines[at];
    let last = line.text.split_whitespace().next_back()?;
    let lower = line.text.trim_start().to_lowercase();
    let open = matches!(last, "of" | "on" | "the" | "for" | "and" | "in" | "&")
        || OPENS_PROCEEDINGS.iter().any(|start| lower.starts_with(start));
    if !open || !has_word(&line.text, &["proceedings", "conference", "workshop", "symposium", "meeting"]) {
        return None;
    }
    let mut whole = line.clone();
    let mut before = line;
    for next in sheet.lines[at + 1..].iter().take(t::VENUE_NAME_LINES) {
        let near = next.overlaps_x(line) && (next.rect.y0 - before.rect.y1).abs() < line.size && next.same_style(line);
        if !near || whole.text.trim_end().ends_with('.') {
            break;
        }
        push_line(&mut whole.text, next);
        before = next;
    }
    (whole.text.len() > line.text.len()).then_some(whole)
}

/// "Proceedings of the …", "3rd Conference on …": the name up to its pages, place or date.
pub(super) fn proceedings(text: &str) -> Option<String> {
    let text = text.trim();
    let lower = text.to_lowercase();
    if !text.is_ascii() && !same_places(text, &lower) || is_prose(text) {
        return None;
    }
    let start = match ["proceedings of", "in proceedings of", "appearing in"].iter().filter_map(|p| lower.find(p)).min()
    {
        Some(at) if at < 60 => at,
        _ => {
            let conference =
                ["conference on", "workshop on", "symposium on"].iter().filter_map(|p| lower.find(p)).min()?;
            if conference > 40 || text.len() > 140 {
                return None;
            }
            let first = text.split_whitespace().next()?;
            let ordinal = first.bytes().next().is_some_and(|b| b.is_ascii_digit());
            if ordinal { first.len() } else { 0 }
        }
    };
    let rest = text[start..].trim_start();
    let rest = rest
        .strip_prefix("In ")
        .or_else(|| rest.strip_prefix("In: "))
        .or_else(|| rest.strip_prefix("Appearing in "))
        .unwrap_or(rest);
    let mut end = rest.len();
    let rest_lower = rest.to_lowercase();
    for stop in [
        ", pages",
        ", page",
        " pages ",
        ", pp",
        " pp.",
        ". pmlr",
        ", pmlr",
        " vol ",
        ", volume",
        " volume ",
        ". copyright",
        ". jmlr",
        " (",
        ", vol",
        " – ",
        " 1–",
        ". ",
    ] {
        if let Some(at) = rest_lower.find(stop)
            && at > 12
        {
            end = end.min(at);
        }
    }
    let mut name = with_ordinals(rest[..end].trim_end_matches(|c: char| c.is_whitespace() || ".,:;–-".contains(c)));
    if let Some(at) = name.rfind(", ")
        && name[at..].chars().any(|c| c.is_ascii_digit())
        && at > 12
    {
        name.truncate(at);
    }
    cut_place(&mut name);
    (words(&name).count() >= 3).then_some(name)
}

/// "the 32 nd Conference": a raised ending belongs to its number.
fn with_ordinals(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let ending = matches!(word.trim_end_matches(','), "st" | "nd" | "rd" | "th");
        let raised = ending && out.ends_with(|c: char| c.is_ascii_digit());
        if !out.is_empty() && !raised {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Cuts ", City, Country" off the end.
fn cut_place(name: &mut String) {
    let Some(country) = name.rfind(", ") else { return };
    if !COUNTRIES.contains(&name[country + 2..].trim().to_lowercase().as_str()) {
        return;
    }
    let city = name[..country].rfind(", ").unwrap_or(country);
    if city > 12 {
        name.truncate(city);
    }
}

/// "In The 5th Workshop on Inlets (WI ’41), May 3–5, …": the name of the meeting.
pub(super) fn cited_event(text: &str) -> Option<String> {
    let (at, lead) =
        [". In ", "? In ", "! In "].iter().filter_map(|lead| text.find(lead).map(|at| (at, lead))).min()?;
    let rest = &text[at + lead.len()..];
    let end = [" (", ", ACM", ", pages", ", pp", ". ", ", Article"].iter().filter_map(|stop| rest.find(stop)).min()?;
    let name = rest[..end].trim();
    let event = has_word(name, &["proceedings", "conference", "workshop", "symposium", "meeting", "congress"]);
    (event && (3..=t::VENUE_MOST_WORDS + 6).contains(&words(name).count())).then(|| name.to_owned())
}
