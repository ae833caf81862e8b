//! The authors: lines of names near the title, split into names.

use super::accents;
use super::lexicon::{ABSTRACT, INSTITUTION, KEYWORDS, KNOWN_SECTIONS, LABELS, MONTHS, PARTICLES};
use super::lines::{BodyType, Sheet, TextLine};
use super::name_sense::sense;
use super::names;
use super::title::Title;
use super::tuning as t;
use super::wording::{has_address, has_word, heading_key, is_cjk, words};
use crate::domain::facts::Author;
use crate::domain::layout::word_flags;

/// The authors and where their lines end.
#[derive(Debug, Clone, Default)]
pub(super) struct Authors {
    pub authors: Vec<Author>,
    /// Indices of the lines used, on the title's sheet.
    pub lines: Vec<usize>,
    pub confidence: f32,
}

/// Finds the authors of the paper whose title is given.
pub(super) fn find(sheet: &Sheet, title: &Title, body: &BodyType, info_author: &str) -> Option<Authors> {
    let reading: Vec<usize> = (title.end_line..sheet.lines.len()).collect();
    let mut lines = name_lines(sheet, &reading, title, body);
    if lines.is_empty() {
        lines = name_lines(sheet, &below_title(sheet, title), title, body);
    }
    let mut below = true;
    if lines.is_empty() {
        below = false;
        lines = name_lines(sheet, &above_title(sheet, title), title, body);
        lines.sort_unstable();
    }
    if lines.is_empty() {
        return None;
    }
    let authors = split(sheet, &lines);
    if authors.is_empty() {
        return None;
    }
    let mut confidence = confidence(&authors, info_author);
    if !below {
        confidence = confidence.min(t::AUTHORS_ABOVE);
        lines.clear();
    }
    Some(Authors { authors, lines, confidence })
}

/// Lines in order of height that stand below the title and share its x-range.
fn below_title(sheet: &Sheet, title: &Title) -> Vec<usize> {
    let block = &sheet.lines[title.first_line..title.end_line];
    let Some(last) = block.last() else { return Vec::new() };
    let (x0, x1) = block.iter().fold((f32::MAX, f32::MIN), |(a, b), l| (a.min(l.rect.x0), b.max(l.rect.x1)));
    let mut out: Vec<usize> = (0..sheet.lines.len())
        .filter(|&i| {
            let line = &sheet.lines[i];
            !(title.first_line..title.end_line).contains(&i)
                && line.rect.y0 >= last.rect.y0
                && line.rect.x0 < x1
                && x0 < line.rect.x1
        })
        .collect();
    out.sort_by(|&a, &b| sheet.lines[a].rect.y0.total_cmp(&sheet.lines[b].rect.y0));
    out
}

/// Lines right above the title that look much like names, the nearest first.
fn above_title(sheet: &Sheet, title: &Title) -> Vec<usize> {
    let Some(first) = sheet.lines.get(title.first_line) else { return Vec::new() };
    let near = |line: &TextLine| {
        line.rect.y1 <= first.rect.y0 + line.size * 0.5
            && first.rect.y0 - line.rect.y1 < first.size * t::AUTHORS_ABOVE_REACH
            && sense(&line.text).is_some_and(|sense| sense >= t::NAMES_SENSE_SURE)
    };
    let mut out: Vec<usize> = (0..sheet.lines.len()).filter(|&i| near(&sheet.lines[i])).collect();
    out.sort_by(|&a, &b| sheet.lines[b].rect.y0.total_cmp(&sheet.lines[a].rect.y0));
    out
}

