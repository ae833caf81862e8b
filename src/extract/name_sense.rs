//! How much a word looks like a person's name, by its letters: a small logistic model learned by `tests/train/names.py`.

use super::wording::words;

/// The bias, then one weight a slot, both in steps of 1/24.
static WEIGHTS: &[u8; 1 + (1 << BITS)] = include_bytes!("names.weights");

const BITS: u32 = 14;
const STEP: f32 = 1.0 / 24.0;
/// No word says more than this.
const MOST: f32 = 4.0;

/// The mean over the capitalised words of a text: above 0 like names, below it like other words. `None` where the text has
/// no such word in Latin letters, of which alone the model knows anything.
pub(super) fn sense(text: &str) -> Option<f32> {
    let (mut sum, mut count) = (0.0, 0u32);
    for word in words(text) {
        // Marks of affiliations may stick to the name.
        let word = word.trim_end_matches(|c: char| c.is_numeric());
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let latin = word.chars().all(|c| (c as u32) < 0x250 || (0x1E00..0x1F00).contains(&(c as u32)) || c == '’');
        if letters >= 2 && latin && word.starts_with(char::is_uppercase) && !word.contains(|c: char| c.is_ascii_digit())
        {
            sum += of_word(word);
            count += 1;
        }
    }
    (count > 0).then(|| sum / count as f32)
}

fn of_word(word: &str) -> f32 {
    let lower: Vec<char> = std::iter::once('^').chain(word.chars().flat_map(char::to_lowercase)).chain(['$']).collect();
    let inner = &lower[1..lower.len() - 1];
    let mut slots: Vec<u16> = Vec::with_capacity(lower.len() * 3);
    for n in 2..=4 {
        slots.extend(lower.windows(n).map(|gram| slot(None, gram)));
    }
    slots.push(slot(Some('#'), inner));
    let length: Vec<char> = inner.len().min(12).to_string().chars().collect();
    slots.push(slot(Some('L'), &length));
    slots.sort_unstable();
    slots.dedup();
    let weight = |at: usize| f32::from(i8::from_le_bytes([WEIGHTS[at]]));
    let sum: f32 = weight(0) + slots.iter().map(|&at| weight(1 + usize::from(at))).sum::<f32>();
    (sum * STEP).clamp(-MOST, MOST)
}

/// FNV-1a of the letters, folded into the slots.
fn slot(lead: Option<char>, letters: &[char]) -> u16 {
    let mut hash = 0x811c_9dc5u32;
    let mut buffer = [0u8; 4];
    for c in lead.iter().chain(letters) {
        for byte in c.encode_utf8(&mut buffer).bytes() {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
    }
    ((hash ^ (hash >> 15)) & ((1 << BITS) - 1)) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_words_of_titles_and_addresses() {
        for names in [
            "Anna Muster, Bert van der Probe",
            "Maxime W. Lafarge1",
            "WEI ZHANG",
            "José García-Peña",
            "Hans-Jürgen Schmidt",
        ] {
            assert!(sense(names).is_some_and(|s| s > 0.0), "{names}: {:?}", sense(names));
        }
        for others in ["File System Design", "Institute of Inlet Research", "Hierarchical Routing Protocols"] {
            assert!(sense(others).is_some_and(|s| s < -0.9), "{others}: {:?}", sense(others));
        }
    }

    #[test]
    fn of_other_scripts_it_says_nothing() {
        assert_eq!(sense("张三，李四"), None);
        assert_eq!(sense("Анна Петрова"), None);
    }
}
