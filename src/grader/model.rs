//! From numbers to a probability: a logistic regression and small trees, which say it together.

use serde::{Deserialize, Serialize};

/// No probability is nearer to 0 or 1 than this before two are brought together.
const FLOOR: f64 = 1e-4;

/// The logarithm of the odds of a probability.
pub fn logit(probability: f64) -> f64 {
    let probability = probability.clamp(FLOOR, 1.0 - FLOOR);
    libm::log(probability / (1.0 - probability))
}

/// The probability of which this is the logit.
pub fn sigmoid(logit: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-logit))
}

/// A logistic regression over features that are brought to mean 0 and deviation 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Logistic {
    pub mean: Vec<f32>,
    /// One over the standard deviation; 0 for a feature that never changed.
    pub scale: Vec<f32>,
    pub weight: Vec<f32>,
    pub bias: f32,
}

impl Logistic {
    pub fn logit(&self, features: &[f64]) -> f64 {
        let terms = features.iter().zip(&self.mean).zip(&self.scale).zip(&self.weight);
        let sum: f64 = terms
            .map(|(((value, mean), scale), weight)| (value - f64::from(*mean)) * f64::from(*scale) * f64::from(*weight))
            .sum();
        sum + f64::from(self.bias)
    }
}

/// Trees whose leaves add up to a logit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Forest {
    pub base: f32,
    pub trees: Vec<Tree>,
}

/// A tree as a list of nodes, the root first.
pub type Tree = Vec<Node>;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Node {
    /// To `left` if the feature is at most the limit, else to `right`.
    Split {
        feature: u8,
        limit: f32,
        left: u8,
        right: u8,
    },
    Leaf(f32),
}

impl Forest {
    pub fn logit(&self, features: &[f64]) -> f64 {
        f64::from(self.base) + self.trees.iter().map(|tree| leaf(tree, features)).sum::<f64>()
    }
}

fn leaf(tree: &Tree, features: &[f64]) -> f64 {
    let mut at = 0;
    loop {
        match tree[at] {
            Node::Leaf(value) => return f64::from(value),
            Node::Split { feature, limit, left, right } => {
                let is_left = features[usize::from(feature)] <= f64::from(limit);
                at = usize::from(if is_left { left } else { right });
            }
        }
    }
}

/// A regression and trees over the same features.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mix {
    pub logistic: Logistic,
    pub forest: Forest,
}

impl Mix {
    /// The mean of the two logits, as a probability.
    pub fn probability(&self, features: &[f64]) -> f64 {
        let kept = |value: f64| logit(sigmoid(value));
        sigmoid(f64::midpoint(kept(self.logistic.logit(features)), kept(self.forest.logit(features))))
    }
}
