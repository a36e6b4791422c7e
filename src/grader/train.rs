//! The model, learnt from labelled answers.

mod answers;
mod chance;
mod fit;
mod forest;
mod logistic;

use std::sync::Arc;

pub use answers::{Answer, Said, Unreadable, read};
pub use fit::{Sample, fit, samples};

use super::lexicon::Lexicon;
use crate::card::{Id, Recall};

/// Rows with what is true of them; each counts so many times.
#[derive(Debug, Clone, Default)]
pub struct Examples {
    rows: Vec<Vec<f64>>,
    truths: Vec<bool>,
    counts: Vec<f64>,
}

impl Examples {
    fn add(&mut self, rows: &[Vec<f64>], truths: &[bool], count: f64) {
        self.rows.extend(rows.iter().cloned());
        self.truths.extend(truths);
        self.counts.extend(truths.iter().map(|_| count));
    }
}

/// Learns a model and writes it as a model file has it. The same decks and answers give the same bytes on every machine.
pub fn train(decks: &[Vec<(Id, Recall)>], answers: &[Answer]) -> Vec<u8> {
    let lexicon = Arc::new(Lexicon::shipped());
    let samples: Vec<Sample> = decks.iter().flat_map(|deck| samples(&lexicon, deck, answers)).collect();
    let model = fit(&samples.iter().collect::<Vec<_>>());
    postcard::to_allocvec(&model).expect("a model is numbers")
}
