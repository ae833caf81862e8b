//! The keywords as printed below the abstract.

use super::abstract_text::{head_length, is_label};
use super::headings::{ABSTRACT, KEYWORDS, KNOWN_SECTIONS};
use super::lines::{Sheet, push_line};
use super::tuning as t;
use super::wording::{heading_key, is_foreign};

/// The keywords as printed.
pub(super) fn find(sheets: &[&Sheet], foreign: bool) -> Vec<String> {
    for sheet in sheets.iter().take(2) {
        for (i, line) in sheet.lines.iter().enumerate() {
            let Some(skip) = head_length(sheet, line, KEYWORDS) else { continue };
            if !line.is_text() || foreign != is_foreign(&line.text) {
                continue;
            }
            let mut text: String = line.text.chars().skip(skip).collect();
            let mut last = line;
            for next in &sheet.lines[i + 1..] {
                let gap = next.rect.y0 - last.rect.y1;
                let first = text.trim().is_empty();
                if !first
                    && (!next.overlaps_x(last) || gap > t::ABSTRACT_LINE_GAP * next.size || next.bold && !last.bold)
                    || (next.size - line.size).abs() > t::SAME_SIZE
                    || text.chars().count() > 300
                    || is_label(next)
                    || KNOWN_SECTIONS.contains(&heading_key(&next.text).as_str())
                    || text.trim_end().ends_with('.')
                    || ABSTRACT.contains(&heading_key(&next.text).as_str())
                {
                    break;
                }
                push_line(&mut text, next);
                last = next;
            }
            let found = split_keywords(&text);
            if !found.is_empty() {
                return found;
            }
        }
    }
    Vec::new()
}

fn split_keywords(text: &str) -> Vec<String> {
    let text = text.trim().trim_start_matches(|c: char| c.is_whitespace() || ":：.—–-".contains(c));
    let separators: &[char] = if text.contains([';', '；']) {
        &[';', '；']
    } else if text.contains(['•', '·', '|']) {
        &['•', '·', '|']
    } else {
        &[',', '，', '、']
    };
    let parts: Vec<String> = text
        .split(separators)
        .map(|part| part.trim().trim_end_matches(['.', '。']).to_owned())
        .filter(|part| !part.is_empty() && part.chars().count() <= 80)
        .collect();
    if parts.len() > t::KEYWORDS_MOST { Vec::new() } else { parts }
}
