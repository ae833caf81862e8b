//! Days that the first page prints: when the document was received, revised, accepted and published.

use super::lexicon::MONTHS;
use super::lines::Sheet;
use super::tuning as t;
use crate::domain::facts::{DateKind, PrintedDate};
use crate::domain::layout::TextRole;

/// Labels in small letters and what they say; where two begin alike the longer one stands first.
const LABELS: &[(&str, DateKind)] = &[
    ("date received", DateKind::Received),
    ("received in revised form", DateKind::Revised),
    ("received", DateKind::Received),
    ("submitted", DateKind::Received),
    ("eingegangen", DateKind::Received),
    ("reçu", DateKind::Received),
    ("收稿日期", DateKind::Received),
    ("revised", DateKind::Revised),
    ("修回日期", DateKind::Revised),
    ("accepted", DateKind::Accepted),
    ("angenommen", DateKind::Accepted),
    ("accepté", DateKind::Accepted),
    ("first published", DateKind::Published),
    ("published online", DateKind::Published),
    ("published on", DateKind::Published),
    ("published", DateKind::Published),
    ("publication date", DateKind::Published),
    ("date of publication", DateKind::Published),
    ("available online", DateKind::Published),
    ("this version posted", DateKind::Published),
    ("veröffentlicht", DateKind::Published),
    ("publié", DateKind::Published),
];

/// The labelled days of the covers and the first page; the first of each kind counts.
pub(super) fn find(covers: &[&Sheet], paper: &[&Sheet]) -> Vec<PrintedDate> {
    let mut out: Vec<PrintedDate> = Vec::new();
    for sheet in paper.iter().copied().take(1).chain(covers.iter().copied()) {
        for (at, line) in sheet.lines.iter().enumerate() {
            if line.role == Some(TextRole::Stamp) {
                read_stamp(&line.text, &mut out);
                continue;
            }
            if line.role == Some(TextRole::Caption) || line.text.chars().count() > t::DATE_LINE {
                continue;
            }
            let mut text = line.text.to_lowercase();
            if let Some(next) = sheet.lines.get(at + 1)
                && LABELS.iter().any(|(label, _)| text.trim_end_matches([':', ' ', '.']).ends_with(label))
            {
                text = format!("{text} {}", next.text.to_lowercase());
            }
            read_line(&text, &mut out);
        }
    }
    out.retain(|printed| printed.date.len() >= 7);
    out
}

