//! The packed weights, and the best labels of a sequence with their probabilities.

use super::features::Row;
use super::{LABELS, Label};
use std::sync::OnceLock;

static REFERENCE_WEIGHTS: &[u8] = include_bytes!("reference.weights");

const MAGIC: &[u8; 8] = b"SKCRF\0\0\x01";

type Scores = [f32; LABELS];

/// Weights by feature.
///
/// File: magic; u32 count; 16 × 16 f32 weights from label to label; for each feature u32 hash; for each feature u16 mask of
/// the labels that have a weight; then for each bit set in turn an f16 weight. All little-endian.
#[derive(Debug)]
pub(crate) struct Model {
    /// Hashes, open addressing; 0 is an empty slot.
    hashes: Vec<u32>,
    /// The row of each slot.
    rows: Vec<u16>,
    /// One weight a label, in steps of `STEP`: a row is one read.
    weights: Vec<[i16; LABELS]>,
    /// `[from][to]`
    transitions: [Scores; LABELS],
    /// exp of the same.
    factors: [Scores; LABELS],
}

/// Weights between -16 and 16.
const STEP: f32 = 1.0 / 2048.0;

/// The labels of a sequence.
#[derive(Debug, Clone, Default)]
pub(crate) struct Labelling {
    /// One a token.
    pub labels: Vec<Label>,
    /// Probability of the label given, one a token.
    pub marginals: Vec<f32>,
    /// Probability of all labels together.
    pub together: f32,
}

