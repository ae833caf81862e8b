//! Streams of PDFs packed and unpacked.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

/// Packed as `FlateDecode` wants it.
pub fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

/// `count` times the same byte, packed; in little memory.
pub fn deflated_run(byte: u8, count: usize) -> Vec<u8> {
    let piece = vec![byte; 1 << 16];
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    let mut left = count;
    while left > 0 {
        let size = left.min(piece.len());
        packer.write_all(&piece[..size]).unwrap();
        left -= size;
    }
    packer.finish().unwrap()
}

/// The beginning of what was packed, as far as it can be unpacked.
pub fn inflate(bytes: &[u8], most: u64) -> Vec<u8> {
    let mut plain = Vec::new();
    // What breaks off is as good a beginning as what does not.
    let _ = ZlibDecoder::new(bytes).take(most).read_to_end(&mut plain);
    plain
}

/// As `ASCIIHexDecode` wants it.
pub fn hex(bytes: &[u8]) -> Vec<u8> {
    let mut out: Vec<u8> = bytes.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect();
    out.push(b'>');
    out
}
