//! Mailboxes and ORCID numbers of the authors, as printed on the first page.

use super::affiliations::Front;
use super::bylines::{self, Byline, split_marks};
use super::lines::{Sheet, TextLine};
use super::tuning as t;
use crate::domain::facts::Author;
use crate::domain::layout::Rect;

/// A printed mailbox.
#[derive(Debug, Clone, PartialEq)]
struct Mailbox {
    address: String,
    /// Index of its line.
    line: usize,
    /// Where it stands.
    rect: Rect,
    /// Marks at the beginning of its line.
    marks: Vec<String>,
    /// How many share its brackets, itself included.
    group: usize,
}

/// Mailboxes of journals, not of people.
const NOBODY: &[&str] = &[
    "info",
    "editor",
    "editors",
    "permissions",
    "support",
    "journals",
    "office",
    "reprints",
    "contact",
    "help",
    "admin",
];

/// Gives the authors their mailboxes and ORCID numbers.
pub(super) fn link(front: &Front<'_>, bylines: &[Option<Byline>], authors: &mut [Author]) {
    link_orcids(front.sheet, bylines, authors);
    let mut found: Vec<Mailbox> = Vec::new();
    for (at, line) in front.sheet.lines.iter().enumerate().filter(|(_, line)| line.text.contains('@')) {
        read_line(front.sheet, at, line, &mut found);
    }
    found.dedup_by(|a, b| a.address == b.address);
    let mut owners: Vec<Option<usize>> = found.iter().map(|mailbox| by_name(&mailbox.address, authors)).collect();
    // The same name may be right for one mailbox only.
    for author in 0..authors.len() {
        if owners.iter().filter(|owner| **owner == Some(author)).count() > 1 {
            let first = owners.iter().position(|owner| *owner == Some(author));
            for (n, owner) in owners.iter_mut().enumerate() {
                if *owner == Some(author) && Some(n) != first {
                    *owner = None;
                }
            }
        }
    }
    in_order(&found, &mut owners, authors.len());
    for (n, mailbox) in found.iter().enumerate() {
        if owners[n].is_none() {
            owners[n] = by_mark(front.sheet, mailbox, bylines)
                .or_else(|| by_row(mailbox, bylines))
                .or_else(|| (authors.len() == 1 && found.len() == 1).then_some(0))
                .filter(|author| !owners.contains(&Some(*author)));
        }
    }
    for (mailbox, owner) in found.into_iter().zip(owners) {
        if let Some(author) = owner.and_then(|owner| authors.get_mut(owner))
            && author.email.is_none()
        {
            author.email = Some(mailbox.address);
        }
    }
}

/// The mailboxes of a line; brackets may have been opened on the line before.
fn read_line(sheet: &Sheet, at: usize, line: &TextLine, out: &mut Vec<Mailbox>) {
    let mut text = line.text.clone();
    if let Some(before) = at.checked_sub(1).map(|before| &sheet.lines[before])
        && opens_group(&before.text)
        && text.contains('}')
    {
        text = format!("{} {text}", before.text);
    }
    let next = sheet.lines.get(at + 1).map_or("", |next| next.text.as_str());
    let mut marks = Vec::new();
    split_marks(sheet.word_text(line.first_word), false, &mut marks);
    for (place, _) in text.match_indices('@') {
        let Some(domain) = domain(&text[place + 1..], next) else { continue };
        let locals = locals(text[..place].trim_end());
        let group = locals.len();
        for local in locals {
            let rect = sheet
                .words_of(line)
                .iter()
                .enumerate()
                .find(|(n, _)| sheet.word_text(line.first_word + *n as u32).contains(local.as_str()))
                .map_or(line.rect, |(_, word)| word.rect);
            if !NOBODY.contains(&local.to_lowercase().as_str()) && out.len() < t::MAILBOXES_MOST {
                let local = if local.contains(|c: char| c.is_ascii_lowercase()) { local } else { local.to_lowercase() };
                out.push(Mailbox { address: format!("{local}@{domain}"), line: at, rect, marks: marks.clone(), group });
            }
        }
    }
}