impl Model {
    /// The model for printed references.
    pub(crate) fn references() -> &'static Model {
        static MODEL: OnceLock<Model> = OnceLock::new();
        MODEL.get_or_init(|| Model::read(REFERENCE_WEIGHTS).expect("the weights are part of the program"))
    }

    /// Reads packed weights; `None` if they are cut short or of another kind.
    pub(crate) fn read(bytes: &[u8]) -> Option<Model> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (count, rest) = rest.split_first_chunk::<4>()?;
        let count = u32::from_le_bytes(*count) as usize;
        let (square, rest) = rest.split_at_checked(LABELS * LABELS * 4)?;
        let (hashes, rest) = rest.split_at_checked(count.checked_mul(4)?)?;
        let (masks, halves) = rest.split_at_checked(count * 2)?;
        let mut transitions = [[0.0; LABELS]; LABELS];
        for (n, chunk) in square.as_chunks::<4>().0.iter().enumerate() {
            transitions[n / LABELS][n % LABELS] = f32::from_le_bytes(*chunk);
        }
        let mut halves = halves.as_chunks::<2>().0.iter();
        let size = (count + count / 2 + 1).next_power_of_two();
        let mut model = Model {
            hashes: vec![0; size],
            rows: vec![0; size],
            weights: Vec::with_capacity(count),
            transitions,
            factors: transitions.map(|row| row.map(f32::exp)),
        };
        for (hash, mask) in hashes.as_chunks::<4>().0.iter().zip(masks.as_chunks::<2>().0) {
            let (hash, mut mask) = (u32::from_le_bytes(*hash).max(1), u16::from_le_bytes(*mask));
            let mut row = [0i16; LABELS];
            while mask != 0 {
                let weight = from_half(u16::from_le_bytes(*halves.next()?));
                row[mask.trailing_zeros() as usize] = (weight / STEP).round() as i16;
                mask &= mask - 1;
            }
            let mut at = hash as usize & (size - 1);
            while model.hashes[at] != 0 {
                at = (at + 1) & (size - 1);
            }
            model.hashes[at] = hash;
            model.rows[at] = u16::try_from(model.weights.len()).ok()?;
            model.weights.push(row);
        }
        halves.next().is_none().then_some(model)
    }

    /// The best labels of a sequence of features.
    pub(crate) fn label(&self, rows: &[Row]) -> Labelling {
        let scores: Vec<Scores> = rows.iter().map(|row| self.score(row)).collect();
        if scores.is_empty() {
            return Labelling::default();
        }
        let (labels, best) = self.viterbi(&scores);
        let (marginals, all) = self.marginals(&scores, &labels);
        Labelling {
            labels: labels.iter().map(|&label| Label::ALL[usize::from(label)]).collect(),
            marginals,
            together: (best - all).exp().clamp(0.0, 1.0) as f32,
        }
    }

    fn score(&self, row: &Row) -> Scores {
        let mut sums = [0i32; LABELS];
        let bits = self.hashes.len() - 1;
        for &hash in row {
            let hash = hash.max(1);
            let mut at = hash as usize & bits;
            while self.hashes[at] != hash && self.hashes[at] != 0 {
                at = (at + 1) & bits;
            }
            if self.hashes[at] == hash {
                let weights = &self.weights[usize::from(self.rows[at])];
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum += i32::from(*weight);
                }
            }
        }
        sums.map(|sum| sum as f32 * STEP)
    }

    /// The best path and its score.
    fn viterbi(&self, scores: &[Scores]) -> (Vec<u8>, f64) {
        let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(scores.len());
        let mut best = scores[0];
        // What was subtracted to keep the numbers small.
        let mut base = 0.0f64;
        for score in &scores[1..] {
            let mut next = [f32::MIN; LABELS];
            let mut from = [0u8; LABELS];
            for (label, row) in self.transitions.iter().enumerate() {
                for to in 0..LABELS {
                    let sum = best[label] + row[to];
                    if sum > next[to] {
                        next[to] = sum;
                        from[to] = label as u8;
                    }
                }
            }
            let top = next.iter().copied().fold(f32::MIN, f32::max);
            base += f64::from(top);
            for to in 0..LABELS {
                best[to] = next[to] - top + score[to];
            }
            back.push(from);
        }
        let last = (0..LABELS).max_by(|&a, &b| best[a].total_cmp(&best[b])).unwrap_or(0);
        let mut labels = vec![last as u8; scores.len()];
        for at in (0..back.len()).rev() {
            labels[at] = back[at][usize::from(labels[at + 1])];
        }
        (labels, base + f64::from(best[last]))
    }

    /// Probability of each given label, and the logarithm of the sum over all paths.
    fn marginals(&self, scores: &[Scores], labels: &[u8]) -> (Vec<f32>, f64) {
        let mut all = 0.0f64;
        let emitted: Vec<Scores> = scores
            .iter()
            .map(|score| {
                let top = score.iter().copied().fold(f32::MIN, f32::max);
                all += f64::from(top);
                score.map(|s| (s - top).exp())
            })
            .collect();
        let mut forward: Vec<Scores> = Vec::with_capacity(scores.len());
        for (at, emit) in emitted.iter().enumerate() {
            let mut now = if at == 0 { [1.0; LABELS] } else { self.step(&forward[at - 1]) };
            let mut sum = 0.0;
            for (value, factor) in now.iter_mut().zip(emit) {
                *value *= factor;
                sum += *value;
            }
            let sum = sum.max(f32::MIN_POSITIVE);
            all += f64::from(sum).ln();
            forward.push(now.map(|value| value / sum));
        }
        let mut marginals = vec![0.0; scores.len()];
        let mut backward = [1.0f32; LABELS];
        for at in (0..scores.len()).rev() {
            let joint: f32 = forward[at].iter().zip(&backward).map(|(f, b)| f * b).sum();
            let label = usize::from(labels[at]);
            marginals[at] = (forward[at][label] * backward[label] / joint.max(f32::MIN_POSITIVE)).min(1.0);
            let mut behind = backward;
            for (value, factor) in behind.iter_mut().zip(&emitted[at]) {
                *value *= factor;
            }
            let mut sum = 0.0;
            for (label, row) in self.factors.iter().enumerate() {
                backward[label] = row.iter().zip(&behind).map(|(f, b)| f * b).sum();
                sum += backward[label];
            }
            let sum = sum.max(f32::MIN_POSITIVE);
            backward = backward.map(|value| value / sum);
        }
        (marginals, all)
    }

    fn step(&self, before: &Scores) -> Scores {
        let mut out = [0.0; LABELS];
        for (value, row) in before.iter().zip(&self.factors) {
            for to in 0..LABELS {
                out[to] += value * row[to];
            }
        }
        out
    }
}

/// A weight of 16 bits (IEEE 754 binary16, no infinities).
fn from_half(half: u16) -> f32 {
    let sign = if half & 0x8000 == 0 { 1.0 } else { -1.0 };
    let exponent = i32::from(half >> 10 & 0x1f);
    let fraction = f32::from(half & 0x3ff);
    sign * if exponent == 0 { fraction * 2f32.powi(-24) } else { (1024.0 + fraction) * 2f32.powi(exponent - 25) }
}
