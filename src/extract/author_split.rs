//! Lines of names taken apart into authors.

use super::accents;
use super::lexicon::PARTICLES;
use super::lines::{Sheet, TextLine};
use super::name_sense::sense;
use super::names;
use super::tuning as t;
use super::wording::is_cjk;
use crate::domain::facts::Author;
use crate::domain::layout::word_flags;

/// What ended a piece of a line of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cut {
    Comma,
    Semicolon,
    Hard,
    /// The next line of names follows right below and begins at the same edge.
    LineEnd,
    /// The next line of names stands elsewhere, or is centred.
    BlockEnd,
}

/// Splits lines of names into authors.
pub(super) fn split(sheet: &Sheet, lines: &[usize]) -> Vec<Author> {
    let mut pieces: Vec<(String, Cut)> = Vec::new();
    for (at, &i) in lines.iter().enumerate() {
        cut_line(sheet, &sheet.lines[i], &mut pieces);
        if let (Some(&next), Some((_, cut))) = (lines.get(at + 1), pieces.last_mut()) {
            let (line, below) = (&sheet.lines[i], &sheet.lines[next]);
            let centred = (line.rect.x0 - below.rect.x0).abs() > line.size;
            *cut = if next != i + 1 || centred { Cut::BlockEnd } else { Cut::LineEnd };
        }
    }
    for (piece, _) in &mut pieces {
        // The sign of ORCID, as some fonts spell it.
        *piece = if piece.trim() == "ID" { String::new() } else { lost_spaces(piece) };
    }
    let is_listed = pieces.iter().any(|(_, cut)| matches!(cut, Cut::Comma | Cut::Semicolon));
    if let Some(authors) = family_first(&pieces) {
        return authors;
    }
    let mut names: Vec<String> = Vec::new();
    let mut open = false;
    let mut centred = false;
    for (piece, cut) in pieces {
        let piece = piece.trim();
        if !piece.is_empty() {
            match names.last_mut() {
                Some(last) if open && !(centred && is_whole(last) && is_whole(piece)) => {
                    last.push(' ');
                    last.push_str(piece);
                }
                _ => names.push(piece.to_owned()),
            }
        }
        open = matches!(cut, Cut::LineEnd | Cut::BlockEnd) && is_listed && (!piece.is_empty() || open);
        centred = cut == Cut::BlockEnd;
    }
    let mut names: Vec<String> = names
        .into_iter()
        .map(|name| accents::mend(&name).unwrap_or(name))
        .flat_map(|name| names::divide(names::without_marks(&name)))
        .collect();
    names.retain(|name| !names::is_qualification(name));
    let order = names::order(&names);
    let single_words = names.iter().filter(|name| name.split_whitespace().count() == 1).count();
    names
        .iter()
        .filter_map(|name| names::parse(name, order))
        .filter(|author| {
            !author.single
                || author.family.chars().any(is_cjk)
                || names::is_group(&author.family)
                || single_words * 2 > names.len()
        })
        .filter(|author| author.single || is_person(author))
        .take(t::AUTHORS_MOST)
        .collect()
}

/// Whether a piece has the look of a whole name: two words or more, the last one no initial and no particle.
fn is_whole(piece: &str) -> bool {
    let mut words = piece.split_whitespace().rev();
    let last = words.next().unwrap_or("");
    words.next().is_some() && !names::is_initials(last) && !PARTICLES.contains(&last.to_lowercase().as_str())
}

/// Whether a name read from a line of names can be one: initials say so, else the look of its words.
fn is_person(author: &Author) -> bool {
    author.given.split_whitespace().any(names::is_initials)
        || sense(&format!("{} {}", author.given, author.family)).is_none_or(|sense| sense >= t::NAME_SENSE)
}

/// Puts spaces where print left none: "S.Muster", "M.K.MUSTER", "AnnaMaria", "BinwuXu".
pub(super) fn lost_spaces(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let is_lower = |at: usize| letters.get(at).is_some_and(|c| c.is_lowercase());
    let is_upper = |at: usize| letters.get(at).is_some_and(|c| c.is_uppercase());
    let one_word = !name.trim().contains(' ');
    let mut out = String::with_capacity(name.len() + 4);
    let mut word_start = 0;
    for (at, &c) in letters.iter().enumerate() {
        if !c.is_alphabetic() {
            word_start = at + 1;
        }
        let word: String = letters[word_start.min(at)..at].iter().collect();
        let behind_initial = c.is_uppercase()
            && at >= 2
            && letters[at - 1] == '.'
            && (is_lower(at + 1) || is_upper(at + 1) && is_upper(at + 2))
            && letters[at - 2].is_alphabetic();
        let inside = c.is_uppercase()
            && is_lower(at + 1)
            && at > word_start
            && is_lower(at - 1)
            && (word.chars().count() >= 4 || one_word && word.chars().count() >= 3)
            && !names::opens_name(&word)
            && (one_word || (at + 1..at + 5).all(is_lower));
        if behind_initial || inside {
            out.push(' ');
        }
        out.push(c);
    }
    out
}

