//! Institutions without marks: what stands under a name, in its column, belongs to it.

use super::affiliations::{Front, cleaned, cleaned_house, stops};
use super::bylines::Byline;
use super::lines::{Sheet, TextLine};
use super::organisations::{count_whole, place_end};
use super::tuning as t;
use super::wording::has_address;
use crate::domain::facts::Author;
use crate::domain::layout::Rect;

/// Authors whose names stand on the same height.
struct Row {
    authors: Vec<usize>,
    /// Around all of them.
    rect: Rect,
}

/// A piece of a line between wide gaps.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub text: String,
    pub rect: Rect,
}

/// Gives the authors what stands under their names; false where nothing is sure.
pub(super) fn link(front: &Front<'_>, bylines: &[Option<Byline>], authors: &mut [Author]) -> bool {
    let mut any = false;
    let rows = rows(bylines);
    let mut above: Vec<usize> = Vec::new();
    for (n, row) in rows.iter().enumerate() {
        let end = rows.get(n + 1).map_or(f32::MAX, |next| next.rect.y0);
        let lines = below(front, row, end);
        if lines.is_empty() {
            // Names that run over several lines share what follows the last.
            above.extend(&row.authors);
            continue;
        }
        let shared: Vec<usize> = above.drain(..).chain(row.authors.iter().copied()).collect();
        let many = shared.len() > row.authors.len();
        for (author, text) in assign(front.sheet, row, &shared, &lines, bylines, many) {
            if !authors[author].affiliations.contains(&text) {
                authors[author].affiliations.push(text);
                any = true;
            }
        }
    }
    any
}

fn rows(bylines: &[Option<Byline>]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (author, byline) in bylines.iter().enumerate().filter_map(|(n, byline)| Some((n, byline.as_ref()?))) {
        let Rect { y0, y1, .. } = byline.rect;
        let same = rows.iter_mut().find(|row| y0 < (row.rect.y0 + row.rect.y1) / 2.0 && (y0 + y1) / 2.0 > row.rect.y0);
        match same {
            Some(row) => {
                row.authors.push(author);
                row.rect = row.rect.around(byline.rect);
            }
            None => rows.push(Row { authors: vec![author], rect: byline.rect }),
        }
    }
    rows.sort_by(|a, b| a.rect.y0.total_cmp(&b.rect.y0));
    rows
}

/// The free lines under a row of names, down to the next row, a wide gap, or what is no address.
fn below<'a>(front: &'a Front<'_>, row: &Row, end: f32) -> Vec<&'a TextLine> {
    let mut lines: Vec<&TextLine> = front
        .sheet
        .lines
        .iter()
        .enumerate()
        .filter(|(at, line)| {
            front.is_free(*at)
                && line.rect.y0 >= row.rect.y1 - line.size * 0.4
                && line.rect.y1 <= end + line.size * 0.4
                && line.rect.x0 < row.rect.x1
                && row.rect.x0 < line.rect.x1
        })
        .map(|(_, line)| line)
        .collect();
    lines.sort_by(|a, b| a.rect.y0.total_cmp(&b.rect.y0));
    let mut out: Vec<&TextLine> = Vec::new();
    let mut bottom = row.rect.y1;
    for line in lines {
        let gap = line.rect.y0 - bottom;
        let first = out.is_empty();
        let most = if first { t::AFFILIATION_FIRST_GAP } else { t::AFFILIATION_BLOCK_GAP };
        if gap > line.size * most
            || out.len() >= t::AFFILIATION_LINES
            || (stops(&line.text) && !has_address(&line.text))
        {
            break;
        }
        out.push(line);
        bottom = bottom.max(line.rect.y1);
    }
    out
}

