//! What a model makes of a text, as far as a learner is shown it.

use std::ops::Range;

use crate::card::{Exercise, Id};
use crate::review::Opinion;

/// What a model makes of a text. Labels are known by their place in the exercise.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// None if the text lies outside of what the model knows, or says nothing.
    pub label: Option<usize>,
    /// Whether it may be shown as a verdict; else the learner is asked.
    pub is_sure: bool,
    /// One a label; their sum is 1.
    pub probabilities: Vec<f64>,
    /// Byte ranges of the text that speak for the label, in order and apart.
    pub evidence: Vec<Range<usize>>,
}

impl View {
    /// The label that the text certainly argues for.
    pub fn certain<'e>(&self, exercise: &'e Exercise) -> Option<&'e Id> {
        self.leaning(exercise).filter(|_| self.is_sure)
    }

    /// The label that it leans to, certain or not.
    pub fn leaning<'e>(&self, exercise: &'e Exercise) -> Option<&'e Id> {
        self.label.and_then(|place| exercise.labels.get(place)).map(|label| &label.id)
    }

    pub fn opinion(&self, exercise: &Exercise) -> Opinion {
        let labels = exercise.labels.iter().map(|label| label.id.clone());
        let probabilities = labels.zip(self.probabilities.iter().copied()).collect();
        Opinion { label: self.leaning(exercise).cloned(), is_sure: self.is_sure, probabilities }
    }
}
