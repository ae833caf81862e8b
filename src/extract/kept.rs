//! Which pages are kept whole until the end: the first, the last, pages of references; of the others only what may be
//! a heading. So a book of any length needs a bounded amount of memory.

use std::collections::VecDeque;

use super::lines::{Sheet, TextLine, TypeCount};
use super::tuning as t;
use super::volume::years_in;

/// The pages so far.
#[derive(Debug, Default)]
pub(super) struct KeptPages {
    first: Vec<Sheet>,
    middle: Vec<Sheet>,
    last: VecDeque<Sheet>,
    references: usize,
    headings: usize,
}

impl KeptPages {
    /// Takes the next page.
    pub fn add(&mut self, sheet: Sheet, types: &TypeCount) {
        if self.first.len() < t::KEPT_FIRST {
            self.first.push(sheet);
            return;
        }
        self.last.push_back(sheet);
        if self.last.len() <= t::KEPT_LAST {
            return;
        }
        let Some(mut sheet) = self.last.pop_front() else { return };
        if self.references < t::KEPT_REFERENCES && is_list(&sheet) {
            self.references += 1;
            self.middle.push(sheet);
            return;
        }
        if self.headings < t::KEPT_HEADINGS {
            strip(&mut sheet, types);
            self.headings += sheet.lines.len();
            if !sheet.lines.is_empty() {
                self.middle.push(sheet);
            }
        }
    }

    /// Every page kept, in order.
    pub fn into_sheets(self) -> Vec<Sheet> {
        let mut out = self.first;
        out.extend(self.middle);
        out.extend(self.last);
        out
    }
}

fn is_list(sheet: &Sheet) -> bool {
    let lines = sheet.lines.iter().filter(|line| line.is_text());
    let (mut all, mut dated) = (0usize, 0usize);
    for line in lines {
        all += 1;
        dated += usize::from(years_in(&line.text).next().is_some());
    }
    all > 4 && dated as f32 > all as f32 * t::KEPT_DATED
}

/// Leaves only short lines set unlike the body, and the line behind each.
fn strip(sheet: &mut Sheet, types: &TypeCount) {
    let body = types.body_size();
    let may_be = |line: &TextLine| {
        line.role.is_none()
            && line.text.chars().count() <= t::HEADING_LENGTH
            && (line.bold || line.size > body * t::HEAD_LARGER)
    };
    let keep: Vec<bool> =
        (0..sheet.lines.len()).map(|i| may_be(&sheet.lines[i]) || i > 0 && may_be(&sheet.lines[i - 1])).collect();
    let mut flags = keep.iter();
    sheet.lines.retain(|_| flags.next().copied().unwrap_or(false));
    sheet.lines.shrink_to_fit();
    sheet.words = Vec::new();
    sheet.file_rects = Vec::new();
    sheet.text = super::lines::PointText::new("");
}
