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

/// The value of the leaf that the features lead to.
pub fn leaf(tree: &[Node], features: &[f64]) -> f64 {
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

/// A regression and forests over the same features.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mix {
    pub logistic: Logistic,
    /// Grown from different rows; their mean counts.
    pub forests: Vec<Forest>,
    /// What the regression counts, from 0 to 1.
    pub share: f32,
}

impl Mix {
    /// The weighed mean of the logits, as a probability.
    pub fn probability(&self, features: &[f64]) -> f64 {
        let share = f64::from(self.share);
        let grown: f64 = self.forests.iter().map(|forest| forest.logit(features)).sum();
        let grown = bounded(grown / self.forests.len() as f64);
        sigmoid(share * bounded(self.logistic.logit(features)) + (1.0 - share) * grown)
    }
}

fn bounded(value: f64) -> f64 {
    logit(sigmoid(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logit_and_probability_are_each_other_s_inverse() {
        for probability in [0.001, 0.3, 0.5, 0.97] {
            assert!((sigmoid(logit(probability)) - probability).abs() < 1e-12);
        }
        assert!(logit(0.0).is_finite() && logit(1.0).is_finite());
    }

    #[test]
    fn a_tree_leads_to_the_left_up_to_its_limit() {
        let tree = [Node::Split { feature: 1, limit: 0.5, left: 1, right: 2 }, Node::Leaf(-1.0), Node::Leaf(2.0)];
        assert_eq!([leaf(&tree, &[9.0, 0.5]), leaf(&tree, &[9.0, 0.6])], [-1.0, 2.0]);
    }
}