fn opens_group(text: &str) -> bool {
    text.rfind('{').is_some_and(|at| !text[at..].contains('}'))
}

fn domain(behind: &str, next: &str) -> Option<String> {
    let inner = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
    let behind = behind.trim_start();
    let end = behind.find(|c: char| !inner(c)).unwrap_or(behind.len());
    let mut domain = behind[..end].to_lowercase();
    // Divided at a line end: behind a hyphen or a full stop with small letters after it.
    if end == behind.trim_end().len()
        && domain.ends_with(['-', '.'])
        && next.starts_with(|c: char| c.is_ascii_lowercase())
    {
        let end = next.find(|c: char| !inner(c)).unwrap_or(next.len());
        domain.push_str(&next[..end]);
    }
    let domain = domain.trim_end_matches(['.', '-']);
    let (_, top) = domain.rsplit_once('.')?;
    let fine = (2..=12).contains(&top.len()) && top.bytes().all(|b| b.is_ascii_lowercase());
    fine.then(|| domain.to_owned())
}

/// What stands before the `@`: one name, or several in brackets.
fn locals(before: &str) -> Vec<String> {
    let inner = |c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c);
    for (open, close) in [('{', '}'), ('[', ']'), ('(', ')'), ('<', '>')] {
        if let Some(rest) = before.strip_suffix(close)
            && let Some(at) = rest.rfind(open)
        {
            let parts = rest[at + 1..].split(|c: char| ",;|/".contains(c)).map(str::trim);
            return parts.filter(|part| !part.is_empty() && part.chars().all(inner)).map(str::to_owned).collect();
        }
    }
    let from =
        before.rfind(|c: char| !inner(c)).map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let local = before[from..].trim_matches(['.', '-']);
    if local.is_empty() { Vec::new() } else { vec![local.to_owned()] }
}

/// The only author whose name is in the mailbox.
fn by_name(address: &str, authors: &[Author]) -> Option<usize> {
    let local: String = bylines::key(address.split('@').next().unwrap_or("")).collect();
    let scores: Vec<u8> = authors.iter().map(|author| likeness(&local, author)).collect();
    let best = scores.iter().copied().max().filter(|best| *best > 0)?;
    let mut all = scores.iter().enumerate().filter(|(_, score)| **score == best);
    let (first, _) = all.next()?;
    all.next().is_none().then_some(first)
}

/// How much a mailbox is like a name, from 0 to 4.
fn likeness(local: &str, author: &Author) -> u8 {
    let letters = |text: &str| bylines::key(text).collect::<String>();
    let family = letters(author.family.rsplit([' ', '-']).next().unwrap_or(""));
    let whole = letters(&author.family);
    let given = letters(author.given.split([' ', '-', '.']).next().unwrap_or(""));
    let initials: String = author.given.split([' ', '-', '.']).filter_map(|part| bylines::key(part).next()).collect();
    let begins = |text: &str, least: usize| text.chars().count() >= least && local.contains(text);
    let cut: String = family.chars().take(t::MAILBOX_FAMILY_PART).collect();
    if begins(&family, 3) || begins(&whole, 3) {
        let rest = local.replacen(family.as_str(), "", 1);
        return if !given.is_empty()
            && (rest.contains(&given) || initials.chars().next().is_some_and(|c| rest.starts_with(c)))
        {
            4
        } else {
            3
        };
    }
    if family.chars().count() == 2 && local.contains(&family) && begins(&given, 2) {
        return 3;
    }
    let short = |initials: &str| format!("{initials}{}", family.chars().next().unwrap_or(' '));
    if begins(&cut, t::MAILBOX_FAMILY_PART) || begins(&given, 4) {
        return 2;
    }
    u8::from(
        local.len() >= 2
            && (local == short(&initials) || initials.chars().next().is_some_and(|c| local == short(&c.to_string()))),
    )
}

