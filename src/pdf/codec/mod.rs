//! Layouts, heads and facts as bytes: for the frames between worker and pool and for derived files.
//!
//! One byte of version, one of packing, then index-tagged CBOR (packed by zstd in derived files). Unknown fields are
//! skipped, missing ones take their default. Decoding never trusts: sizes are bounded and offsets are checked.

mod facts;
mod layout;
#[cfg(test)]
mod tests;
mod words;

use std::io::Read as _;

use minicbor::data::Type;
use minicbor::{CborLen, Decode, Encode};

use super::recognised::Recognised;
use crate::domain::facts::Facts;
use crate::domain::layout::{DocumentHead, LayoutSlice};

const VERSION: u8 = 1;
const PLAIN: u8 = 0;
const ZSTD: u8 = 1;
/// Largest unpacked object; a slice of 32 very full pages stays far below.
const UNPACKED_MAX: u64 = 256 << 20;
const ZSTD_LEVEL: i32 = 3;
/// Most values in an object. In memory a value takes up to thirty times its bytes, so bytes alone are no limit.
const VALUES_MAX: usize = 12_000_000;

/// Why bytes are not what they should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodecError {
    /// Written by a newer program, or not by this one at all.
    #[error("this derived file has an unknown version")]
    UnknownVersion,
    /// Cut, changed or hostile.
    #[error("this derived file is damaged: {0}")]
    Damaged(&'static str),
}

/// How an object is put into bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// For a moment, between processes.
    Plain,
    /// For the disk.
    Packed,
}

/// A slice as bytes for a derived file.
pub fn encode_slice(slice: &LayoutSlice) -> Vec<u8> {
    slice_bytes(slice, Packing::Packed)
}

/// A slice as bytes.
pub fn slice_bytes(slice: &LayoutSlice, packing: Packing) -> Vec<u8> {
    pack(&layout::SliceRecord::from(slice), packing)
}

/// The slice in `bytes`.
///
/// # Errors
/// Bytes that are no slice of this version.
pub fn decode_slice(bytes: &[u8]) -> Result<LayoutSlice, CodecError> {
    unpack::<layout::SliceRecord>(bytes)?.try_into()
}

/// A head as bytes for a derived file.
pub fn encode_head(head: &DocumentHead) -> Vec<u8> {
    head_bytes(head, Packing::Packed)
}

/// A head as bytes.
pub fn head_bytes(head: &DocumentHead, packing: Packing) -> Vec<u8> {
    pack(&layout::HeadRecord::from(head), packing)
}

/// The head in `bytes`.
///
/// # Errors
/// Bytes that are no head of this version.
pub fn decode_head(bytes: &[u8]) -> Result<DocumentHead, CodecError> {
    Ok(unpack::<layout::HeadRecord>(bytes)?.into())
}

/// Facts as bytes for a derived file.
pub fn encode_facts(facts: &Facts) -> Vec<u8> {
    facts_bytes(facts, Packing::Packed)
}

/// Facts as bytes.
pub fn facts_bytes(facts: &Facts, packing: Packing) -> Vec<u8> {
    pack(&facts::FactsRecord::from(facts), packing)
}

/// The facts in `bytes`.
///
/// # Errors
/// Bytes that are no facts of this version.
pub fn decode_facts(bytes: &[u8]) -> Result<Facts, CodecError> {
    Ok(unpack::<facts::FactsRecord>(bytes)?.into())
}

/// What was recognised of some pages, as bytes for a derived file.
pub fn encode_recognised(recognised: &Recognised) -> Vec<u8> {
    pack(recognised, Packing::Packed)
}

/// What was recognised, in `bytes`.
///
/// # Errors
/// Bytes that are nothing recognised, of this version.
pub fn decode_recognised(bytes: &[u8]) -> Result<Recognised, CodecError> {
    unpack(bytes)
}

fn pack<T: Encode<()> + CborLen<()>>(record: &T, packing: Packing) -> Vec<u8> {
    let mut plain = Vec::with_capacity(minicbor::len(record) + 2);
    plain.extend([VERSION, PLAIN]);
    minicbor::encode(record, &mut plain).expect("writing to memory cannot fail");
    if packing == Packing::Plain {
        return plain;
    }
    let mut packed = vec![VERSION, ZSTD];
    packed.extend(zstd::bulk::compress(&plain[2..], ZSTD_LEVEL).expect("compressing in memory cannot fail"));
    packed
}

fn unpack<T: for<'b> Decode<'b, ()>>(bytes: &[u8]) -> Result<T, CodecError> {
    let [VERSION, packing, body @ ..] = bytes else { return Err(CodecError::UnknownVersion) };
    let unpacked;
    let body = match *packing {
        PLAIN => body,
        ZSTD => {
            unpacked = inflate(body)?;
            &unpacked
        }
        _ => return Err(CodecError::UnknownVersion),
    };
    count_values(body)?;
    minicbor::decode(body).map_err(|_| CodecError::Damaged("its records cannot be read"))
}

/// Refuses more values than any document has, before memory is taken for them.
fn count_values(body: &[u8]) -> Result<(), CodecError> {
    let damaged = |_| CodecError::Damaged("its records cannot be read");
    let mut values = minicbor::Decoder::new(body);
    let mut count = 0;
    while values.position() < body.len() {
        count += 1;
        match values.datatype().map_err(damaged)? {
            Type::Array => drop(values.array().map_err(damaged)?),
            Type::Map => drop(values.map().map_err(damaged)?),
            Type::ArrayIndef | Type::MapIndef | Type::BytesIndef | Type::StringIndef | Type::Tag => {
                return Err(CodecError::Damaged("it has values of a kind that no record has"));
            }
            _ => values.skip().map_err(damaged)?,
        }
        if count > VALUES_MAX {
            return Err(CodecError::Damaged("it has more values than any document"));
        }
    }
    Ok(())
}

fn inflate(packed: &[u8]) -> Result<Vec<u8>, CodecError> {
    let damaged = |_| CodecError::Damaged("its packing is broken");
    let mut plain = Vec::new();
    let mut decoder = zstd::stream::read::Decoder::with_buffer(packed).map_err(damaged)?;
    decoder.window_log_max(27).map_err(damaged)?;
    decoder.take(UNPACKED_MAX + 1).read_to_end(&mut plain).map_err(damaged)?;
    if plain.len() as u64 > UNPACKED_MAX {
        return Err(CodecError::Damaged("it unpacks to more than is allowed"));
    }
    Ok(plain)
}
