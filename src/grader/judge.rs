//! From what was measured to probabilities: each claim by itself, then all of an answer together.

use serde::{Deserialize, Serialize};

use super::features::{Whole, of_misconception, of_point};
use super::model::{Logistic, Mix, logit, sigmoid};
use super::reading::Reading;

/// What stands for the logit of a rival where there is none.
const NO_RIVAL: f64 = -3.0;

/// All that was learnt from labelled answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Model {
    pub points: Mix,
    pub misconceptions: Mix,
    /// Over what the first two say of the whole answer.
    pub together: Logistic,
    pub limits: Limits,
}

/// The probabilities from which on a mark is given.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Limits {
    pub partial: f32,
    pub covered: f32,
    /// A mark is sure up to the first and from the second on.
    pub sure: (f32, f32),
    /// From where a misconception is asked about, and from where it is told.
    pub misconception: (f32, f32),
}

/// An answer in numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    pub points: Vec<Vec<f64>>,
    pub misconceptions: Vec<Vec<f64>>,
    /// By point: the others whose windows overlap more than half of its own.
    pub rivals: Vec<Vec<usize>>,
    /// The logarithm of the number of words.
    pub length: f64,
}

impl Measured {
    pub fn new(reading: &Reading) -> Measured {
        let whole = Whole::new(reading);
        let of = |at: usize| of_point(reading, &whole, at).values;
        let of_wrong = |at: usize| of_misconception(reading, &whole, at).values;
        let window = |at: usize| reading.window(reading.points[at].window).words.clone();
        let is_rival = |own: usize, other: usize| {
            let (own, other) = (window(own), window(other));
            let common = own.end.min(other.end).saturating_sub(own.start.max(other.start));
            common * 2 > own.len()
        };
        let count = reading.points.len();
        Measured {
            points: (0..count).map(of).collect(),
            misconceptions: (0..reading.misconceptions.len()).map(of_wrong).collect(),
            rivals: (0..count).map(|own| (0..count).filter(|o| *o != own && is_rival(own, *o)).collect()).collect(),
            length: libm::log(reading.words.len() as f64),
        }
    }

    /// What the second step looks at: for each point, how it stands among what was found in the answer.
    pub fn together(&self, points: &[f64], misconceptions: &[f64]) -> Vec<Vec<f64>> {
        let logits: Vec<f64> = points.iter().map(|p| logit(*p)).collect();
        let wrong = misconceptions.iter().map(|p| logit(*p)).fold(NO_RIVAL, f64::max);
        let all_wrong: f64 = misconceptions.iter().sum();
        let row = |own: usize| {
            let others: Vec<usize> = (0..logits.len()).filter(|other| *other != own).collect();
            let mean = |values: &[f64]| {
                if others.is_empty() {
                    0.0
                } else {
                    others.iter().map(|o| values[*o]).sum::<f64>() / others.len() as f64
                }
            };
            let most = |of: &[usize]| of.iter().map(|other| logits[*other]).fold(f64::NEG_INFINITY, f64::max);
            let rivals = &self.rivals[own];
            let over = if rivals.is_empty() { NO_RIVAL } else { most(rivals) - logits[own] };
            let strong = rivals.iter().filter(|other| logits[**other] > 0.0).count() as f64;
            let greatest = if others.is_empty() { 0.0 } else { most(&others) };
            vec![logits[own], mean(&logits), greatest, mean(points), over, strong, wrong, all_wrong, self.length]
        };
        (0..logits.len()).map(row).collect()
    }
}

impl Model {
    /// The probability that each point was said, and that each misconception was.
    pub fn judge(&self, measured: &Measured) -> (Vec<f64>, Vec<f64>) {
        let alone: Vec<f64> = measured.points.iter().map(|row| self.points.probability(row)).collect();
        let wrong: Vec<f64> = measured.misconceptions.iter().map(|row| self.misconceptions.probability(row)).collect();
        let points = measured.together(&alone, &wrong).iter().map(|row| sigmoid(self.together.logit(row))).collect();
        (points, wrong)
    }
}
