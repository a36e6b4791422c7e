//! Logistic regression, trained by Newton's method.

use super::super::model::{Logistic, sigmoid};
use super::Examples;

/// Newton steps; more change nothing that a model file can tell.
const STEPS: usize = 12;

/// Minimises |w|²/2 + C · log loss over standardised features; the bias is free.
pub fn train(examples: &Examples, c: f64) -> Logistic {
    let (mean, scale) = standard(examples);
    let rows: Vec<Vec<f64>> = examples
        .rows
        .iter()
        .map(|row| {
            let scaled = row.iter().zip(&mean).zip(&scale);
            scaled.map(|((value, mean), scale)| (value - mean) * scale).chain([1.0]).collect()
        })
        .collect();
    let width = mean.len() + 1;
    let mut weight = vec![0.0; width];
    for _ in 0..STEPS {
        let step = newton(&rows, examples, &weight, c);
        let largest = step.iter().fold(0.0_f64, |largest, change| largest.max(change.abs()));
        weight.iter_mut().zip(&step).for_each(|(weight, change)| *weight -= change);
        if largest < 1e-9 {
            break;
        }
    }
    let narrow = |values: &[f64]| values.iter().map(|value| *value as f32).collect::<Vec<f32>>();
    let bias = weight.pop().unwrap_or(0.0) as f32;
    Logistic { mean: narrow(&mean), scale: narrow(&scale), weight: narrow(&weight), bias }
}

/// Mean and one over the deviation of each feature.
fn standard(examples: &Examples) -> (Vec<f64>, Vec<f64>) {
    let (width, count) = (examples.rows[0].len(), examples.rows.len() as f64);
    let mean_of = |at: usize| examples.rows.iter().map(|row| row[at]).sum::<f64>() / count;
    let mean: Vec<f64> = (0..width).map(mean_of).collect();
    let scale_of = |at: usize| {
        let square = |row: &Vec<f64>| (row[at] - mean[at]) * (row[at] - mean[at]);
        let deviation = (examples.rows.iter().map(square).sum::<f64>() / count).sqrt();
        if deviation > 1e-9 { 1.0 / deviation } else { 0.0 }
    };
    let scale = (0..width).map(scale_of).collect();
    (mean, scale)
}

fn newton(rows: &[Vec<f64>], examples: &Examples, weight: &[f64], c: f64) -> Vec<f64> {
    let width = weight.len();
    let mut gradient = weight.to_vec();
    gradient[width - 1] = 0.0;
    let mut hessian = vec![vec![0.0; width]; width];
    for (at, line) in hessian.iter_mut().enumerate() {
        line[at] = if at + 1 == width { 1e-9 } else { 1.0 };
    }
    for ((row, is_true), counts) in rows.iter().zip(&examples.truths).zip(&examples.counts) {
        let probability = sigmoid(row.iter().zip(weight).map(|(value, weight)| value * weight).sum());
        let error = c * counts * (probability - f64::from(u8::from(*is_true)));
        let curve = c * counts * probability * (1.0 - probability);
        gradient.iter_mut().zip(row).for_each(|(sum, value)| *sum += error * value);
        for (at, line) in hessian.iter_mut().enumerate() {
            let factor = curve * row[at];
            line[at..].iter_mut().zip(&row[at..]).for_each(|(sum, other)| *sum += factor * other);
        }
    }
    for at in 1..width {
        let (upper, lower) = hessian.split_at_mut(at);
        lower[0][..at].iter_mut().zip(upper).for_each(|(value, above)| *value = above[at]);
    }
    solve(hessian, gradient)
}

/// Solves a system with a positive definite matrix by Gaussian elimination.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let width = right.len();
    for at in 0..width {
        let (upper, lower) = matrix.split_at_mut(at + 1);
        let pivot = &upper[at];
        for (line, below) in lower.iter_mut().enumerate() {
            let factor = below[at] / pivot[at];
            below[at..].iter_mut().zip(&pivot[at..]).for_each(|(value, above)| *value -= factor * above);
            right[at + 1 + line] -= factor * right[at];
        }
    }
    for at in (0..width).rev() {
        let known: f64 = (at + 1..width).map(|next| matrix[at][next] * right[next]).sum();
        right[at] = (right[at] - known) / matrix[at][at];
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_of_what_speaks_for_it_is_more_likely() {
        let mut examples = Examples::default();
        for step in 0..100 {
            let value = f64::from(step) / 100.0;
            examples.add(&[vec![value, 1.0]], &[step % 10 + step / 10 > 9], 1.0);
        }
        let learned = train(&examples, 1.0);
        assert!(learned.logit(&[0.9, 1.0]) > 0.5 && learned.logit(&[0.1, 1.0]) < -0.5);
        assert!(learned.scale[1].abs() < f32::EPSILON, "what never changes says nothing");
    }
}
