//! The language of one deck: which words it has, and how much each of them tells.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::lexicon::{Lexicon, Stem};
use super::tokens::Terms;
use crate::card::Recall;

/// What a word weighs that the deck does not have, as a share of the heaviest.
const UNKNOWN: f64 = 0.6;
/// Points and misconceptions that a deck is taken to have at least: in a small one too, words tell something.
const FEWEST: u32 = 45;

/// The words of a deck.
pub struct Language {
    pub terms: Terms,
    /// By stem: the points and misconceptions that have it.
    owners: Vec<u32>,
    count: u32,
}

impl Language {
    /// Reads the cards of a deck.
    pub fn new<'c>(lexicon: Arc<Lexicon>, cards: impl IntoIterator<Item = &'c Recall> + Clone) -> Language {
        let mut terms = Terms::new(lexicon);
        for card in cards.clone() {
            terms.learn_names(card.question.as_str());
            claims(card).iter().flatten().for_each(|line| terms.learn_names(line));
        }
        let (mut owners, mut count) = (BTreeMap::<Stem, u32>::new(), 0);
        for claim in cards.clone().into_iter().flat_map(claims) {
            let words: BTreeSet<Stem> =
                claim.into_iter().flat_map(|line| terms.learn(line)).map(|word| word.stem).collect();
            for stem in words {
                *owners.entry(stem).or_default() += 1;
            }
            count += 1;
        }
        for card in cards {
            let names = card.sides.iter().flatten();
            [&card.question, &card.answer].into_iter().chain(names).for_each(|text| drop(terms.learn(text.as_str())));
        }
        let owners = (0..terms.len() as Stem).map(|stem| owners.get(&stem).copied().unwrap_or(0)).collect();
        Language { terms, owners, count: count.max(FEWEST) }
    }

    pub fn knows(&self, stem: Stem) -> bool {
        self.owners.get(stem as usize).is_some_and(|&owners| owners > 0)
    }

    /// Inverse document frequency; a document is all that the deck says of one point or one misconception.
    pub fn idf(&self, stem: Stem) -> f64 {
        let count = f64::from(self.count);
        match self.owners.get(stem as usize) {
            Some(&owners) if owners > 0 => libm::log(1.0 + count / (1.0 + f64::from(owners))),
            _ => UNKNOWN * libm::log(1.0 + count),
        }
    }
}

/// The lines of each point, then of each misconception.
fn claims(card: &Recall) -> Vec<Vec<&str>> {
    let points = card.points.iter().map(|point| (&point.text, &point.accept));
    let misconceptions = card.misconceptions.iter().map(|wrong| (&wrong.text, &wrong.accept));
    let lines = points.chain(misconceptions);
    lines.map(|(text, accept)| std::iter::once(text).chain(accept).map(|line| line.as_str()).collect()).collect()
}