/// The lines of names among the lines given in reading order.
fn name_lines(sheet: &Sheet, order: &[usize], title: &Title, body: &BodyType) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    let mut running = false;
    let title_style = &sheet.lines[title.end_line - 1];
    for (step, &i) in order.iter().take(t::AUTHOR_REACH).enumerate() {
        let line = &sheet.lines[i];
        if !line.is_text() {
            continue;
        }
        if ends_front(line, body) || super::contributors::is_label(&line.text) {
            break;
        }
        if found.is_empty() {
            if step < t::AUTHOR_FIRST_REACH && looks_like_names(sheet, line) && !line.same_style_as_title(title_style) {
                found.push(i);
                running = true;
            }
            continue;
        }
        let first = &sheet.lines[found[0]];
        if !first.same_style(line) || first.font != line.font && first.italic != line.italic {
            running = running && line.size < first.size * 0.8 && line.text.chars().count() <= 12;
            continue;
        }
        if running && continues_names(sheet, line) || looks_like_names(sheet, line) {
            found.push(i);
            running = true;
        } else {
            running = false;
        }
    }
    found
}

impl TextLine {
    /// As large and heavy as the title: more likely a part of it or a heading.
    fn same_style_as_title(&self, title: &TextLine) -> bool {
        (self.size - title.size).abs() < 0.2
            && self.bold == title.bold
            && self.font == title.font
            && self.caps == title.caps
            && self.size > 13.0
    }
}

/// Whether the front matter is over here: abstract, keywords, first section.
fn ends_front(line: &TextLine, body: &BodyType) -> bool {
    let key = heading_key(&line.text);
    let first = key.split([':', '.', '—', '：', '-']).next().unwrap_or("").trim();
    let is = |list: &[&str]| list.contains(&key.as_str()) || list.contains(&first) && key.len() > first.len();
    is(ABSTRACT)
        || is(KEYWORDS)
        || key.starts_with("摘要")
        || (KNOWN_SECTIONS.contains(&key.as_str()) && (line.bold || line.size > body.size * 1.05 || line.caps))
}

/// Whether most words could be of names and none speaks against it.
fn looks_like_names(sheet: &Sheet, line: &TextLine) -> bool {
    if !could_be_names(sheet, line) {
        return false;
    }
    let text = names_text(sheet, line);
    if text.chars().any(is_cjk) {
        let parts: Vec<&str> =
            text.split(|c: char| c.is_whitespace() || ",，、；;·".contains(c)).filter(|p| !p.is_empty()).collect();
        return parts.iter().all(|part| (1..=4).contains(&part.chars().filter(|c| is_cjk(*c)).count()));
    }
    let long = words(&text).filter(|word| word.chars().count() >= 2).count();
    long >= 2 || long == 1 && is_initialled(&text)
}

/// "A. B. Muster" alone on its line.
fn is_initialled(text: &str) -> bool {
    let list: Vec<&str> = names::without_marks(text).split_whitespace().collect();
    let (Some(family), Some(initials)) = (list.last(), list.len().checked_sub(1)) else { return false };
    (1..=3).contains(&initials)
        && list[..initials].iter().all(|word| names::is_initials(word) && word.ends_with('.'))
        && sense(family).is_some_and(|sense| sense > t::NAMES_SENSE_ALONE)
}

fn continues_names(sheet: &Sheet, line: &TextLine) -> bool {
    could_be_names(sheet, line)
}