/// "Family, Given": one comma in every line (or between joiners), with a single word before it.
fn family_first(pieces: &[(String, Cut)]) -> Option<Vec<Author>> {
    if let Some(authors) = family_and_initials(pieces) {
        return Some(authors);
    }
    if pieces.iter().any(|(piece, _)| piece.chars().any(is_cjk)) {
        return None;
    }
    let mut groups: Vec<Vec<&str>> = vec![Vec::new()];
    let mut commas: Vec<u32> = vec![0];
    for (piece, cut) in pieces {
        let piece = piece.trim();
        if let (Some(group), false) = (groups.last_mut(), piece.is_empty()) {
            group.push(piece);
        }
        match cut {
            Cut::Comma => {
                if let Some(count) = commas.last_mut() {
                    *count += 1;
                }
            }
            Cut::Semicolon | Cut::Hard | Cut::LineEnd | Cut::BlockEnd => {
                groups.push(Vec::new());
                commas.push(0);
            }
        }
    }
    let mut out = Vec::new();
    for (group, commas) in groups.iter().zip(commas) {
        if group.is_empty() {
            continue;
        }
        if group.len() != 2 || commas != 1 {
            return None;
        }
        let (left, right) = (group[0].split_whitespace().count(), group[1].split_whitespace().count());
        let particles =
            group[0].split_whitespace().rev().skip(1).all(|word| PARTICLES.contains(&word.to_lowercase().as_str()));
        if !(left == 1 || right == 1) || right > 3 || !(left == 1 || particles || right == 1 && left <= 2) {
            return None;
        }
        out.push(names::from_parts(group[0], group[1])?);
    }
    // A single line "Ada, Charles" could be two people with one name each; two words make it likely enough.
    (!out.is_empty()).then_some(out)
}

/// "Muster, A. B., Probe, C.": every second piece is initials.
fn family_and_initials(pieces: &[(String, Cut)]) -> Option<Vec<Author>> {
    let parts: Vec<&str> = pieces.iter().map(|(piece, _)| piece.trim()).filter(|piece| !piece.is_empty()).collect();
    let initials = |part: &str| part.split_whitespace().all(names::is_initials);
    let fits = parts.len() >= 2
        && parts.len().is_multiple_of(2)
        && parts
            .chunks(2)
            .all(|pair| names::is_family(pair[0]) && initials(pair[1]) && !names::is_qualification(pair[1]));
    if !fits {
        return None;
    }
    parts.chunks(2).map(|pair| names::from_parts(pair[0], pair[1])).collect()
}

fn cut_line(sheet: &Sheet, line: &TextLine, pieces: &mut Vec<(String, Cut)>) {
    let mut piece = String::new();
    let mut depth = 0u32;
    let mut right = f32::MAX;
    let odd = odd_gaps(sheet, line);
    for (i, word) in sheet.words_of(line).iter().enumerate() {
        let text = sheet.word_text(line.first_word + i as u32);
        if text.chars().all(accents::is_accent) {
            // It stands over a letter, wherever that is.
            piece.push(' ');
            piece.push_str(text);
            continue;
        }
        if word.flags & word_flags::SUPERSCRIPT != 0 {
            let comma = text.trim_end().ends_with(',') && text.trim_end_matches(',').is_empty();
            pieces.push((std::mem::take(&mut piece), if comma { Cut::Comma } else { Cut::Hard }));
            right = word.rect.x1;
            continue;
        }
        let wide = right < word.rect.x0 && word.rect.x0 - right > t::AUTHOR_GAP * line.size;
        if (wide || odd.contains(&i)) && !piece.trim().is_empty() {
            pieces.push((std::mem::take(&mut piece), Cut::Hard));
        }
        right = word.rect.x1;
        if matches!(text, "for" | "on") && lower_next(sheet, line, i) {
            pieces.push((std::mem::take(&mut piece), Cut::Hard));
            return;
        }
        if is_joiner(text) || matches!(text, "–" | "—") {
            pieces.push((std::mem::take(&mut piece), Cut::Hard));
            continue;
        }
        let goes_on = is_hyphen_end(&piece, text) || text.starts_with('.') && ends_in_initial(&piece);
        if word.flags & word_flags::SPACE_BEFORE != 0 && !goes_on {
            piece.push(' ');
        }
        if text == "." {
            if ends_in_initial(&piece) {
                piece.truncate(piece.trim_end().len());
                piece.push('.');
            } else {
                pieces.push((std::mem::take(&mut piece), Cut::Hard));
            }
            continue;
        }
        for c in text.chars() {
            match c {
                '(' | '[' | '（' => depth += 1,
                ')' | ']' | '）' => depth = depth.saturating_sub(1),
                _ if depth > 0 => {}
                ',' | '，' | '、' | '،' => pieces.push((std::mem::take(&mut piece), Cut::Comma)),
                ';' | '；' | '؛' => pieces.push((std::mem::take(&mut piece), Cut::Semicolon)),
                _ if is_mark(c) => pieces.push((std::mem::take(&mut piece), Cut::Hard)),
                _ => piece.push(c),
            }
        }
    }
    pieces.push((piece, Cut::LineEnd));
}

