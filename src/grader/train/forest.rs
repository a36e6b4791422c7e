//! Gradient boosting: small trees, each trained on what those before it still get wrong.

use super::super::model::{Forest, Node, Tree, leaf, logit, sigmoid};
use super::Examples;
use crate::chance::Chance;

/// Steps into which the values of a feature are sorted.
const BINS: usize = 64;

/// How trees are grown.
#[derive(Debug, Clone, Copy)]
pub struct Growth {
    pub trees: usize,
    pub depth: usize,
    pub rate: f64,
    /// Rows that a leaf must have.
    pub leaf: usize,
    /// Shares of the rows and of the features that a tree sees.
    pub rows: f64,
    pub features: f64,
}

/// The examples, every value as the number of its bin.
struct Binned {
    /// By feature: the greatest value of each bin but the last.
    limits: Vec<Vec<f32>>,
    /// By feature, then by row.
    bins: Vec<Vec<u8>>,
}

/// Trains trees on log loss; the same seed gives the same trees.
pub fn train(examples: &Examples, growth: Growth, seed: u64) -> Forest {
    let binned = bin(examples);
    let count = examples.rows.len();
    let weight: f64 = examples.counts.iter().sum();
    let truths: Vec<f64> = examples.truths.iter().map(|is_true| f64::from(u8::from(*is_true))).collect();
    let share = truths.iter().zip(&examples.counts).map(|(truth, counts)| truth * counts).sum::<f64>() / weight;
    let base = logit(share) as f32;
    let mut logits = vec![f64::from(base); count];
    let mut chance = Chance(seed);
    let mut forest = Forest { base, trees: Vec::new() };
    for _ in 0..growth.trees {
        let slopes: Vec<(f64, f64)> = logits
            .iter()
            .zip(&truths)
            .zip(&examples.counts)
            .map(|((logit, truth), counts)| {
                let probability = sigmoid(*logit);
                (counts * (truth - probability), counts * probability * (1.0 - probability))
            })
            .collect();
        let rows: Vec<u32> = (0..count as u32).filter(|_| chance.below_one() < growth.rows).collect();
        let features = chance.pick(binned.bins.len(), growth.features);
        let mut grower = Grower { binned: &binned, slopes: &slopes, features: &features, growth, tree: Vec::new() };
        grower.grow(rows, 0);
        let tree = grower.tree;
        for (row, logit) in logits.iter_mut().enumerate() {
            *logit += leaf(&tree, &examples.rows[row]);
        }
        forest.trees.push(tree);
    }
    forest
}

fn bin(examples: &Examples) -> Binned {
    let width = examples.rows[0].len();
    let mut binned = Binned { limits: Vec::new(), bins: Vec::new() };
    for at in 0..width {
        let mut values: Vec<f32> = examples.rows.iter().map(|row| row[at] as f32).collect();
        values.sort_by(f32::total_cmp);
        let mut limits: Vec<f32> = (1..BINS).map(|bin| values[bin * (values.len() - 1) / BINS]).collect();
        limits.dedup();
        let place = |row: &Vec<f64>| limits.partition_point(|limit| f64::from(*limit) < row[at]) as u8;
        binned.bins.push(examples.rows.iter().map(place).collect());
        binned.limits.push(limits);
    }
    binned
}

struct Grower<'a> {
    binned: &'a Binned,
    /// By row: the slope of the loss, and its curve.
    slopes: &'a [(f64, f64)],
    features: &'a [usize],
    growth: Growth,
    tree: Tree,
}

impl Grower<'_> {
    /// Grows a node over these rows and all below it; gives its place.
    fn grow(&mut self, rows: Vec<u32>, depth: usize) -> u8 {
        let at = self.tree.len();
        let (slope, curve) = rows.iter().fold((0.0, 0.0), |(slope, curve), row| {
            let (own_slope, own_curve) = self.slopes[*row as usize];
            (slope + own_slope, curve + own_curve)
        });
        self.tree.push(Node::Leaf((self.growth.rate * slope / (curve + 1.0)) as f32));
        let split = if depth < self.growth.depth { self.best_split(&rows, slope, curve) } else { None };
        if let Some((feature, bin)) = split {
            let bins = &self.binned.bins[feature];
            let (left, right): (Vec<u32>, Vec<u32>) = rows.into_iter().partition(|row| bins[*row as usize] <= bin);
            let limit = self.binned.limits[feature][usize::from(bin)];
            let left = self.grow(left, depth + 1);
            let right = self.grow(right, depth + 1);
            self.tree[at] = Node::Split { feature: feature as u8, limit, left, right };
        }
        at as u8
    }

    /// The feature and bin after which a cut gains most.
    fn best_split(&self, rows: &[u32], slope: f64, curve: f64) -> Option<(usize, u8)> {
        let gain = |slope: f64, curve: f64| slope * slope / (curve + 1.0);
        let mut best = (gain(slope, curve) + 1e-9, None);
        let slopes: Vec<(f64, f64)> = rows.iter().map(|row| self.slopes[*row as usize]).collect();
        for &feature in self.features {
            let mut sums = [(0.0, 0.0, 0); BINS];
            let bins = &self.binned.bins[feature];
            for (row, (own_slope, own_curve)) in rows.iter().zip(&slopes) {
                let sum = &mut sums[usize::from(bins[*row as usize])];
                *sum = (sum.0 + own_slope, sum.1 + own_curve, sum.2 + 1);
            }
            let mut left = (0.0, 0.0, 0);
            for (bin, sum) in sums.iter().enumerate().take(self.binned.limits[feature].len()) {
                left = (left.0 + sum.0, left.1 + sum.1, left.2 + sum.2);
                if left.2 < self.growth.leaf || rows.len() - left.2 < self.growth.leaf {
                    continue;
                }
                let value = gain(left.0, left.1) + gain(slope - left.0, curve - left.1);
                if value > best.0 {
                    best = (value, Some((feature, bin as u8)));
                }
            }
        }
        best.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GROWTH: Growth = Growth { trees: 30, depth: 2, rate: 0.3, leaf: 5, rows: 0.8, features: 1.0 };

    /// True where exactly one of two numbers is above a half: no line can tell that apart.
    fn crossed() -> Examples {
        let mut examples = Examples::default();
        let mut chance = Chance(7);
        for _ in 0..400 {
            let row = vec![chance.below_one(), chance.below_one()];
            let truth = (row[0] > 0.5) != (row[1] > 0.5);
            examples.add(&[row], &[truth], 1.0);
        }
        examples
    }

    #[test]
    fn trees_learn_what_a_line_cannot_and_the_same_each_time() {
        let forest = train(&crossed(), GROWTH, 1);
        assert!(forest.logit(&[0.9, 0.1]) > 1.0 && forest.logit(&[0.9, 0.9]) < -1.0, "{:?}", forest.trees[0]);
        assert_eq!(forest, train(&crossed(), GROWTH, 1));
        assert_ne!(forest, train(&crossed(), GROWTH, 2));
    }
}
