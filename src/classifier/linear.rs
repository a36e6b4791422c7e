//! Multinomial logistic regression over sparse vectors: fitting, small whole-number weights, probabilities.

use super::minimise::{Stop, minimise};
use super::vocabulary::Known;

/// One vector to learn from.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Features and their values.
    pub vector: Vec<(u32, f32)>,
    pub class: usize,
    /// How much it counts.
    pub weight: f64,
}

/// What a fit gives: a bias for each class, then for each feature a weight for each class.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted {
    pub bias: Vec<f64>,
    pub weights: Vec<f64>,
}

/// A score for each class: the bias, and for each feature a whole number times `scale` times its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Linear {
    pub bias: Vec<f32>,
    pub scale: f32,
    /// Feature by feature, one for each class.
    pub weights: Vec<i8>,
}

/// The score of a class that cannot be.
const IMPOSSIBLE: f64 = -1e6;

/// Samples are summed in so many strands side by side; the number is part of the result's last bits.
const STRANDS: usize = 2;

/// The most classes that can be told apart.
pub const CLASSES: usize = 64;

/// The weights that minimise `strength` times the weighted log loss plus half their squared length. There may be up to
/// [`CLASSES`] classes.
pub fn fit(samples: &[Sample], features: usize, classes: usize, strength: f64, stop: Stop) -> Fitted {
    // The loops over classes are of a known length, which makes them several times as fast.
    match classes {
        0..=2 => fit_in::<2>(samples, features, classes, strength, stop),
        3..=4 => fit_in::<4>(samples, features, classes, strength, stop),
        5 => fit_in::<5>(samples, features, classes, strength, stop),
        6..=8 => fit_in::<8>(samples, features, classes, strength, stop),
        9..=16 => fit_in::<16>(samples, features, classes, strength, stop),
        _ => fit_in::<CLASSES>(samples, features, classes, strength, stop),
    }
}

/// The fit in rows of `K` classes, of which those from `classes` on are impossible from the beginning.
fn fit_in<const K: usize>(samples: &[Sample], features: usize, classes: usize, strength: f64, stop: Stop) -> Fitted {
    let mut point = vec![0.0; (features + 1) * K];
    point[classes..K].fill(IMPOSSIBLE);
    minimise(&mut point, stop, |point, gradient| loss::<K>(samples, strength, point, gradient));
    let mut rows = point.chunks_exact(K).map(|row| row[..classes].to_vec());
    Fitted { bias: rows.next().unwrap_or_default(), weights: rows.flatten().collect() }
}

impl Linear {
    /// The fit with each weight as one of 255 steps of the same height.
    pub fn rounded(fitted: &Fitted) -> Linear {
        let largest = fitted.weights.iter().fold(0.0_f64, |largest, weight| largest.max(weight.abs()));
        let scale = if largest > 0.0 { (largest / 127.0) as f32 } else { 1.0 };
        let step = |weight: &f64| (weight / f64::from(scale)).round().clamp(-127.0, 127.0) as i8;
        let bias = fitted.bias.iter().map(|bias| *bias as f32).collect();
        Linear { bias, scale, weights: fitted.weights.iter().map(step).collect() }
    }

    pub fn classes(&self) -> usize {
        self.bias.len()
    }

    /// What a feature of a value adds to the score of each class.
    pub fn shares(&self, feature: u32, value: f64) -> impl Iterator<Item = f64> {
        let (start, classes) = (feature as usize * self.classes(), self.classes());
        let factor = value * f64::from(self.scale);
        self.weights[start..start + classes].iter().map(move |weight| factor * f64::from(*weight))
    }

    /// Bias plus all shares, for each class.
    pub fn scores(&self, vector: &[Known]) -> Vec<f64> {
        let mut scores: Vec<_> = self.bias.iter().map(|bias| f64::from(*bias)).collect();
        for known in vector {
            for (score, share) in scores.iter_mut().zip(self.shares(known.feature, known.value)) {
                *score += share;
            }
        }
        scores
    }
}

/// Scores as probabilities that sum to 1.
pub fn softmax(scores: &[f64]) -> Vec<f64> {
    let mut parts = scores.to_vec();
    softmax_in_place(&mut parts);
    parts
}

fn softmax_in_place(scores: &mut [f64]) {
    let largest = scores.iter().fold(f64::NEG_INFINITY, |largest, score| largest.max(*score));
    for score in &mut *scores {
        *score = libm::exp(*score - largest);
    }
    let sum: f64 = scores.iter().sum();
    for score in scores {
        *score /= sum;
    }
}

fn loss<const K: usize>(samples: &[Sample], strength: f64, point: &[f64], gradient: &mut [f64]) -> f64 {
    let size = samples.len().div_ceil(STRANDS).max(1);
    let parts: Vec<(f64, Vec<f64>)> = std::thread::scope(|scope| {
        let strand = |part| scope.spawn(move || strand::<K>(part, point));
        let strands: Vec<_> = samples.chunks(size).map(strand).collect();
        strands.into_iter().map(|strand| strand.join().expect("a strand only computes")).collect()
    });
    let mut value = 0.0;
    gradient.fill(0.0);
    for (part, slopes) in parts {
        value += part;
        gradient.iter_mut().zip(slopes).for_each(|(to, slope)| *to += slope);
    }
    for slope in &mut *gradient {
        *slope *= strength;
    }
    let weights = &point[K..];
    gradient[K..].iter_mut().zip(weights).for_each(|(slope, weight)| *slope += weight);
    strength * value + weights.iter().map(|weight| weight * weight).sum::<f64>() / 2.0
}

/// The weighted loss of some samples, and its gradient.
fn strand<const K: usize>(samples: &[Sample], point: &[f64]) -> (f64, Vec<f64>) {
    let mut gradient = vec![0.0; point.len()];
    let (rows, _) = point.as_chunks::<K>();
    let (slopes, _) = gradient.as_chunks_mut::<K>();
    let mut value = 0.0;
    for sample in samples {
        let mut errors = rows[0];
        for (feature, amount) in &sample.vector {
            let (row, amount) = (&rows[*feature as usize + 1], f64::from(*amount));
            for class in 0..K {
                errors[class] += amount * row[class];
            }
        }
        softmax_in_place(&mut errors);
        value -= sample.weight * libm::log(errors[sample.class].max(f64::MIN_POSITIVE));
        errors[sample.class] -= 1.0;
        for class in 0..K {
            errors[class] *= sample.weight;
            slopes[0][class] += errors[class];
        }
        for (feature, amount) in &sample.vector {
            let (row, amount) = (&mut slopes[*feature as usize + 1], f64::from(*amount));
            for class in 0..K {
                row[class] += amount * errors[class];
            }
        }
    }
    (value, gradient)
}