fn read_line(lower: &str, out: &mut Vec<PrintedDate>) {
    let mut from = 0;
    while let Some((at, label, kind)) = LABELS
        .iter()
        .filter_map(|(label, kind)| Some((lower[from..].find(label)? + from, *label, *kind)))
        .min_by_key(|(at, label, _)| (*at, std::cmp::Reverse(label.len())))
    {
        from = at + label.len();
        let alone = lower[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let rest = lower[from..].trim_start_matches(|c: char| c.is_whitespace() || ":：.,|-–".contains(c));
        let rest = ["on ", "online ", "for publication ", "date ", "in final form ", "am ", "le ", "at "]
            .iter()
            .fold(rest, |rest, word| rest.strip_prefix(word).unwrap_or(rest))
            .trim_start_matches([':', ' ']);
        if let Some(date) = alone.then(|| date(rest)).flatten()
            && !out.iter().any(|known| known.kind == kind)
        {
            out.push(PrintedDate { kind, date });
        }
    }
}

/// "arXiv:4905.00123v2 [cs.DL] 12 May 2049": the day of the version.
fn read_stamp(text: &str, out: &mut Vec<PrintedDate>) {
    let Some((_, behind)) = text.rsplit_once(']').filter(|_| text.to_lowercase().contains("arxiv")) else { return };
    if let Some(date) = date(behind.trim().to_lowercase().as_str())
        && !out.iter().any(|known| known.kind == DateKind::Published)
    {
        out.push(PrintedDate { kind: DateKind::Published, date });
    }
}

/// The day with which a text in small letters begins, as `2041-05-03`, or `2041-05` where no day is printed.
pub(super) fn date(text: &str) -> Option<String> {
    let parts: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || ",;./-–年月日()".contains(c))
        .filter(|part| !part.is_empty())
        .take(4)
        .collect();
    let number = |part: &str| {
        let digits = part.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let ending = &part[digits.len()..];
        (matches!(ending, "" | "st" | "nd" | "rd" | "th") && !digits.is_empty())
            .then(|| digits.parse::<u16>().ok())
            .flatten()
    };
    let first = parts.first()?;
    let (a, b, c) = (number(first), parts.get(1).copied(), parts.get(2).copied());
    let whole = |y: Option<u16>, m: Option<u16>, d: Option<u16>| {
        let (y, m, d) = (y?, m?, d?);
        ((1900..2100).contains(&y) && (1..=12).contains(&m) && (1..=31).contains(&d))
            .then(|| format!("{y:04}-{m:02}-{d:02}"))
    };
    let monthly = |y: Option<u16>, m: Option<u16>| {
        let (y, m) = (y?, m?);
        ((1900..2100).contains(&y) && first.len() <= 9).then(|| format!("{y:04}-{m:02}"))
    };
    if let Some(m) = month(first) {
        // "May 3, 2041", "May 2041"
        return whole(c.and_then(number), Some(m), b.and_then(number)).or_else(|| monthly(b.and_then(number), Some(m)));
    }
    let second = b.and_then(month);
    if a.is_some_and(|a| a >= 1900) {
        // "2041-05-03", "2041 May 3", "2041年5月3日"
        return whole(a, second.or_else(|| b.and_then(number)), c.and_then(number));
    }
    if second.is_some() {
        return whole(c.and_then(number), second, a);
    }
    // "03.05.2041" is a day of May; with strokes or hyphens nobody can tell, unless one number is too large for a month.
    let (day, month, year) = (a?, b.and_then(number)?, c.and_then(number));
    if text[first.len()..].starts_with(['/', '-']) {
        return match (day > 12, month > 12) {
            (true, false) => whole(year, Some(month), Some(day)),
            (false, true) => whole(year, Some(day), Some(month)),
            _ => None,
        };
    }
    text[first.len()..].starts_with('.').then(|| whole(year, Some(month), Some(day))).flatten()
}

/// The number of a month, by its name in one of some languages.
fn month(word: &str) -> Option<u16> {
    if !MONTHS.contains(&word) && !OTHER_MONTHS.contains(&word) {
        return None;
    }
    const BEGINNINGS: [&[&str]; 12] = [
        &["jan"],
        &["feb", "fév"],
        &["mar", "mär"],
        &["apr", "avr"],
        &["may", "mai"],
        &["jun", "juin"],
        &["jul", "juil"],
        &["aug", "août"],
        &["sep"],
        &["oct", "okt"],
        &["nov"],
        &["dec", "dez", "déc"],
    ];
    BEGINNINGS.iter().position(|list| list.iter().any(|begin| word.starts_with(begin))).map(|at| at as u16 + 1)
}

/// French names.
const OTHER_MONTHS: &[&str] =
    &["janvier", "février", "mars", "avril", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_they_are_printed() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(date(text).as_deref(), expected, "{text}");
        check("3 may 2041; accepted", Some("2041-05-03"));
        check("3rd may, 2041", Some("2041-05-03"));
        check("may 3, 2041", Some("2041-05-03"));
        check("may 2041", Some("2041-05"));
        check("2041-05-03", Some("2041-05-03"));
        check("2041年5月3日", Some("2041-05-03"));
        check("03.05.2041", Some("2041-05-03"));
        check("25/12/2041", Some("2041-12-25"));
        check("05/03/2041", None);
        check("25-12-2041", Some("2041-12-25"));
        check("05-03-2041", None);
        check("in 2041 by us", None);
        check("7 dezember 2041", Some("2041-12-07"));
    }

    #[test]
    fn labels_tell_what_a_day_means() {
        let mut out = Vec::new();
        read_line(
            "received: 3 may 2041; revised 5 june 2041 / accepted: 7 july 2041 published online 1 aug 2041",
            &mut out,
        );
        let said: Vec<(DateKind, &str)> = out.iter().map(|printed| (printed.kind, printed.date.as_str())).collect();
        assert_eq!(
            said,
            [
                (DateKind::Received, "2041-05-03"),
                (DateKind::Revised, "2041-06-05"),
                (DateKind::Accepted, "2041-07-07"),
                (DateKind::Published, "2041-08-01"),
            ]
        );
    }
}
