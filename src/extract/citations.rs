//! Where the text cites the works of its lists: numbers in brackets, raised numbers, names with years.

use std::collections::HashMap;

use super::lines::Sheet;
use super::references::Region;
use super::tuning as t;
use super::wording::squash;
use crate::domain::facts::{Citation, Reference};
use crate::domain::layout::word_flags;

/// Fills `cited_in` of the references.
pub(super) fn link(sheets: &[&Sheet], regions: &[Region], references: &mut [Reference]) {
    let mut by_label: HashMap<String, usize> = HashMap::new();
    for (i, reference) in references.iter().enumerate() {
        if !reference.label.is_empty() {
            by_label.entry(reference.label.clone()).or_insert(i);
        }
    }
    if by_label.len() * 2 > references.len() {
        let bracketed: u32 = sheets.iter().map(|sheet| numbers(sheet, regions, &by_label, references)).sum();
        if (bracketed as usize) * t::CITED_SHARE < references.len() {
            for sheet in sheets {
                raised(sheet, regions, &by_label, references);
            }
        }
        return;
    }
    let mut by_year: HashMap<u16, Vec<(String, usize)>> = HashMap::new();
    for (i, reference) in references.iter().enumerate() {
        if let (Some(year), Some(author)) = (reference.year, reference.authors.first()) {
            let works: &mut Vec<_> = by_year.entry(year).or_default();
            if works.len() < t::CITED_WORKS_A_YEAR {
                works.push((author.family.clone(), i));
            }
        }
    }
    for sheet in sheets {
        names(sheet, regions, &by_year, references);
    }
}

fn in_list(regions: &[Region], page: u32, at: u32) -> bool {
    regions.iter().any(|region| (page, at) >= region.from && (page, at) < region.to)
}

/// "[3]", "[3, 5]", "[3–5]", "[Abc12]"
fn numbers(sheet: &Sheet, regions: &[Region], by_label: &HashMap<String, usize>, references: &mut [Reference]) -> u32 {
    let mut found = 0;
    let mut open: Option<u32> = None;
    let mut inner = String::new();
    for (at, c) in sheet.text.all().chars().enumerate() {
        let at = at as u32;
        match (c, open) {
            ('[', _) => {
                open = Some(at);
                inner.clear();
            }
            (']', Some(start)) => {
                open = None;
                let cited = labels_in(&inner);
                if cited.is_empty() || in_list(regions, sheet.index, start) {
                    continue;
                }
                for label in cited {
                    if let Some(&i) = by_label.get(&label) {
                        cite(&mut references[i], sheet.index, start, at + 1);
                        found += 1;
                    }
                }
            }
            (_, Some(_)) if inner.len() > t::CITED_INNER => open = None,
            (c, Some(_)) => inner.push(c),
            _ => {}
        }
    }
    found
}

/// Numbers and keys in a bracket, ranges written out; empty if something else stands there.
fn labels_in(inner: &str) -> Vec<String> {
    let mut out = Vec::new();
    for part in inner.split([',', ';']) {
        let part = part.trim();
        if let Some((first, last)) = part.split_once(['-', '–', '—', '−'])
            && let (Ok(first), Ok(last)) = (first.trim().parse::<u32>(), last.trim().parse::<u32>())
        {
            if last < first || last - first > t::CITED_RANGE {
                return Vec::new();
            }
            out.extend((first..=last).map(|n| n.to_string()));
            continue;
        }
        let number = part.split_whitespace().next().unwrap_or("");
        if number.is_empty()
            || number.len() > 16
            || !number.chars().all(|c| c.is_alphanumeric() || c == '+')
            || !number.chars().any(|c| c.is_ascii_digit())
        {
            return Vec::new();
        }
        out.push(number.to_owned());
    }
    out
}

/// Raised numbers behind words of the text.
fn raised(sheet: &Sheet, regions: &[Region], by_label: &HashMap<String, usize>, references: &mut [Reference]) {
    for line in &sheet.lines {
        if line.role.is_some() || in_list(regions, sheet.index, line.start) {
            continue;
        }
        for (n, word) in sheet.words_of(line).iter().enumerate() {
            if n == 0 || word.flags & word_flags::SUPERSCRIPT == 0 {
                continue;
            }
            let text = sheet.text.slice(word.start, word.end);
            for label in labels_in(text.trim_matches([',', '.', ';', '[', ']', '(', ')'])) {
                if let Some(&i) = by_label.get(&label) {
                    cite(&mut references[i], sheet.index, word.start, word.end);
                }
            }
        }
    }
}

/// "Muster (2031)", "(Muster et al., 2031; Probe 2032)"
fn names(
    sheet: &Sheet,
    regions: &[Region],
    by_year: &HashMap<u16, Vec<(String, usize)>>,
    references: &mut [Reference],
) {
    let chars: Vec<char> = sheet.text.all().chars().collect();
    let mut last_year_end = 0usize;
    let mut at = 0;
    while at + 4 <= chars.len() {
        if !chars[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = (at..chars.len()).find(|&i| !chars[i].is_ascii_digit()).unwrap_or(chars.len());
        if end - at != 4 {
            at = end;
            continue;
        }
        let year = chars[at..end]
            .iter()
            .fold(0u16, |n, c| n.wrapping_mul(10).wrapping_add(c.to_digit(10).unwrap_or(0) as u16));
        if let Some(works) = by_year.get(&year)
            && !in_list(regions, sheet.index, at as u32)
        {
            let from = at.saturating_sub(t::CITED_WINDOW).max(last_year_end);
            // Several works of one year: the one whose name stands nearest before it.
            let window: String = chars[from..at].iter().collect();
            let nearest = works
                .iter()
                .filter(|(family, _)| squash(family).len() >= 2)
                .filter_map(|(family, i)| window.rfind(family.as_str()).map(|place| (place, *i)))
                .max_by_key(|(place, _)| *place);
            if let Some((place, i)) = nearest {
                let start = from + window[..place].chars().count();
                cite(&mut references[i], sheet.index, start as u32, end as u32);
            }
        }
        last_year_end = end;
        at = end;
    }
}

fn cite(reference: &mut Reference, page: u32, start: u32, end: u32) {
    let citation = Citation { page, start, end };
    if reference.cited_in.len() < t::CITED_MOST && !reference.cited_in.contains(&citation) {
        reference.cited_in.push(citation);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_list_numbers_keys_and_ranges() {
        assert_eq!(labels_in("3, 5–7"), ["3", "5", "6", "7"]);
        assert_eq!(labels_in("Abc12"), ["Abc12"]);
        assert!(labels_in("see above.").is_empty());
        assert!(labels_in("10–9").is_empty());
    }
}