/// "A" at the end of a piece: the full stop of an initial may stand apart.
fn ends_in_initial(piece: &str) -> bool {
    let last = piece.trim_end().rsplit([' ', '.', '-']).next().unwrap_or("");
    let mut letters = last.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
}

/// "Muster- Probe", "Muster -Probe": a double name with a stray space.
fn is_hyphen_end(piece: &str, next: &str) -> bool {
    let inner = |left: &str, right: &str| {
        left.chars().next_back().is_some_and(char::is_alphabetic)
            && right.chars().next().is_some_and(char::is_uppercase)
            && right.chars().filter(|c| c.is_alphabetic()).count() >= 2
    };
    match (piece.strip_suffix('-'), next.strip_prefix('-')) {
        (Some(left), None) => inner(left, next),
        (None, Some(right)) => inner(piece, right),
        _ => false,
    }
}

/// The words before which another gap stands than between the other words of a line without any separator: names that
/// were set apart.
fn odd_gaps(sheet: &Sheet, line: &TextLine) -> Vec<usize> {
    let list = sheet.words_of(line);
    let plain = |word: &str| word.chars().all(|c| c.is_alphabetic() || "-.'’".contains(c));
    let fits = (4..=24).contains(&list.len())
        && list.iter().all(|word| word.flags & word_flags::SUPERSCRIPT == 0)
        && (line.first_word..line.end_word)
            .all(|word| plain(sheet.word_text(word)) && !is_joiner(sheet.word_text(word)));
    if !fits {
        return Vec::new();
    }
    let gaps: Vec<f32> = list.windows(2).map(|pair| pair[1].rect.x0 - pair[0].rect.x1).collect();
    let mut sorted = gaps.clone();
    sorted.sort_by(f32::total_cmp);
    let usual = sorted[(sorted.len() - 1) / 2];
    let wide: Vec<usize> = (0..gaps.len())
        .filter(|&i| gaps[i] > usual * t::AUTHOR_WIDE_GAP && gaps[i] - usual > t::AUTHOR_WIDER_BY * line.size)
        .map(|i| i + 1)
        .collect();
    let whole = |cuts: &[usize]| {
        let ends: Vec<usize> = [0].into_iter().chain(cuts.iter().copied()).chain([list.len()]).collect();
        ends.windows(2).all(|two| (2..=5).contains(&(two[1] - two[0])))
    };
    if !wide.is_empty() && whole(&wide) {
        return wide;
    }
    let long = |word: u32| sheet.word_text(word).chars().filter(|c| c.is_alphabetic()).count() >= 3;
    let odd: Vec<usize> = (0..gaps.len())
        .filter(|&i| (gaps[i] - usual).abs() > (usual * t::AUTHOR_ODD_GAP).max(0.5))
        .map(|i| i + 1)
        .collect();
    match odd[..] {
        [_] if list.len() <= 6 && whole(&odd) && (line.first_word..line.end_word).all(long) => odd,
        _ => Vec::new(),
    }
}

/// Whether "the" or "behalf" follows: the rest of the line names a group for which the authors write.
fn lower_next(sheet: &Sheet, line: &TextLine, at: usize) -> bool {
    matches!(sheet.word_text(line.first_word + at as u32 + 1), "the" | "behalf")
}

pub(super) fn is_joiner(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "and" | "und" | "et" | "&" | "og" | "och" | "∧")
}

fn is_mark(c: char) -> bool {
    c.is_ascii_digit()
        || c.is_numeric()
        || "•·∙⋅|/&*∗⁎†‡§¶#⋆★✉⊥∥‖$^~+©®≠=<>{}\u{f0e0}".contains(c)
        || ('\u{2190}'..='\u{2bff}').contains(&c)
        || ('\u{e000}'..='\u{f8ff}').contains(&c)
}