fn could_be_names(sheet: &Sheet, line: &TextLine) -> bool {
    let text = without_group(names_text(sheet, line));
    if has_address(&line.text) || has_word(&text, INSTITUTION) || has_word(&text, LABELS) {
        return false;
    }
    let chars = line.text.chars().filter(|c| !c.is_whitespace()).count().max(1);
    let digits = text.chars().filter(char::is_ascii_digit).count();
    if digits as f32 > chars as f32 * t::AUTHOR_DIGITS {
        return false;
    }
    if words(&text).any(|word| word.chars().filter(char::is_ascii_digit).count() >= 5) {
        return false;
    }
    if has_year(&text) && (has_word(&text, MONTHS) || words(&text).count() <= 4) {
        return false;
    }
    if text.contains(['?', '!', '=', '%']) || text.contains(": ") {
        return false;
    }
    let (mut all, mut capital, mut lower) = (0u32, 0u32, 0u32);
    for word in words(&text) {
        if word.chars().all(|c| c.is_ascii_digit()) || word.chars().count() == 1 && word.chars().all(char::is_lowercase)
        {
            continue;
        }
        if is_joiner(word) || PARTICLES.contains(&word) {
            continue;
        }
        all += 1;
        let first = word.chars().next().unwrap_or(' ');
        if first.is_uppercase() || is_cjk(first) {
            capital += 1;
        } else {
            lower += 1;
        }
    }
    all > 0
        && capital as f32 >= all as f32 * t::AUTHOR_CAPITALS
        && lower as f32 <= all as f32 * t::AUTHOR_LOWER
        && (sense(&text).is_none_or(|sense| sense >= t::NAMES_SENSE) || names::is_group(text.trim()))
}

/// The line without raised marks.
fn names_text(sheet: &Sheet, line: &TextLine) -> String {
    let mut out = String::with_capacity(line.text.len());
    for (i, word) in sheet.words_of(line).iter().enumerate() {
        if word.flags & word_flags::SUPERSCRIPT != 0 {
            out.push(' ');
            continue;
        }
        if word.flags & word_flags::SPACE_BEFORE != 0 {
            out.push(' ');
        }
        out.push_str(sheet.word_text(line.first_word + i as u32));
    }
    accents::mend(&out).unwrap_or(out)
}

/// Cuts "for the … Group" and "on behalf of …" off.
fn without_group(mut text: String) -> String {
    let lower = text.to_lowercase();
    if super::venue::same_places(&text, &lower)
        && let Some(at) = ["for the ", "on behalf of"].iter().filter_map(|words| lower.find(words)).min()
    {
        text.truncate(at);
    }
    text
}

fn has_year(text: &str) -> bool {
    words(text).any(|word| word.len() == 4 && word.parse::<u16>().is_ok_and(|year| (1900..2100).contains(&year)))
}

/// What ended a piece of a line of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cut {
    Comma,
    Hard,
    LineEnd,
}

