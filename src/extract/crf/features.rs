//! The features of a token: hashes of what it and its neighbours look like.

use super::tokens::{Shape, Token};

/// How many features a token has.
pub(crate) const TEMPLATES: usize = 29;

/// Hashes of one token's features.
pub(crate) type Row = [u32; TEMPLATES];

/// A feature's hash from its template and value.
fn mix(template: u32, value: u64) -> u32 {
    let mut h = value ^ (u64::from(template) << 56);
    h = (h ^ (h >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    h = (h ^ (h >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    (h ^ (h >> 32)) as u32
}

/// What stands between two marks: what the token's part of the entry looks like as a whole.
#[derive(Debug, Clone, Copy, Default)]
struct Part {
    before: u8,
    behind: u8,
    words: u8,
    capitals: u8,
}

/// Features of every token, in order.
pub(crate) fn features(tokens: &[Token], out: &mut Vec<Row>) {
    out.clear();
    let parts = parts(tokens);
    let ahead = ahead(tokens);
    let whole = Whole::of(tokens);
    let shape = |i: isize| -> u64 {
        usize::try_from(i).ok().and_then(|i| tokens.get(i)).map_or(Shape::Edge, |token| token.shape) as u64
    };
    let word = |i: isize| -> u64 {
        usize::try_from(i).ok().and_then(|i| tokens.get(i)).map_or(0, |token| u64::from(token.word))
    };
    for (i, token) in tokens.iter().enumerate() {
        let at = i as isize;
        let state = u64::from(token.bracketed) | u64::from(token.quoted) << 1 | u64::from(token.years) << 3;
        let part = parts[i];
        let place = u64::from(part.before) | u64::from(part.behind) << 8;
        let size = u64::from(part.words) << 16 | u64::from(part.capitals) << 24;
        let style = whole.bits();
        let far = ahead[i].bits();
        let years = u64::from(token.years) | u64::from(token.quoted) << 2;
        let (s3, s2, s1, s0) = (shape(at - 3), shape(at - 2), shape(at - 1), shape(at));
        let (n1, n2, n3) = (shape(at + 1), shape(at + 2), shape(at + 3));
        out.push([
            mix(1, word(at)),
            mix(2, s0 | u64::from(token.spaced) << 8),
            mix(3, u64::from(token.prefix)),
            mix(4, u64::from(token.suffix)),
            mix(5, state),
            mix(6, state << 8 | s0),
            mix(7, word(at - 1)),
            mix(8, word(at + 1)),
            mix(9, word(at - 2)),
            mix(10, word(at + 2)),
            mix(11, s1),
            mix(12, n1),
            mix(13, s2),
            mix(14, n2),
            mix(15, s3),
            mix(16, n3),
            mix(17, s2 | s1 << 8 | s0 << 16),
            mix(18, s1 | s0 << 8 | n1 << 16),
            mix(19, s0 | n1 << 8 | n2 << 16),
            mix(20, place),
            mix(21, place | size),
            mix(22, size | s0),
            mix(23, style | u64::from(token.years) << 32 | u64::from(token.quoted) << 36),
            mix(24, style | state << 32 | size << 16),
            mix(25, word(at - 1) << 24 ^ word(at)),
            mix(26, u64::from(i.min(3) as u32) | s0 << 8),
            mix(27, far | years << 32),
            mix(28, (far & 0xff) | size << 8 | years),
            mix(29, far & 0xff00ff | style << 24 | years << 40),
        ]);
    }
}

/// How the entry as a whole is set.
#[derive(Default)]
struct Whole {
    quoted: bool,
    /// 0 no year, 1 in the first half in brackets, 2 in the first half, 3 later in brackets, 4 later.
    year: u8,
    commas_only: bool,
}

impl Whole {
    fn of(tokens: &[Token]) -> Self {
        let first_year = tokens.iter().position(|token| matches!(token.shape, Shape::Year | Shape::YearLetter));
        let year = first_year.map_or(0, |at| {
            let early = at * 2 < tokens.len();
            match (early, tokens[at].bracketed) {
                (true, true) => 1,
                (true, false) => 2,
                (false, true) => 3,
                (false, false) => 4,
            }
        });
        let stops = tokens.windows(2).filter(|two| two[0].shape == Shape::Lower && two[1].shape == Shape::Stop).count();
        Whole { quoted: tokens.iter().any(|token| token.shape == Shape::QuoteOpen), year, commas_only: stops < 2 }
    }

    fn bits(&self) -> u64 {
        u64::from(self.quoted) | u64::from(self.commas_only) << 1 | u64::from(self.year) << 2
    }
}

/// Whether a mark ends a part.
fn divides(tokens: &[Token], i: usize) -> bool {
    match tokens[i].shape {
        Shape::Comma | Shape::Semicolon | Shape::Colon | Shape::Question => true,
        Shape::Open | Shape::Close | Shape::OpenSquare | Shape::CloseSquare => true,
        Shape::QuoteOpen | Shape::QuoteClose | Shape::Quote => true,
        // The stop of an initial or an abbreviation inside a name does not.
        Shape::Stop => {
            let next = tokens.get(i + 1);
            let short = i > 0 && matches!(tokens[i - 1].shape, Shape::Capital | Shape::Small);
            !short && next.is_none_or(|next| next.spaced)
        }
        _ => false,
    }
}

fn parts(tokens: &[Token]) -> Vec<Part> {
    let mut out = vec![Part::default(); tokens.len()];
    let mut from = 0;
    let mut before = Shape::Edge as u8;
    for i in 0..=tokens.len() {
        if i < tokens.len() && !divides(tokens, i) {
            continue;
        }
        let inside = &tokens[from..i];
        let words = inside.iter().filter(|token| token.shape.is_word()).count();
        let letters = inside.iter().filter(|token| is_letters(token.shape)).count();
        let capitals = inside.iter().filter(|token| is_letters(token.shape) && token.shape != Shape::Lower).count();
        let behind = tokens.get(i).map_or(Shape::Edge, |token| token.shape) as u8;
        let part = Part { before, behind, words: bucket(words), capitals: share(capitals, letters) };
        out[from..i].fill(part);
        if i < tokens.len() {
            out[i] = Part { before, behind, words: bucket(words) | 64, capitals: part.capitals };
        }
        before = behind;
        from = i + 1;
    }
    out
}

/// What lies between a token and the next number: a title has a sentence's end before the numbers, a journal has none.
#[derive(Debug, Clone, Copy, Default)]
struct Ahead {
    stops: u8,
    commas: u8,
    words: u8,
}

impl Ahead {
    fn bits(self) -> u64 {
        u64::from(self.stops) | u64::from(self.commas) << 8 | u64::from(bucket(usize::from(self.words))) << 16
    }
}

fn ahead(tokens: &[Token]) -> Vec<Ahead> {
    let mut out = vec![Ahead::default(); tokens.len()];
    let mut now = Ahead::default();
    for i in (0..tokens.len()).rev() {
        out[i] = now;
        match tokens[i].shape {
            Shape::Year
            | Shape::YearLetter
            | Shape::Digits1
            | Shape::Digits2
            | Shape::Digits3
            | Shape::Digits4
            | Shape::Digits5
            | Shape::Address
            | Shape::Doi => now = Ahead::default(),
            Shape::Comma => now.commas = (now.commas + 1).min(3),
            Shape::Stop | Shape::Question | Shape::QuoteClose | Shape::Quote if ends_sentence(tokens, i) => {
                now.stops = (now.stops + 1).min(3);
            }
            shape if shape.is_word() => now.words = (now.words + 1).min(9),
            _ => {}
        }
    }
    out
}

/// Whether a sentence ends with the mark: behind a whole word and before a capital.
fn ends_sentence(tokens: &[Token], i: usize) -> bool {
    let Some(before) = i.checked_sub(1).map(|i| &tokens[i]) else { return false };
    let len = before.end - before.start;
    let whole = match before.shape {
        Shape::Lower => len > 2,
        Shape::Capitalised | Shape::Mixed => len > 4,
        Shape::Capitals => len > 2,
        Shape::Ideographs | Shape::Alphanumeric | Shape::Close | Shape::CloseSquare => true,
        _ => false,
    };
    let next = tokens.get(i + 1);
    whole && next.is_none_or(|next| next.spaced && next.shape != Shape::Lower || next.shape == Shape::Ideographs)
}

fn is_letters(shape: Shape) -> bool {
    matches!(shape, Shape::Capital | Shape::Capitals | Shape::Capitalised | Shape::Lower | Shape::Mixed)
}

fn bucket(words: usize) -> u8 {
    match words {
        0..=3 => words as u8,
        4..=5 => 4,
        6..=8 => 5,
        _ => 6,
    }
}

fn share(capitals: usize, letters: usize) -> u8 {
    (capitals * 4).checked_div(letters).map_or(7, |share| share as u8)
}
