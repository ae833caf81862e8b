//! The order of encoded keys is the order of what they hold.

use proptest::prelude::*;
use proptest::test_runner::Config;

use super::super::tuple::{TupleKey, TupleReader};

type Parts = (u64, i64, Vec<u8>, String, u8, u128);

fn encode(parts: &Parts) -> Vec<u8> {
    TupleKey::new().u64(parts.0).i64(parts.1).bytes(&parts.2).text(&parts.3).byte(parts.4).u128(parts.5).done()
}

fn decode(bytes: &[u8]) -> Option<Parts> {
    let mut reader = TupleReader::new(bytes);
    Some((reader.u64()?, reader.i64()?, reader.bytes()?, reader.text()?, reader.byte()?, reader.u128()?))
}

/// Values that collide often, so that later parts are compared too.
fn parts() -> impl Strategy<Value = Parts> {
    let number = prop_oneof![Just(0), Just(1), Just(u64::MAX), any::<u64>()];
    let signed = prop_oneof![Just(0), Just(-1), Just(i64::MIN), Just(i64::MAX), any::<i64>()];
    let bytes = prop::collection::vec(prop_oneof![Just(0u8), Just(1), Just(0xff), any::<u8>()], 0..4);
    let text = prop_oneof![Just(String::new()), Just("a".to_owned()), Just("a\0".to_owned()), "\\PC{0,3}"];
    (number, signed, bytes, text, any::<u8>(), any::<u128>())
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::default() })]

    #[test]
    fn encoded_keys_are_ordered_as_their_parts(left in parts(), right in parts()) {
        prop_assert_eq!(encode(&left).cmp(&encode(&right)), left.cmp(&right));
    }

    #[test]
    fn a_key_reads_back_as_it_was_written(parts in parts()) {
        prop_assert_eq!(decode(&encode(&parts)), Some(parts));
    }

    #[test]
    fn newest_first_turns_the_order_round(left: u64, right: u64) {
        let encode = |number| TupleKey::new().newest(number).done();
        prop_assert_eq!(encode(left).cmp(&encode(right)), right.cmp(&left));
        prop_assert_eq!(TupleReader::new(&encode(left)).newest(), Some(left));
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes: Vec<u8>) {
        decode(&bytes);
        let mut reader = TupleReader::new(&bytes);
        let _ = (reader.key(), reader.sha(), reader.time());
    }
}