/// Splits lines of names into authors.
pub(super) fn split(sheet: &Sheet, lines: &[usize]) -> Vec<Author> {
    let mut pieces: Vec<(String, Cut)> = Vec::new();
    for &i in lines {
        cut_line(sheet, &sheet.lines[i], &mut pieces);
    }
    // The sign of ORCID, as some fonts spell it.
    for (piece, _) in pieces.iter_mut().filter(|(piece, _)| piece.trim() == "ID") {
        piece.clear();
    }
    let has_commas = pieces.iter().any(|(_, cut)| *cut == Cut::Comma);
    if let Some(authors) = family_first(&pieces) {
        return authors;
    }
    let mut names: Vec<String> = Vec::new();
    let mut open = false;
    for (piece, cut) in pieces {
        let piece = piece.trim();
        if !piece.is_empty() {
            match names.last_mut() {
                Some(last) if open => {
                    last.push(' ');
                    last.push_str(piece);
                }
                _ => names.push(piece.to_owned()),
            }
        }
        open = cut == Cut::LineEnd && has_commas && (!piece.is_empty() || open);
    }
    let mut names: Vec<String> = names
        .into_iter()
        .map(|name| accents::mend(&name).unwrap_or(name))
        .flat_map(|name| names::divide(names::without_marks(&name)))
        .collect();
    names.retain(|name| !names::is_qualification(name));
    for name in &mut names {
        insert_lost_space(name);
    }
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

/// Whether a name read from a line of names can be one: initials say so, else the look of its words.
fn is_person(author: &Author) -> bool {
    author.given.split_whitespace().any(names::is_initials)
        || sense(&format!("{} {}", author.given, author.family)).is_none_or(|sense| sense >= t::NAME_SENSE)
}

/// "BinwuXu": a name of one word with a capital behind small letters has lost its space.
fn insert_lost_space(name: &mut String) {
    if name.contains(' ') {
        return;
    }
    let mut before = ['\0'; 3];
    for (at, c) in name.char_indices() {
        let opens = name[at + c.len_utf8()..].starts_with(char::is_lowercase);
        if opens && c.is_uppercase() && before.iter().all(|b| b.is_lowercase() || *b == '-') && before[2].is_lowercase()
        {
            name.insert(at, ' ');
            return;
        }
        before = [before[1], before[2], c];
    }
    let ends_in_capital_run: Vec<(usize, char)> = name.char_indices().collect();
    if let Some(pair) =
        ends_in_capital_run.windows(3).find(|w| w[0].1.is_lowercase() && w[1].1.is_uppercase() && w[2].1.is_lowercase())
        && pair[0].0 >= 2
        && !["Mac", "Mc"].iter().any(|prefix| name[..pair[1].0].ends_with(prefix))
    {
        name.insert(pair[1].0, ' ');
    }
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
            Cut::Hard | Cut::LineEnd => {
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
    let odd = odd_gap(sheet, line);
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
        if (wide || odd == Some(i)) && !piece.trim().is_empty() {
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
                ',' | '，' | '、' => pieces.push((std::mem::take(&mut piece), Cut::Comma)),
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

/// The word before which another gap stands than between all other words of a line without any separator: two names
/// that were set apart.
fn odd_gap(sheet: &Sheet, line: &TextLine) -> Option<usize> {
    let list = sheet.words_of(line);
    let plain = |word: &str| word.chars().count() >= 3 && word.chars().all(|c| c.is_alphabetic() || c == '-');
    let fits = (4..=6).contains(&list.len())
        && (line.first_word..line.end_word)
            .all(|word| plain(sheet.word_text(word)) && !is_joiner(sheet.word_text(word)));
    if !fits {
        return None;
    }
    let gaps: Vec<f32> = list.windows(2).map(|pair| pair[1].rect.x0 - pair[0].rect.x1).collect();
    let mut sorted = gaps.clone();
    sorted.sort_by(f32::total_cmp);
    let usual = sorted[sorted.len() / 2];
    let odd: Vec<usize> =
        (0..gaps.len()).filter(|&i| (gaps[i] - usual).abs() > (usual * t::AUTHOR_ODD_GAP).max(0.5)).collect();
    match odd[..] {
        [at] if at >= 1 && at + 2 < list.len() => Some(at + 1),
        _ => None,
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
        || ";；•·∙⋅|/&*∗⁎†‡§¶#⋆★✉⊥∥‖$^~+©®≠=<>{}\u{f0e0}".contains(c)
        || ('\u{2190}'..='\u{2bff}').contains(&c)
        || ('\u{e000}'..='\u{f8ff}').contains(&c)
}

/// Agreement with the information dictionary counts for much, names that look like names for some.
fn confidence(authors: &[Author], info_author: &str) -> f32 {
    let info = info_author.to_lowercase();
    let agreeing = authors.iter().filter(|a| !a.family.is_empty() && info.contains(&a.family.to_lowercase())).count();
    let parts = info.split([',', ';']).flat_map(|part| part.split(" and ")).filter(|part| !part.trim().is_empty());
    let odd = authors.iter().any(|a| {
        a.single && !a.family.chars().any(is_cjk) || a.family.chars().count() < 2 || names::is_damaged(&a.family)
    });
    if odd {
        t::AUTHORS_ODD
    } else if agreeing == authors.len() && parts.count() <= authors.len() * 2 {
        t::AUTHORS_AGREED
    } else if authors
        .iter()
        .all(|a| sense(&format!("{} {}", a.given, a.family)).is_some_and(|s| s >= t::NAMES_SENSE_SURE))
    {
        t::AUTHORS_SURE
    } else {
        t::AUTHORS_ALONE
    }
}
