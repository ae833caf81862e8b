//! Chooses the stretches of a page that show best why it was found.

use super::error::Result;
use super::marks::{Match, Matcher};
use super::model::{Continuation, Passage};
use super::page::PageRecord;
use super::stream::{Span, Stream};

/// Aimed length of a passage in code points.
const LENGTH: u32 = 240;
/// Matches no farther apart than this are shown together.
const REACH: u32 = 180;

/// A passage and how well it shows the query.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// Higher is better.
    pub score: f32,
    /// The passage.
    pub passage: Passage,
}

/// All passages of a page, in order, not overlapping.
pub fn passages(record: &PageRecord, matcher: &Matcher<'_>) -> Result<Vec<Ranked>> {
    let stream = Stream::of(record);
    let matches = matcher.find(&stream);
    if matches.is_empty() {
        return Ok(Vec::new());
    }
    let page = Page::of(record);
    let mut out = Vec::new();
    for group in groups(&page, matches) {
        out.push(Ranked { score: score(&group.matches), passage: page.passage(&group)? });
    }
    Ok(out)
}

/// Matches that are shown in one passage, within one run.
struct Group {
    run: (u32, u32),
    matches: Vec<Match>,
}

fn groups(page: &Page<'_>, matches: Vec<Match>) -> Vec<Group> {
    let mut out: Vec<Group> = Vec::new();
    for found in matches {
        let Some(first) = found.spans.first().copied() else { continue };
        let run = page.run_around(first);
        match out.last_mut() {
            Some(group) if group.run == run && first.start <= group.start() + REACH && !group.runs_on() => {
                group.matches.push(found);
            }
            _ => out.push(Group { run, matches: vec![found] }),
        }
    }
    out
}

impl Group {
    fn start(&self) -> u32 {
        self.matches.first().and_then(|found| found.spans.first()).map_or(0, |span| span.start)
    }

    fn is_inside(&self, span: &Span) -> bool {
        !span.on_next && self.run.0 <= span.start && span.end <= self.run.1
    }

    fn runs_on(&self) -> bool {
        self.outside().next().is_some()
    }

    fn inside(&self) -> impl Iterator<Item = (u32, u32)> {
        let spans = self.matches.iter().flat_map(|found| &found.spans).filter(|span| self.is_inside(span));
        spans.map(|span| (span.start, span.end))
    }

    fn outside(&self) -> impl Iterator<Item = Span> {
        self.matches.iter().flat_map(|found| &found.spans).copied().filter(|span| !self.is_inside(span))
    }
}

/// Different phrases count most, then how many places.
fn score(matches: &[Match]) -> f32 {
    let mut best: Vec<(usize, f32)> = Vec::new();
    for found in matches {
        match best.iter_mut().find(|(phrase, _)| *phrase == found.phrase) {
            Some(known) => known.1 = known.1.max(found.weight),
            None => best.push((found.phrase, found.weight)),
        }
    }
    let different: f32 = best.iter().map(|(_, weight)| 10.0 * weight).sum();
    different + (matches.len().min(8) as f32) * 0.5
}

struct Page<'r> {
    record: &'r PageRecord,
    chars: Vec<char>,
    runs: Vec<(u32, u32)>,
}

impl<'r> Page<'r> {
    fn of(record: &'r PageRecord) -> Self {
        let runs = record.all_runs().map(|(base, run)| (base, base + run.chars().count() as u32)).collect();
        Self { record, chars: record.text.chars().collect(), runs }
    }

    fn run_around(&self, span: Span) -> (u32, u32) {
        let around = self.runs.iter().copied().find(|(start, end)| *start <= span.start && span.start < *end);
        around.unwrap_or((span.start, span.end))
    }

    fn passage(&self, group: &Group) -> Result<Passage> {
        let marks = merge(group.inside().collect());
        let window = window(&self.chars, 0, group.run, &marks);
        let record = self.record;
        Ok(Passage {
            attachment: record.attachment()?,
            page_index: record.index,
            page_label: record.label.clone(),
            section: record.section_at(window.0).map(str::to_owned),
            text: readable(&self.chars[window.0 as usize..window.1 as usize]),
            marks: shift(&marks, window),
            offset: window.0,
            continues: self.continuation(group),
        })
    }

