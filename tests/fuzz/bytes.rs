//! Arbitrary and changed bytes into the frames of both directions and into the codecs of what is kept.

use std::time::{Duration, Instant};

use scrollkeeper::domain::facts::ReadErrorCode;
use scrollkeeper::pdf::codec::{self, Packing};
use scrollkeeper::pdf::frames::{self, Answer, Bounds, PROTOCOL, Request};
use scrollkeeper::pdf::sandbox::{Attempt, Report};
use scrollkeeper::pdf::{ReadEvent, WholeDocument};

use super::Plan;
use super::files::{LIMITS, Workers};
use super::numbers::Numbers;
use super::seeds;

/// What a document is read to, for bytes to begin from.
pub async fn documents() -> Vec<WholeDocument> {
    let workers = Workers::start(LIMITS);
    let mut read = Vec::new();
    for seed in seeds::made() {
        read.extend(workers.read(&seed).await);
    }
    assert!(read.len() >= 6, "most of what is made can be read");
    read
}

fn requests() -> Vec<Vec<u8>> {
    let bounds = Bounds { cpu_s: 1, memory_bytes: 1 << 30, max_pages: 9, max_image_pixels: 9 };
    let requests = [
        Request::Hello { protocol: PROTOCOL, memory_bytes: 1 << 30 },
        Request::Read { password: Some("open sesame".to_owned()), bounds },
        Request::Draw { password: None, bounds, page_index: 3, width_px: 320 },
        Request::Probe { attempt: Attempt::Fork, bounds },
    ];
    requests.iter().map(frames::encode_request).collect()
}

fn answers(read: &[WholeDocument]) -> Vec<Vec<u8>> {
    let mut answers = vec![
        Answer::Ready(Report::default()),
        Answer::Event(ReadEvent::Progress { page: 1, pages: 9 }),
        Answer::Picture(vec![7; 99]),
        Answer::Done,
        Answer::Failed(ReadErrorCode::Damaged, "It is damaged.".to_owned()),
        Answer::Refused(true),
    ];
    for document in read {
        answers.push(Answer::Event(ReadEvent::Head(Box::new(document.head.clone()))));
        answers.push(Answer::Event(ReadEvent::Facts(Box::new(document.facts.clone()))));
        answers.extend(document.slices.iter().map(|slice| Answer::Event(ReadEvent::Slice(Box::new(slice.clone())))));
    }
    answers.iter().map(frames::encode_answer).collect()
}

fn kept(read: &[WholeDocument]) -> Vec<Vec<u8>> {
    let mut out = Vec::new();
    for packing in [Packing::Plain, Packing::Packed] {
        for document in read {
            out.push(codec::head_bytes(&document.head, packing));
            out.push(codec::facts_bytes(&document.facts, packing));
            out.extend(document.slices.iter().map(|slice| codec::slice_bytes(slice, packing)));
        }
    }
    out
}

/// Openings of CBOR values with lengths beyond all memory, and of values that hold others for ever.
const OPENINGS: [&[u8]; 10] = [
    &[0x9B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
    &[0x9A, 0x7F, 0xFF, 0xFF, 0xFF],
    &[0xBB, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
    &[0x5B, 0, 0, 0, 0x80, 0, 0, 0, 0],
    &[0x7A, 0xFF, 0xFF, 0xFF, 0xFF],
    &[0x81; 64],
    &[0x9F; 64],
    &[0xC1; 64],
    &[0xFB, 0x7F, 0xF8, 0, 0, 0, 0, 0, 0],
    &[0x3B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
];

fn change(bytes: &mut Vec<u8>, numbers: &mut Numbers) {
    for _ in 0..1 + numbers.small(6) {
        let at = numbers.below(bytes.len());
        match numbers.below(7) {
            0 | 1 => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << numbers.below(8)),
            2 => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte = numbers.byte()),
            3 => bytes.truncate(at),
            4 => {
                let part = numbers.part(bytes.len(), 40);
                let piece = bytes[part].repeat(1 + numbers.small(30));
                bytes.splice(at..at, piece);
            }
            5 => {
                bytes.splice(at..(at + 1).min(bytes.len()), numbers.pick(&OPENINGS).to_vec());
            }
            _ => drop(bytes.drain(numbers.part(bytes.len(), 40))),
        }
    }
}

fn decode(bytes: &[u8]) -> u32 {
    let sound = [
        frames::decode_request(bytes).is_some(),
        frames::decode_answer(bytes).is_some(),
        codec::decode_head(bytes).is_ok(),
        codec::decode_slice(bytes).is_ok_and(|slice| {
            // What is taken is whole: it can be kept and read again.
            assert!(codec::decode_slice(&codec::encode_slice(&slice)).is_ok());
            true
        }),
        codec::decode_facts(bytes).is_ok(),
    ];
    sound.into_iter().map(u32::from).sum()
}

#[tokio::test]
async fn changed_and_arbitrary_bytes_are_told_from_frames_and_records() {
    let plan = Plan::read(250);
    let read = documents().await;
    // As they arrive: the length is gone.
    let mut seeds: Vec<Vec<u8>> =
        [requests(), answers(&read)].concat().iter().map(|frame| frame[4..].to_vec()).collect();
    seeds.iter().for_each(|seed| assert!(decode(seed) > 0, "{seed:?}"));
    seeds.extend(kept(&read));
    let (mut taken, mut slowest) = (0, Duration::ZERO);
    let cases = plan.count * 10;
    for case in 0..cases {
        let mut numbers = Numbers::of(plan.seed ^ 0xB17E5, case);
        let mut bytes = numbers.pick(&seeds).clone();
        if numbers.once_in(10) {
            let count = numbers.small(600);
            let begin = bytes.len().min(2);
            bytes.splice(begin.., numbers.bytes(count));
        }
        change(&mut bytes, &mut numbers);
        let began = Instant::now();
        taken += u64::from(decode(&bytes) > 0);
        slowest = slowest.max(began.elapsed());
        let _ = frames::length([numbers.byte(), numbers.byte(), numbers.byte(), numbers.byte()]);
    }
    println!("{cases} changed frames and records: {taken} taken as sound; slowest {} ms", slowest.as_millis());
    assert!(slowest < Duration::from_secs(10), "{slowest:?}");
}

#[test]
fn only_lengths_of_sound_frames_are_taken() {
    assert_eq!(frames::length([0; 4]), None);
    assert_eq!(frames::length([1, 0, 0, 0]), Some(1));
    assert_eq!(frames::length([0xFF; 4]), None);
    let most = u32::try_from(frames::FRAME_MAX).unwrap();
    assert_eq!(frames::length(most.to_le_bytes()), Some(frames::FRAME_MAX));
    assert_eq!(frames::length((most + 1).to_le_bytes()), None);
}
