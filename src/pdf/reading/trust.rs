//! How far facts can be trusted that were concluded from recognised pages.

use crate::domain::facts::{Fact, Facts};
use crate::pdf::recognised::Recognised;
use crate::pdf::text::lines::Draft;

/// Pages from which most facts come.
const FRONT: u32 = 3;
/// Even a sure reader of scans mistakes a letter now and then.
const BEST: f32 = 0.95;

/// The confidence of recognised words on the first pages.
#[derive(Debug, Default)]
pub struct Trust {
    sum: u64,
    words: u64,
}

impl Trust {
    /// Takes a page into account.
    pub fn note(&mut self, draft: &Draft, recognised: &Recognised) {
        if !draft.page.recognised || draft.page.index >= FRONT {
            return;
        }
        for word in recognised.page(draft.page.index).into_iter().flat_map(|page| &page.words) {
            self.sum += u64::from(word.confidence);
            self.words += 1;
        }
    }

    /// Lowers the confidence of what was concluded by as much.
    pub fn lower(&self, facts: &mut Facts) {
        if self.words == 0 {
            return;
        }
        #[expect(clippy::cast_precision_loss, reason = "a mean")]
        let share = self.sum as f32 / self.words as f32 / 100.0 * BEST;
        let Facts { title, alternate_title, authors, abstract_text, doi, arxiv, year, .. } = facts;
        let texts = [title, alternate_title, abstract_text, doi, arxiv].into_iter();
        texts
            .chain([&mut facts.venue, &mut facts.volume, &mut facts.issue, &mut facts.pages])
            .flatten()
            .for_each(|fact| lower(fact, share));
        // Names are in no dictionary, and the signs of their footnotes are easily taken for letters.
        authors.iter_mut().for_each(|fact| lower(fact, share * share));
        year.iter_mut().for_each(|fact| lower(fact, share));
    }
}

fn lower<T>(fact: &mut Fact<T>, share: f32) {
    fact.confidence = (fact.confidence * share * 1000.0).round() / 1000.0;
}