/// Which author gets what.
fn assign(
    sheet: &Sheet,
    row: &Row,
    shared: &[usize],
    lines: &[&TextLine],
    bylines: &[Option<Byline>],
    many_rows: bool,
) -> Vec<(usize, String)> {
    let split: Vec<Vec<Piece>> = lines.iter().map(|line| pieces(sheet, line)).collect();
    // Columns may be lines of their own on the same height.
    let columns = (0..split.len()).any(|n| {
        split[n].len() > 1
            || n > 0
                && lines[n].rect.y0 < lines[n - 1].rect.y1 - lines[n].size * 0.5
                && !lines[n].overlaps_x(lines[n - 1])
    });
    if row.authors.len() > 1 && columns && !many_rows {
        return by_column(row, split, bylines);
    }
    let free: Vec<&str> = split.iter().flatten().map(place).filter(|text| !text.is_empty()).collect();
    let wholes = count_whole(free.iter().copied());
    let alone = shared.len() == 1;
    // Who shares one pair of brackets for the mailboxes works at one place.
    let joint = lines.iter().any(|line| line.text.contains("}@") && line.text.matches(',').count() + 1 == shared.len());
    if columns && !alone || wholes > 1 && !alone && !joint {
        return Vec::new();
    }
    if wholes > 1 {
        let texts: Vec<String> = free.iter().filter_map(|text| cleaned(text)).collect();
        return texts.iter().flat_map(|text| shared.iter().map(|author| (*author, text.clone()))).collect();
    }
    let mailbox = lines.iter().any(|line| line.text.contains('@'));
    let mut whole = String::new();
    free.iter().for_each(|text| join(&mut whole, text));
    let clean = if alone && mailbox && free.len() <= 2 { cleaned_house } else { cleaned };
    let texts: Vec<String> = several(&whole, clean);
    texts.iter().flat_map(|text| shared.iter().map(|author| (*author, text.clone()))).collect()
}

/// Adds the next line of an address.
fn join(text: &mut String, line: &str) {
    let divided = text.ends_with('-') && line.starts_with(char::is_uppercase);
    if !text.is_empty() && !divided {
        const OPEN: &[&str] = &["of", "for", "and", "the", "de", "für", "und", "et", "&", "in"];
        let open = text.ends_with(';')
            || line.starts_with(char::is_lowercase)
            || OPEN.iter().any(|word| text.ends_with(&format!(" {word}")));
        text.push_str(if open { " " } else { ", " });
    }
    text.push_str(line.trim_end_matches([',', ' ']));
}

/// The institutions between semicolons, if every part is one; else one.
fn several(text: &str, clean: fn(&str) -> Option<String>) -> Vec<String> {
    let parts: Option<Vec<String>> = text.split(';').filter(|part| !part.trim().is_empty()).map(clean).collect();
    parts.unwrap_or_else(|| clean(text).into_iter().collect())
}

/// Each piece goes to the author above whose name is nearest to its middle.
fn by_column(row: &Row, split: Vec<Vec<Piece>>, bylines: &[Option<Byline>]) -> Vec<(usize, String)> {
    let middle = |rect: &Rect| (rect.x0 + rect.x1) / 2.0;
    let mut texts: Vec<String> = vec![String::new(); row.authors.len()];
    let mailbox = split.iter().flatten().any(|piece| piece.text.contains('@'));
    for piece in split.iter().flatten().filter(|piece| !place(piece).is_empty()) {
        let distance = |author: usize| {
            let Some(byline) = &bylines[author] else { return f32::MAX };
            let centred = (middle(&byline.rect) - middle(&piece.rect)).abs();
            centred.min((byline.rect.x0 - piece.rect.x0).abs())
        };
        let Some((column, _)) = row.authors.iter().enumerate().min_by(|a, b| distance(*a.1).total_cmp(&distance(*b.1)))
        else {
            continue;
        };
        join(&mut texts[column], place(piece));
    }
    let clean = |text: &String| if mailbox { cleaned_house(text) } else { cleaned(text) };
    let found: Vec<(usize, String)> =
        row.authors.iter().zip(&texts).filter_map(|(author, text)| Some((*author, clean(text)?))).collect();
    // A column without any institution says that these are no columns.
    if found.len() == row.authors.len() { found } else { Vec::new() }
}

/// What a piece says of a place: up to a mailbox.
fn place(piece: &Piece) -> &str {
    piece.text[..place_end(&piece.text)].trim()
}

/// The pieces of a line between wide gaps.
pub(super) fn pieces(sheet: &Sheet, line: &TextLine) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let mut right = f32::MAX;
    for (n, word) in sheet.words_of(line).iter().enumerate() {
        let text = sheet.word_text(line.first_word + n as u32);
        match out.last_mut() {
            Some(piece) if word.rect.x0 - right <= line.size * t::AFFILIATION_COLUMN_GAP => {
                if word.flags & crate::domain::layout::word_flags::SPACE_BEFORE != 0 {
                    piece.text.push(' ');
                }
                piece.text.push_str(text);
                piece.rect.x1 = piece.rect.x1.max(word.rect.x1);
            }
            _ => out.push(Piece { text: text.to_owned(), rect: word.rect }),
        }
        right = word.rect.x1;
    }
    out
}
