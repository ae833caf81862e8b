//! The durable offset of an upload, in a small file beside its bytes.
//!
//! Two slots of 512 bytes are written in turn, so that a torn write leaves the other one whole. Slot layout, numbers
//! little-endian: magic (8), sequence (8), offset (8), state (1: 0 open, 1 finished), SHA-256 of the whole upload if
//! finished (32), first 8 bytes of the SHA-256 of all before.

use sha2::Digest as _;

use crate::domain::ids::Sha256;

const MAGIC: &[u8; 8] = b"SKUPLD01";
const BODY: usize = 57;
const LEN: usize = BODY + 8;
/// Distance of the slots: a sector each.
pub(super) const SLOT_BYTES: u64 = 512;
/// Size of the whole file.
pub(super) const FILE_BYTES: usize = 1024;

/// What is known to be durable of an upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Record {
    /// Rises with every write.
    pub sequence: u64,
    /// How many bytes are synced.
    pub offset: u64,
    /// Set once the upload is whole and on its way to its place.
    pub finished: Option<Sha256>,
}

impl Record {
    /// Where this record is written.
    pub fn position(&self) -> u64 {
        self.sequence % 2 * SLOT_BYTES
    }

    /// The bytes of its slot.
    pub fn encode(&self) -> [u8; LEN] {
        let mut out = [0; LEN];
        out[..8].copy_from_slice(MAGIC);
        out[8..16].copy_from_slice(&self.sequence.to_le_bytes());
        out[16..24].copy_from_slice(&self.offset.to_le_bytes());
        if let Some(sha) = self.finished {
            out[24] = 1;
            out[25..57].copy_from_slice(&sha.0);
        }
        let sum = sha2::Sha256::digest(&out[..BODY]);
        out[BODY..].copy_from_slice(&sum[..8]);
        out
    }

    /// The newer of the records in the bytes of the file; `None` if neither is whole.
    pub fn newest(file: &[u8]) -> Option<Self> {
        let slots = [0, SLOT_BYTES as usize];
        slots.into_iter().filter_map(|at| Self::decode(file.get(at..at + LEN)?)).max_by_key(|record| record.sequence)
    }

    fn decode(slot: &[u8]) -> Option<Self> {
        let sum = sha2::Sha256::digest(&slot[..BODY]);
        if &slot[..8] != MAGIC || slot[BODY..] != sum[..8] {
            return None;
        }
        let number = |at: usize| Some(u64::from_le_bytes(slot[at..at + 8].try_into().ok()?));
        let finished = match slot[24] {
            1 => Some(Sha256(slot[25..57].try_into().ok()?)),
            _ => None,
        };
        Some(Self { sequence: number(8)?, offset: number(16)?, finished })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(records: &[Record]) -> Vec<u8> {
        let mut file = vec![0; FILE_BYTES];
        for record in records {
            let at = record.position() as usize;
            file[at..at + LEN].copy_from_slice(&record.encode());
        }
        file
    }

    #[test]
    fn the_newer_record_counts_and_a_torn_one_does_not() {
        let old = Record { sequence: 4, offset: 100, finished: None };
        let new = Record { sequence: 5, offset: 900, finished: Some(Sha256([7; 32])) };
        let mut bytes = file(&[old, new]);
        assert_eq!(Record::newest(&bytes), Some(new));
        for at in 0..LEN {
            let torn = new.position() as usize + at;
            bytes[torn] ^= 0x55;
            assert_eq!(Record::newest(&bytes), Some(old), "byte {at}");
            bytes[torn] ^= 0x55;
        }
        assert_eq!(Record::newest(&[0; FILE_BYTES]), None);
        assert_eq!(Record::newest(&bytes[..540]), Some(old), "a file that was cut");
    }
}
