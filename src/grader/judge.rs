//! From what was measured to probabilities: each claim by itself, then all of an answer together.

use serde::{Deserialize, Serialize};

use super::features::{Of, Whole, is_of_another_side, of_misconception, of_point};
use super::model::{Mix, logit};
use super::reading::{Matches, Reading};
use super::wording::states;

/// What stands for the logit of a rival where there is none.
const NO_RIVAL: f64 = -3.0;
/// The probability of what no word speaks for, at most.
const NOTHING: f64 = 0.05;
/// The probability of what the author's own answer says.
const CERTAIN: f64 = 0.99;

/// All that was learnt from labelled answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Model {
    pub points: Mix,
    pub misconceptions: Mix,
    /// Over what the first two say of the whole answer.
    pub together: Mix,
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
    /// By point: the misconceptions of which that is true.
    pub against: Vec<Vec<usize>>,
    /// The logarithm of the number of words.
    pub length: f64,
    pub exceptions: Exceptions,
}

/// What no model has to judge.
#[derive(Debug, Clone, PartialEq)]
pub struct Exceptions {
    /// The author's own answer stands in it.
    pub is_model_answer: bool,
    /// It says what the question says, and no more.
    pub is_echo: bool,
    /// By point: it is stated in the words of the deck.
    pub stated: Vec<bool>,
    /// By point: no word speaks for it.
    pub wordless: Vec<bool>,
    /// By misconception: most of its words are said of another side of the comparison.
    pub refuted: Vec<bool>,
}

impl Exceptions {
    fn new(reading: &Reading) -> Exceptions {
        let is_refuted = |at| is_of_another_side(reading, &Of::misconception(reading, at));
        Exceptions {
            is_model_answer: reading.has_model_answer(),
            is_echo: reading.is_echo(),
            stated: reading.rubric.points.iter().map(|claim| states(reading, claim)).collect(),
            wordless: reading.points.iter().map(|point| point.similarity(reading.whole()) <= 0.0).collect(),
            refuted: (0..reading.misconceptions.len()).map(is_refuted).collect(),
        }
    }

    fn apply(&self, points: &mut [f64], misconceptions: &mut [f64]) {
        for ((probability, is_stated), is_wordless) in points.iter_mut().zip(&self.stated).zip(&self.wordless) {
            *probability = match () {
                () if self.is_model_answer || *is_stated => CERTAIN,
                () if self.is_echo || *is_wordless => probability.min(NOTHING),
                () => *probability,
            };
        }
        for (probability, is_refuted) in misconceptions.iter_mut().zip(&self.refuted) {
            if *is_refuted || self.is_model_answer {
                *probability = 0.0;
            }
        }
    }
}

impl Measured {
    pub fn new(reading: &Reading) -> Measured {
        let whole = Whole::new(reading);
        let of = |at: usize| of_point(reading, &whole, at).values;
        let of_wrong = |at: usize| of_misconception(reading, &whole, at).values;
        let window = |matches: &Matches| reading.window(matches.window).words.clone();
        let overlaps = |own: usize, other: &Matches| {
            let (own, other) = (window(&reading.points[own]), window(other));
            let common = own.end.min(other.end).saturating_sub(own.start.max(other.start));
            common * 2 > own.len()
        };
        let is_rival = |own: usize, other: usize| other != own && overlaps(own, &reading.points[other]);
        let against = |own: usize| {
            let wrong = reading.misconceptions.iter().enumerate();
            wrong.filter(|(_, other)| overlaps(own, other)).map(|(at, _)| at).collect()
        };
        let count = reading.points.len();
        Measured {
            points: (0..count).map(of).collect(),
            misconceptions: (0..reading.misconceptions.len()).map(of_wrong).collect(),
            rivals: (0..count).map(|own| (0..count).filter(|other| is_rival(own, *other)).collect()).collect(),
            against: (0..count).map(against).collect(),
            length: libm::log(reading.words.len() as f64),
            exceptions: Exceptions::new(reading),
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
            let against = self.against[own].iter().map(|at| logit(misconceptions[*at])).fold(NO_RIVAL, f64::max);
            let mut told = vec![logits[own], mean(&logits), greatest, mean(points), over, strong, wrong, all_wrong];
            told.extend([self.length, against]);
            told.extend(&self.points[own]);
            told
        };
        (0..logits.len()).map(row).collect()
    }
}

impl Model {
    /// The probability that each point was said, and that each misconception was.
    pub fn judge(&self, measured: &Measured) -> (Vec<f64>, Vec<f64>) {
        let alone: Vec<f64> = measured.points.iter().map(|row| self.points.probability(row)).collect();
        let mut wrong: Vec<f64> =
            measured.misconceptions.iter().map(|row| self.misconceptions.probability(row)).collect();
        let together = measured.together(&alone, &wrong);
        let mut points: Vec<f64> = together.iter().map(|row| self.together.probability(row)).collect();
        measured.exceptions.apply(&mut points, &mut wrong);
        (points, wrong)
    }
}
