//! The last step of the classifier: how much the whole text counts, and how much its decisive clauses.

use super::linear::{Fitted, Sample, fit};
use super::minimise::Stop;

/// For each class a score from the scores of the whole text and those of its decisive clauses.
#[derive(Debug, Clone, PartialEq)]
pub struct Mix {
    pub bias: Vec<f32>,
    /// Class by class of the result: what each class of the whole text adds.
    pub whole: Vec<f32>,
    /// The same of the decisive clauses.
    pub near: Vec<f32>,
}

/// The two sets of scores of a text that was not learned from, and what it should have been.
#[derive(Debug, Clone)]
pub struct Row {
    pub whole: Vec<f64>,
    pub near: Vec<f64>,
    pub class: usize,
    pub weight: f64,
}

const STRENGTH: f64 = 0.03;
const STOP: Stop = Stop { iterations: 200, change: 1e-8 };

impl Mix {
    pub fn fit(rows: &[&Row], classes: usize) -> Mix {
        let scale = |scores: fn(&Row) -> &[f64]| {
            let squares: f64 = rows.iter().flat_map(|row| centred(scores(row))).map(|score| score * score).sum();
            (squares / (rows.len() * classes).max(1) as f64).sqrt().max(1e-9)
        };
        let (of_whole, of_near) = (scale(|row| &row.whole), scale(|row| &row.near));
        let sample = |row: &&Row| {
            let whole = centred(&row.whole).into_iter().map(|score| score / of_whole);
            let near = centred(&row.near).into_iter().map(|score| score / of_near);
            Sample {
                vector: (0..).zip(whole.chain(near).map(|score| score as f32)).collect(),
                class: row.class,
                weight: row.weight,
            }
        };
        let samples: Vec<_> = rows.iter().map(sample).collect();
        let Fitted { bias, weights } = fit(&samples, 2 * classes, classes, STRENGTH, STOP);
        let (whole, near) = weights.split_at(classes * classes);
        Mix {
            bias: bias.into_iter().map(|bias| bias as f32).collect(),
            whole: turned(whole, classes, of_whole),
            near: turned(near, classes, of_near),
        }
    }

    /// What a base score vector adds to each class, when it stands in a clause that is decisive to the degree `near`,
    /// from 0 to 1.
    pub fn add(&self, base: &[f64], near: f64, scores: &mut [f64]) {
        let classes = self.bias.len();
        for (class, score) in scores.iter_mut().enumerate() {
            let row = class * classes..(class + 1) * classes;
            for ((base, whole), close) in base.iter().zip(&self.whole[row.clone()]).zip(&self.near[row]) {
                *score += base * (f64::from(*whole) + near * f64::from(*close));
            }
        }
    }
}

/// Without their mean, which says nothing about which class is likelier.
fn centred(scores: &[f64]) -> Vec<f64> {
    let mean = scores.iter().sum::<f64>() / scores.len().max(1) as f64;
    scores.iter().map(|score| score - mean).collect()
}

/// The weights by class of the result, so that base scores need neither be centred nor scaled.
fn turned(weights: &[f64], classes: usize, scale: f64) -> Vec<f32> {
    let mut turned = Vec::with_capacity(weights.len());
    for class in 0..classes {
        let column: Vec<_> = (0..classes).map(|base| weights[base * classes + class] / scale).collect();
        turned.extend(centred(&column).into_iter().map(|weight| weight as f32));
    }
    turned
}
