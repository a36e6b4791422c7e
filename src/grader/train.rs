//! The model, learnt from labelled answers.

mod answers;
mod fit;
mod forest;
mod logistic;
mod report;
mod sample;
mod training;

pub use answers::{Answer, Said, Unreadable, read};
pub use fit::fit;
pub use sample::{Sample, Subject, samples};
pub use training::{Judged, Learned, LeftOut, Training};

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

    fn append(&mut self, other: Examples) {
        self.rows.extend(other.rows);
        self.truths.extend(other.truths);
        self.counts.extend(other.counts);
    }
}