/// As many mailboxes as authors, and none out of order: those that tell no name follow the order of the names.
fn in_order(found: &[Mailbox], owners: &mut [Option<usize>], authors: usize) {
    let orderly = owners.iter().enumerate().all(|(n, owner)| owner.is_none_or(|owner| owner == n));
    if found.len() == authors && authors > 1 && orderly && found.iter().all(|mailbox| mailbox.group == authors) {
        for (n, owner) in owners.iter_mut().enumerate() {
            *owner = Some(n);
        }
    }
}

/// The only author with the mark that stands before the mailbox, or with the sign of whom to write to.
fn by_mark(sheet: &Sheet, mailbox: &Mailbox, bylines: &[Option<Byline>]) -> Option<usize> {
    let only = |mark: &str| {
        let mut all = bylines
            .iter()
            .enumerate()
            .filter(|(_, byline)| byline.iter().any(|b| b.marks.iter().any(|own| own == mark)));
        let (first, _) = all.next()?;
        all.next().is_none().then_some(first)
    };
    if let Some(mark) = mailbox.marks.first() {
        return only(mark);
    }
    let line = sheet.lines[mailbox.line].text.to_lowercase();
    (line.contains("correspond") || line.trim_start().starts_with(['*', '∗', '✉']))
        .then(|| only("*").or_else(|| only("✉")))
        .flatten()
}

/// The author whose name stands on the same height left of it, or right above it in the same column.
fn by_row(mailbox: &Mailbox, bylines: &[Option<Byline>]) -> Option<usize> {
    let known = || bylines.iter().enumerate().filter_map(|(n, byline)| Some((n, byline.as_ref()?)));
    let middle = (mailbox.rect.y0 + mailbox.rect.y1) / 2.0;
    let level = |byline: &Byline| byline.rect.y0 < middle && middle < byline.rect.y1;
    let mut beside = known().filter(|(_, byline)| level(byline) && byline.rect.x1 <= mailbox.rect.x0);
    if let Some((author, _)) = beside.next() {
        return beside.next().is_none().then_some(author);
    }
    let above = |byline: &Byline| {
        let overlaps = byline.rect.x0 < mailbox.rect.x1 && mailbox.rect.x0 < byline.rect.x1;
        let height = (byline.rect.y1 - byline.rect.y0).max(1.0);
        overlaps
            && byline.rect.y1 <= mailbox.rect.y0 + 1.0
            && mailbox.rect.y0 - byline.rect.y1 < height * t::MAILBOX_REACH
    };
    let nearest = known().filter(|(_, byline)| above(byline)).max_by(|a, b| a.1.rect.y1.total_cmp(&b.1.rect.y1))?;
    // One name alone on its height: in a row of names without columns nobody can tell.
    let crowded = known().any(|(n, byline)| {
        n != nearest.0
            && (byline.rect.y0 - nearest.1.rect.y0).abs() < 2.0
            && byline.rect.x0 < mailbox.rect.x1
            && mailbox.rect.x0 < byline.rect.x1
    });
    (!crowded).then_some(nearest.0)
}

/// ORCID numbers: linked signs behind names, and numbers printed behind them.
fn link_orcids(sheet: &Sheet, bylines: &[Option<Byline>], authors: &mut [Author]) {
    let known: Vec<(usize, Rect)> =
        bylines.iter().enumerate().filter_map(|(n, byline)| Some((n, byline.as_ref()?.rect))).collect();
    for (rect, number) in &sheet.orcids {
        let level = |name: &Rect| name.y0 < (rect.y0 + rect.y1) / 2.0 && (rect.y0 + rect.y1) / 2.0 < name.y1;
        let over =
            |name: &Rect| rect.x0 < name.x1 && name.x0 < rect.x1 && rect.x1 - rect.x0 > (name.x1 - name.x0) * 0.5;
        let distance = |name: &Rect| if over(name) { 0.0 } else { rect.x0 - name.x1 };
        let near = known
            .iter()
            .filter(|(_, name)| level(name) && (-2.0..t::ORCID_REACH).contains(&distance(name)))
            .min_by(|a, b| distance(&a.1).total_cmp(&distance(&b.1)));
        if let Some((author, _)) = near
            && authors[*author].orcid.is_none()
        {
            authors[*author].orcid = Some(number.clone());
        }
    }
    let printed: Vec<(usize, usize, String)> = sheet
        .lines
        .iter()
        .enumerate()
        .flat_map(|(n, line)| orcids(&line.text).into_iter().map(move |(at, number)| (n, at, number)))
        .collect();
    let alone = authors.len() == 1 && printed.len() == 1;
    for (line, at, number) in printed {
        let before = &sheet.lines[line].text[..at];
        let named = |text: &str| {
            let placed =
                |author: &Author| text.rfind(author.family.as_str()).filter(|_| author.family.chars().count() > 1);
            (0..authors.len()).filter_map(|n| Some((placed(&authors[n])?, n))).max().map(|(_, n)| n)
        };
        let above = line.checked_sub(1).map_or("", |above| sheet.lines[above].text.as_str());
        let owner = named(before).or_else(|| named(above)).or(alone.then_some(0));
        if let Some(author) = owner.filter(|owner| {
            authors[*owner].orcid.is_none() && !authors.iter().any(|a| a.orcid.as_ref() == Some(&number))
        }) {
            authors[author].orcid = Some(number);
        }
    }
}

