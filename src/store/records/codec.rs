//! How the domain's small types are stored.

use minicbor::bytes::ByteArray;
use minicbor::data::Type;
use minicbor::decode::{self, Decode, Decoder};
use minicbor::encode::{self, Encode, Encoder, Write};

use crate::domain::actor::Scope;
use crate::domain::facts::ReadErrorCode;
use crate::domain::ids::{JobId, Key, LibraryId, Sha256, UserId, Version};
use crate::domain::item::ReadState;
use crate::domain::job::JobState;
use crate::domain::library::{Role, ServerRole};
use crate::domain::time::Timestamp;

macro_rules! numbers {
    ($($type:ident($inner:ty)),*) => {$(
        impl<C> Encode<C> for $type {
            fn encode<W: Write>(&self, e: &mut Encoder<W>, ctx: &mut C) -> Result<(), encode::Error<W::Error>> {
                self.0.encode(e, ctx)
            }
        }

        impl<'b, C> Decode<'b, C> for $type {
            fn decode(d: &mut Decoder<'b>, ctx: &mut C) -> Result<Self, decode::Error> {
                <$inner>::decode(d, ctx).map($type)
            }
        }
    )*};
}

numbers!(LibraryId(u64), UserId(u64), JobId(u64), Version(u64), Timestamp(i64));

macro_rules! names {
    ($($type:ident: $parse:expr),*) => {$(
        impl<C> Encode<C> for $type {
            fn encode<W: Write>(&self, e: &mut Encoder<W>, _: &mut C) -> Result<(), encode::Error<W::Error>> {
                e.str(self.as_str())?.ok()
            }
        }

        impl<'b, C> Decode<'b, C> for $type {
            fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
                let parse: fn(&str) -> Option<$type> = $parse;
                parse(d.str()?).ok_or_else(|| decode::Error::message(concat!("unknown ", stringify!($type))))
            }
        }
    )*};
}

names!(
    Key: Key::parse,
    Role: Role::parse,
    ServerRole: ServerRole::parse,
    Scope: Scope::parse,
    ReadErrorCode: ReadErrorCode::parse,
    JobState: JobState::parse
);

impl<C> Encode<C> for Sha256 {
    fn encode<W: Write>(&self, e: &mut Encoder<W>, _: &mut C) -> Result<(), encode::Error<W::Error>> {
        e.bytes(&self.0)?.ok()
    }
}

impl<'b, C> Decode<'b, C> for Sha256 {
    fn decode(d: &mut Decoder<'b>, ctx: &mut C) -> Result<Self, decode::Error> {
        ByteArray::<32>::decode(d, ctx).map(|bytes| Sha256(bytes.into()))
    }
}

const READ_STATES: [ReadState; 7] = [
    ReadState::Waiting,
    ReadState::Reading,
    ReadState::Read,
    ReadState::PoorText,
    ReadState::NoText,
    ReadState::Locked,
    ReadState::Other,
];

/// The name alone, or for a failure the array of name and reason.
impl<C> Encode<C> for ReadState {
    fn encode<W: Write>(&self, e: &mut Encoder<W>, _: &mut C) -> Result<(), encode::Error<W::Error>> {
        match self {
            ReadState::Failed(code) => e.array(2)?.str(self.as_str())?.str(code.as_str())?.ok(),
            other => e.str(other.as_str())?.ok(),
        }
    }
}

impl<'b, C> Decode<'b, C> for ReadState {
    fn decode(d: &mut Decoder<'b>, ctx: &mut C) -> Result<Self, decode::Error> {
        if d.datatype()? == Type::Array {
            d.array()?;
            d.skip()?;
            return ReadErrorCode::decode(d, ctx).map(ReadState::Failed);
        }
        let name = d.str()?;
        let known = READ_STATES.into_iter().find(|state| state.as_str() == name);
        known.ok_or_else(|| decode::Error::message("unknown ReadState"))
    }
}
