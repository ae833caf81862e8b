//! The title: the block on the first pages that looks most like one.

use super::lines::{BodyType, Sheet, TextLine, join};
use super::tuning;
use crate::domain::facts::Fact;

/// Finds the title on the sheets given (the first two of the paper).
pub(super) fn find(sheets: &[&Sheet], body: &BodyType) -> Option<Fact<String>> {
    let mut best: Option<(f32, Vec<&TextLine>)> = None;
    for sheet in sheets {
        for block in blocks(sheet) {
            let Some(score) = score(&block, sheet, body) else { continue };
            if best.as_ref().is_none_or(|(top, _)| score > *top) {
                best = Some((score, block));
            }
        }
    }
    best.map(|(_, block)| Fact { value: join(block), confidence: 0.6 })
}

fn blocks(sheet: &Sheet) -> Vec<Vec<&TextLine>> {
    let mut out: Vec<Vec<&TextLine>> = Vec::new();
    for line in sheet.lines.iter().filter(|line| line.is_text()) {
        if let Some(block) = out.last_mut()
            && let Some(last) = block.last()
            && last.same_style(line)
            && line.gap.is_some_and(|gap| gap < tuning::TITLE_LINE_GAP * line.size)
        {
            block.push(line);
        } else {
            out.push(vec![line]);
        }
    }
    out
}

fn score(block: &[&TextLine], sheet: &Sheet, body: &BodyType) -> Option<f32> {
    let first = block.first()?;
    let letters: usize = block.iter().map(|line| line.text.chars().filter(|c| c.is_alphabetic()).count()).sum();
    if letters < 8 || first.rect.y0 > sheet.height * tuning::TITLE_LOWEST {
        return None;
    }
    let size = (first.size / body.size.max(1.0)).min(tuning::TITLE_SIZE_CAP);
    Some(size - 0.35 * first.rect.y0 / sheet.height)
}
