//! Labels of entries: numbers and keys printed before them, or in a column of their own.

use super::references::FlowLine;
use super::tuning as t;
use super::wording::is_cjk;

/// How a number stands at the start of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Square,
    Round,
    Dot,
    Bracket,
    Spaced,
    Alone,
    Glued,
    Key,
}

const SHAPES: [Shape; 7] =
    [Shape::Square, Shape::Round, Shape::Dot, Shape::Bracket, Shape::Spaced, Shape::Alone, Shape::Glued];

/// A label at the start of a line.
pub(super) struct Label {
    pub shape: Shape,
    pub number: Option<u32>,
    pub text: String,
}

/// The label at the start of a line and what follows it.
pub(super) fn label_of(text: &str) -> Option<(Label, &str)> {
    let text = text.trim_start();
    let text = text.strip_prefix(['•', '∙']).map_or(text, str::trim_start);
    for (open, close, shape) in [('[', ']', Shape::Square), ('(', ')', Shape::Round), ('［', '］', Shape::Square)] {
        if let Some(rest) = text.strip_prefix(open) {
            let end = rest.find(close)?;
            let inner = rest[..end].trim();
            let behind = &rest[end + close.len_utf8()..];
            if let Ok(number) = inner.parse::<u32>() {
                return (number < 5000 && inner.len() <= 4)
                    .then(|| (Label { shape, number: Some(number), text: inner.to_owned() }, behind));
            }
            let key = open == '['
                && inner.chars().count() <= 24
                && inner.chars().next().is_some_and(char::is_alphabetic)
                && inner.chars().any(|c| c.is_ascii_digit());
            return key.then(|| (Label { shape: Shape::Key, number: None, text: inner.to_owned() }, behind));
        }
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 4 {
        return None;
    }
    let number: u32 = text[..digits].parse().ok()?;
    let rest = &text[digits..];
    let label = |shape| Label { shape, number: Some(number), text: text[..digits].to_owned() };
    let mut chars = rest.chars();
    match chars.next() {
        None => Some((label(Shape::Alone), rest)),
        Some('.') => {
            let next = chars.next();
            next.is_none_or(|c| !c.is_ascii_digit()).then(|| (label(Shape::Dot), &rest[1..]))
        }
        Some(')') | Some(']') => Some((label(Shape::Bracket), &rest[1..])),
        Some(c) if c.is_whitespace() => {
            let word = rest.trim_start();
            word.chars()
                .next()
                .is_some_and(|c| {
                    c.is_uppercase() || is_cjk(c) || c == '"' || c == '“' || c.is_lowercase() && number > 0
                })
                .then(|| (label(Shape::Spaced), rest))
        }
        Some(c) if c.is_uppercase() => Some((label(Shape::Glued), rest)),
        _ => None,
    }
}

/// Whether entries begin with a label, and the lines at which they begin.
pub(super) type Starts = (bool, Vec<usize>);

/// The longest chain of numbers rising by one.
pub(super) fn by_numbers(lines: &[FlowLine]) -> Option<Starts> {
    let labels: Vec<Option<(Shape, u32)>> = lines
        .iter()
        .map(|item| label_of(&item.line.text).and_then(|(label, _)| label.number.map(|number| (label.shape, number))))
        .collect();
    let mut best: Vec<usize> = Vec::new();
    for shape in SHAPES {
        let marks: Vec<(usize, u32)> = labels
            .iter()
            .enumerate()
            .filter_map(|(i, label)| {
                label.filter(|(s, _)| *s == shape || shape == Shape::Spaced && *s == Shape::Alone).map(|(_, n)| (i, n))
            })
            .collect();
        for (k, &(first, _)) in marks.iter().enumerate().take_while(|(_, (i, _))| *i < t::REFS_FIRST_LINES) {
            let chain = chain(&marks, k);
            debug_assert_eq!(chain.first(), Some(&first));
            if chain.len() > best.len() {
                best = chain;
            }
        }
    }
    let enough = best.len() >= 2 && best.len() * t::REFS_LINES_PER_LINK >= lines.len()
        || best.len() == 1 && lines.len() <= 6 && labels.first().is_some_and(|l| matches!(l, Some((Shape::Square, 1))));
    enough.then_some((true, best))
}

fn chain(marks: &[(usize, u32)], from: usize) -> Vec<usize> {
    let (mut line, mut number) = marks[from];
    let mut out = vec![line];
    let mut at = from + 1;
    loop {
        let forgiven = if out.len() >= t::REFS_LINKS_TO_FORGIVE { t::REFS_FORGIVEN } else { 0 };
        let mut found = None;
        for step in 1..=1 + forgiven {
            let near = marks[at..]
                .iter()
                .position(|(i, n)| *n == number + step && *i > line && *i - line <= t::REFS_LINK_REACH * step as usize);
            if let Some(offset) = near {
                found = Some(at + offset);
                break;
            }
        }
        let Some(next) = found else { return out };
        (line, number) = marks[next];
        out.push(line);
        at = next + 1;
    }
}

/// "[Abc12]"
pub(super) fn by_keys(lines: &[FlowLine]) -> Option<Starts> {
    let starts: Vec<usize> = (0..lines.len())
        .filter(|&i| label_of(&lines[i].line.text).is_some_and(|(label, _)| label.shape == Shape::Key))
        .collect();
    (starts.len() >= 2 && starts[0] <= 1 && starts.len() * t::REFS_LINES_PER_LINK >= lines.len())
        .then_some((true, starts))
}

/// Numbers in a column of their own, which come before or behind the entries in the order of the text: the lines without
/// them, and which of these begin an entry of which label.
pub(super) fn numbers_apart<'a>(lines: &[FlowLine<'a>]) -> Option<(Vec<FlowLine<'a>>, Vec<(usize, String)>)> {
    let labels: Vec<(&FlowLine, Label)> =
        lines.iter().filter_map(|item| alone(item).map(|label| (item, label))).collect();
    if labels.len() < t::REFS_APART_LEAST {
        return None;
    }
    let rest: Vec<FlowLine> = lines.iter().filter(|item| alone(item).is_none()).copied().collect();
    let mut starts: Vec<(usize, String)> = Vec::new();
    for (item, label) in &labels {
        let (line, size) = (item.line, item.line.size.max(1.0));
        let beside = rest.iter().position(|other| {
            let other = other.line;
            let shared = line.rect.y1.min(other.rect.y1) - line.rect.y0.max(other.rect.y0);
            let gap = other.rect.x0 - line.rect.x1;
            other.page == line.page
                && shared > (line.rect.y1 - line.rect.y0) * 0.5
                && (-size..size * t::REFS_APART_GAP).contains(&gap)
        });
        if let Some(at) = beside {
            starts.push((at, label.text.clone()));
        }
    }
    starts.sort();
    starts.dedup_by_key(|start| start.0);
    // Entries that stand right behind their number are found by it in the order of the text.
    let apart = labels.iter().filter(|(item, _)| !followed(lines, item)).count();
    (starts.len() * 10 >= labels.len() * 8
        && apart * 2 > labels.len()
        && starts.len() * t::REFS_LINES_PER_LINK >= rest.len())
    .then_some((rest, starts))
}

/// The number that is all of a line.
fn alone(item: &FlowLine) -> Option<Label> {
    let (label, rest) = label_of(&item.line.text)?;
    (label.number.is_some() && rest.trim().is_empty()).then_some(label)
}

/// Whether the next line in the order of the text stands beside the number.
fn followed(lines: &[FlowLine], item: &FlowLine) -> bool {
    let next = lines.iter().find(|other| (other.line.page, other.line.start) > (item.line.page, item.line.start));
    next.is_some_and(|next| {
        next.line.page == item.line.page
            && next.line.rect.y0 < item.line.rect.y1
            && next.line.rect.y1 > item.line.rect.y0
    })
}
