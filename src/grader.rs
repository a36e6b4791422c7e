//! Which key points a typed answer covers, and why.
//!
//! An answer is cut into windows, each window is compared with every line of the card, and what is measured there
//! becomes a probability by a small model that was learnt from labelled answers (`assets/grader/MODEL.md`). Nothing of
//! what is measured knows which card it serves.

mod bits;
mod features;
mod judge;
mod language;
mod lexicon;
mod model;
mod polarity;
mod reading;
mod rubric;
mod sides;
mod tokens;
pub mod train;
mod verdict;
mod windows;

use std::sync::Arc;

use judge::Model;
use language::Language;
use lexicon::Lexicon;
use reading::Reading;
use rubric::Rubric;

pub use verdict::{Finding, Mark, Quote, Suspicion, Verdict};

use crate::card::Recall;

/// The model that is shipped.
const MODEL: &[u8] = include_bytes!("../assets/grader/grader.model");

/// Marks answers to the cards of one deck.
pub struct Grader {
    language: Language,
    model: Model,
}

impl Grader {
    /// Learns the language of a deck from its cards. The tables of words and the model are the shipped ones.
    pub fn new<'c>(cards: impl IntoIterator<Item = &'c Recall> + Clone) -> Grader {
        let model = postcard::from_bytes(MODEL).expect("the shipped model is compared with its training by a test");
        Grader { language: Language::new(Arc::new(Lexicon::shipped()), cards), model }
    }

    /// Marks an answer to a card of the deck. Any text is an answer; of a very long one the first 3000 words are read.
    ///
    /// The same card, deck and answer give the same verdict on every machine.
    pub fn grade(&self, card: &Recall, answer: &str) -> Verdict {
        let rubric = Rubric::new(&self.language, card);
        match Reading::new(&self.language, &rubric, answer) {
            Some(reading) => Verdict::on(&reading, &self.model),
            None => Verdict::on_nothing(&rubric),
        }
    }
}