/// ORCID numbers in a text, with their places; their last character is a check.
pub(super) fn orcids(text: &str) -> Vec<(usize, String)> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    if bytes.len() < 19 {
        return out;
    }
    for at in 0..=bytes.len() - 19 {
        let run = &bytes[at..at + 19];
        let shaped = run.iter().enumerate().all(|(n, b)| match n {
            4 | 9 | 14 => *b == b'-',
            18 => b.is_ascii_digit() || matches!(b, b'X' | b'x'),
            _ => b.is_ascii_digit(),
        });
        let alone =
            (at == 0 || !bytes[at - 1].is_ascii_digit()) && bytes.get(at + 19).is_none_or(|b| !b.is_ascii_digit());
        if shaped && alone && checks(run) {
            out.push((at, String::from_utf8_lossy(run).to_uppercase()));
        }
    }
    out
}

/// ISO 7064, modulus 11-2.
fn checks(run: &[u8]) -> bool {
    let digits = run[..18].iter().filter(|b| b.is_ascii_digit());
    let sum = digits.fold(0u32, |sum, b| (sum + u32::from(b - b'0')) * 2 % 11);
    let expected = (12 - sum) % 11;
    match run[18] {
        b'X' | b'x' => expected == 10,
        digit => expected == u32::from(digit - b'0'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn author(given: &str, family: &str) -> Author {
        Author { given: given.to_owned(), family: family.to_owned(), ..Author::default() }
    }

    #[test]
    fn mailboxes_in_brackets_are_several() {
        assert_eq!(locals("{anna, b.probe}"), ["anna", "b.probe"]);
        assert_eq!(locals("E-mail: anna.muster"), ["anna.muster"]);
        assert_eq!(locals("[am|bp]"), ["am", "bp"]);
        assert_eq!(domain("uni-beispiel.example, and", ""), Some("uni-beispiel.example".to_owned()));
        assert_eq!(domain("beispiel-", "stadt.example"), Some("beispiel-stadt.example".to_owned()));
        assert_eq!(domain("home", ""), None);
    }

    #[test]
    fn a_mailbox_goes_to_the_only_author_it_names() {
        let authors = [
            author("Anna", "Muster"),
            author("Bert", "van der Probe"),
            author("José", "Müller"),
            author("Karl", "Müller"),
        ];
        let check =
            |address: &str, expected: Option<usize>| assert_eq!(by_name(address, &authors), expected, "{address}");
        check("muster@x.example", Some(0));
        check("bprobe@x.example", Some(1));
        check("kmuller@x.example", Some(3));
        check("muller@x.example", None);
        check("am@x.example", Some(0));
        check("salt-lab@x.example", None);
    }

    #[test]
    fn a_number_that_does_not_check_is_no_orcid() {
        assert_eq!(orcids("Anna Muster 0000-0002-1825-0097,"), [(12, "0000-0002-1825-0097".to_owned())]);
        assert!(orcids("0000-0002-1825-0098").is_empty());
    }
}
