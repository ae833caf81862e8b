//! The words of a page in few bytes: numbers of variable length, each as the difference to what is expected.

use super::CodecError;
use crate::domain::layout::{Rect, Word};

/// The words as bytes.
pub fn encode(words: &[Word]) -> Vec<u8> {
    let mut out = Vec::with_capacity(words.len() * 12);
    let mut last = Previous::default();
    for word in words {
        let (x0, y0, x1, y1) = (fixed(word.rect.x0), fixed(word.rect.y0), fixed(word.rect.x1), fixed(word.rect.y1));
        put(&mut out, i64::from(word.start) - i64::from(last.end));
        put(&mut out, i64::from(word.end) - i64::from(word.start));
        put(&mut out, x0 - last.x1);
        put(&mut out, y0 - last.y0);
        put(&mut out, x1 - x0);
        put(&mut out, y1 - y0 - last.height);
        put(&mut out, i64::from(word.font) - i64::from(last.font));
        put(&mut out, fixed(word.size) - last.size);
        out.push(word.flags);
        last = Previous { end: word.end, x1, y0, height: y1 - y0, font: word.font, size: fixed(word.size) };
    }
    out
}

/// The words in `bytes`.
///
/// # Errors
/// Bytes that end inside a word, or numbers out of range.
pub fn decode(bytes: &[u8]) -> Result<Vec<Word>, CodecError> {
    let mut rest = bytes;
    let mut words = Vec::with_capacity(bytes.len() / 10);
    let mut last = Previous::default();
    while !rest.is_empty() {
        let start = in_range::<u32>(i64::from(last.end) + take(&mut rest)?)?;
        let end = in_range::<u32>(i64::from(start) + take(&mut rest)?)?;
        let x0 = last.x1 + take(&mut rest)?;
        let y0 = last.y0 + take(&mut rest)?;
        let x1 = x0 + take(&mut rest)?;
        let height = last.height + take(&mut rest)?;
        let font = in_range::<u16>(i64::from(last.font) + take(&mut rest)?)?;
        let size = last.size + take(&mut rest)?;
        let Some((flags, tail)) = rest.split_first() else { return Err(CodecError::Damaged("a word is cut")) };
        rest = tail;
        for value in [x0, y0, x1, height, size] {
            in_range::<i32>(value)?;
        }
        words.push(Word {
            start,
            end,
            rect: Rect { x0: points(x0), y0: points(y0), x1: points(x1), y1: points(y0 + height) },
            font,
            size: points(size),
            flags: *flags,
        });
        last = Previous { end, x1, y0, height, font, size };
    }
    Ok(words)
}

#[derive(Default)]
struct Previous {
    end: u32,
    x1: i64,
    y0: i64,
    height: i64,
    font: u16,
    size: i64,
}

/// Hundredths of a point.
#[expect(clippy::cast_possible_truncation, reason = "saturates, and layouts are bounded to a million points")]
fn fixed(value: f32) -> i64 {
    i64::from((f64::from(value) * 100.0).round() as i32)
}

#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "checked to be in the range of i32")]
fn points(value: i64) -> f32 {
    (value as f64 / 100.0) as f32
}

fn in_range<T: TryFrom<i64>>(value: i64) -> Result<T, CodecError> {
    T::try_from(value).map_err(|_| CodecError::Damaged("a number is out of range"))
}

fn put(out: &mut Vec<u8>, value: i64) {
    let mut zigzag = ((value << 1) ^ (value >> 63)).cast_unsigned();
    while zigzag >= 0x80 {
        out.push(0x80 | (zigzag & 0x7F) as u8);
        zigzag >>= 7;
    }
    out.push(zigzag as u8);
}

fn take(rest: &mut &[u8]) -> Result<i64, CodecError> {
    let mut zigzag = 0_u64;
    // 40 bits are more than any difference of two numbers of 32 bits needs.
    for shift in [0, 7, 14, 21, 28, 35] {
        let Some((byte, tail)) = rest.split_first() else { return Err(CodecError::Damaged("a word is cut")) };
        *rest = tail;
        zigzag |= u64::from(byte & 0x7F) << shift;
        if byte & 0x80 == 0 {
            return Ok((zigzag >> 1).cast_signed() ^ -(zigzag & 1).cast_signed());
        }
    }
    Err(CodecError::Damaged("a number is too long"))
}
