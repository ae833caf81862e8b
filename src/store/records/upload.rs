//! Uploads in progress and just ended.

use minicbor::{Decode, Encode};

use crate::domain::ids::{Key, LibraryId, Sha256, UserId};
use crate::domain::time::Timestamp;

/// Part or whole (tus concatenation).
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum UploadConcat {
    /// An upload by itself.
    #[n(0)]
    None,
    /// A part of another one.
    #[n(1)]
    Partial,
    /// The whole made of these parts, in this order.
    #[n(2)]
    Final(#[cbor(n(0), with = "ids")] Vec<u128>),
}

/// How an upload stands.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum UploadState {
    /// Bytes may come.
    #[n(0)]
    Open,
    /// Everything came (and was put into the library, if it is no part).
    #[n(1)]
    Completed {
        /// The paper; none for a part.
        #[n(0)]
        item: Option<Key>,
        /// The file.
        #[n(1)]
        attachment: Option<Key>,
        /// The file that the library had already.
        #[n(2)]
        duplicate_of: Option<Key>,
        /// Whether that one came out of the trash for it.
        #[n(3)]
        #[cbor(default)]
        restored: bool,
    },
    /// It will never be completed.
    #[n(2)]
    Failed {
        /// Why, as in the API.
        #[n(0)]
        code: String,
    },
}

/// A resumable transfer. How many bytes there are is known by the staging file alone.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Upload {
    /// Its random number.
    #[cbor(n(0), with = "id")]
    pub id: u128,
    /// Whose.
    #[n(1)]
    pub user: UserId,
    /// Into which library.
    #[n(2)]
    pub library: LibraryId,
    /// Into which collection.
    #[n(3)]
    pub collection: Option<Key>,
    /// The name as given.
    #[n(4)]
    pub filename: String,
    /// The metadata header as given.
    #[n(5)]
    pub metadata: String,
    /// The whole length, once known.
    #[n(6)]
    pub length: Option<u64>,
    /// Part or whole.
    #[n(7)]
    pub concat: UploadConcat,
    /// When it began.
    #[n(8)]
    pub created_at: Timestamp,
    /// When it is removed.
    #[n(9)]
    pub expires_at: Timestamp,
    /// How it stands.
    #[n(10)]
    pub state: UploadState,
    /// SHA-256 of everything, once complete.
    #[n(11)]
    pub sha256: Option<Sha256>,
    /// The paper to which the file is to be attached, instead of becoming one of its own.
    #[n(12)]
    pub attach_to: Option<Key>,
}

mod id {
    use minicbor::bytes::ByteArray;
    use minicbor::decode::{self, Decode, Decoder};
    use minicbor::encode::{self, Encoder, Write};

    pub(super) fn encode<C, W: Write>(id: &u128, e: &mut Encoder<W>, _: &mut C) -> Result<(), encode::Error<W::Error>> {
        e.bytes(&id.to_be_bytes())?.ok()
    }

    pub(super) fn decode<'b, C>(d: &mut Decoder<'b>, ctx: &mut C) -> Result<u128, decode::Error> {
        ByteArray::<16>::decode(d, ctx).map(|bytes| u128::from_be_bytes(bytes.into()))
    }
}

mod ids {
    use minicbor::decode::{self, Decoder};
    use minicbor::encode::{self, Encoder, Write};

    #[expect(clippy::ptr_arg, reason = "the derived code passes the field's own type")]
    pub(super) fn encode<C, W: Write>(
        ids: &Vec<u128>,
        e: &mut Encoder<W>,
        ctx: &mut C,
    ) -> Result<(), encode::Error<W::Error>> {
        e.array(ids.len() as u64)?;
        ids.iter().try_for_each(|id| super::id::encode(id, e, ctx))
    }

    pub(super) fn decode<C>(d: &mut Decoder<'_>, ctx: &mut C) -> Result<Vec<u128>, decode::Error> {
        let length = d.array()?.ok_or_else(|| decode::Error::message("an array without length"))?;
        (0..length).map(|_| super::id::decode(d, ctx)).collect()
    }
}