    /// The first stretch outside the passage's own run on which a match runs on.
    fn continuation(&self, group: &Group) -> Option<Continuation> {
        let outside: Vec<Span> = group.outside().collect();
        let first = *outside.first()?;
        if !first.on_next {
            let run = self.run_around(first);
            let inside = outside.iter().filter(|span| !span.on_next && run.0 <= span.start && span.end <= run.1);
            let marks = merge(inside.map(|span| (span.start, span.end)).collect());
            return Some(self.continued(self.record.index, self.record.label.clone(), &self.chars, 0, run, &marks));
        }
        let head = self.record.head.as_ref()?;
        let (base, text) = head.runs.iter().find(|(base, text)| {
            let end = base + text.chars().count() as u32;
            *base <= first.start && first.end <= end
        })?;
        let chars: Vec<char> = text.chars().collect();
        let run = (*base, base + chars.len() as u32);
        let inside = outside.iter().filter(|span| span.on_next && run.0 <= span.start && span.end <= run.1);
        let marks = merge(inside.map(|span| (span.start, span.end)).collect());
        Some(self.continued(self.record.index + 1, head.label.clone(), &chars, *base, run, &marks))
    }

    fn continued(
        &self,
        page_index: u32,
        page_label: Option<String>,
        chars: &[char],
        base: u32,
        run: (u32, u32),
        marks: &[(u32, u32)],
    ) -> Continuation {
        let window = window(chars, base, run, marks);
        Continuation {
            page_index,
            page_label,
            text: readable(&chars[(window.0 - base) as usize..(window.1 - base) as usize]),
            marks: shift(marks, window),
            offset: window.0,
        }
    }
}

/// Sorted marks, joined where they overlap.
fn merge(mut marks: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    marks.sort_unstable();
    let mut out: Vec<(u32, u32)> = Vec::with_capacity(marks.len());
    for (start, end) in marks {
        match out.last_mut() {
            Some(last) if start < last.1 => last.1 = last.1.max(end),
            _ => out.push((start, end)),
        }
    }
    out
}

fn shift(marks: &[(u32, u32)], window: (u32, u32)) -> Vec<(u32, u32)> {
    marks.iter().map(|(start, end)| (start - window.0, end - window.0)).collect()
}

/// Line ends read as spaces; one sign for one sign, so that offsets hold.
fn readable(chars: &[char]) -> String {
    chars.iter().map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { *c }).collect()
}

/// A window of about [`LENGTH`] around all `marks`, within `run`, beginning at a sentence or at least a word.
/// `chars[0]` stands at `base`.
fn window(chars: &[char], base: u32, run: (u32, u32), marks: &[(u32, u32)]) -> (u32, u32) {
    let (first, last) = match (marks.first(), marks.last()) {
        (Some(first), Some(last)) => (first.0, last.1),
        _ => (run.0, run.0),
    };
    let spare = LENGTH.saturating_sub(last - first);
    let at = |offset: u32| chars[(offset - base) as usize];
    let mut start = start_before(&at, run.0, first, spare / 2);
    let mut end = (last + (spare - (first - start).min(spare))).min(run.1);
    while end < run.1 && end > last && !at(end).is_whitespace() {
        end -= 1;
    }
    while start < first && at(start).is_whitespace() {
        start += 1;
    }
    while end > last && at(end - 1).is_whitespace() {
        end -= 1;
    }
    (start, end)
}

/// Where to begin at most `room` before `first`: behind the last sentence end, else behind a space.
fn start_before(at: &dyn Fn(u32) -> char, run_start: u32, first: u32, room: u32) -> u32 {
    let earliest = first.saturating_sub(room).max(run_start);
    let mut offset = first;
    let mut word = first;
    while offset > earliest {
        offset -= 1;
        if at(offset).is_whitespace() {
            word = offset + 1;
            let ends = offset > run_start && matches!(at(offset - 1), '.' | '?' | '!' | '。') && first - offset > 20;
            if ends {
                return word;
            }
        }
    }
    if earliest == run_start { run_start } else { word }
}
