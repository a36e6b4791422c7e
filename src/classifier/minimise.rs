//! The minimum of a smooth function of many variables (limited-memory BFGS; Nocedal and Wright, "Numerical
//! Optimization", algorithm 7.5, with backtracking).

/// How many past steps shape the next one.
const MEMORY: usize = 8;
/// Sufficient decrease (Armijo).
const DECREASE: f64 = 1e-4;

/// When to stop.
#[derive(Debug, Clone, Copy)]
pub struct Stop {
    pub iterations: usize,
    /// The relative change of the value below which it is at its minimum.
    pub change: f64,
}

/// Moves `point` to a minimum of `function`, which fills in the gradient and gives the value. The same function and
/// point give the same bits on every machine that computes with IEEE 754 doubles.
pub fn minimise(point: &mut [f64], stop: Stop, mut function: impl FnMut(&[f64], &mut [f64]) -> f64) -> f64 {
    let size = point.len();
    let mut gradient = vec![0.0; size];
    let mut value = function(point, &mut gradient);
    let mut steps: Vec<Step> = Vec::new();
    let (mut next, mut next_gradient) = (vec![0.0; size], vec![0.0; size]);
    for _ in 0..stop.iterations {
        let direction = direction(&gradient, &steps);
        let slope = dot(&direction, &gradient);
        if slope >= 0.0 {
            break;
        }
        let mut length = if steps.is_empty() { 1.0 / dot(&gradient, &gradient).sqrt().max(1.0) } else { 1.0 };
        let reached = loop {
            for (index, place) in next.iter_mut().enumerate() {
                *place = point[index] + length * direction[index];
            }
            let reached = function(&next, &mut next_gradient);
            if reached <= value + DECREASE * length * slope || length < 1e-12 {
                break reached;
            }
            length *= 0.5;
        };
        let moved: Vec<f64> = next.iter().zip(&*point).map(|(to, from)| to - from).collect();
        let turned: Vec<f64> = next_gradient.iter().zip(&gradient).map(|(to, from)| to - from).collect();
        point.copy_from_slice(&next);
        std::mem::swap(&mut gradient, &mut next_gradient);
        let change = (value - reached) / value.abs().max(1e-12);
        value = reached;
        if change < stop.change {
            break;
        }
        let curvature = dot(&moved, &turned);
        if curvature > 0.0 {
            if steps.len() == MEMORY {
                steps.remove(0);
            }
            steps.push(Step { moved, turned, curvature });
        }
    }
    value
}

struct Step {
    moved: Vec<f64>,
    turned: Vec<f64>,
    curvature: f64,
}

fn direction(gradient: &[f64], steps: &[Step]) -> Vec<f64> {
    let mut direction: Vec<f64> = gradient.iter().map(|slope| -slope).collect();
    let mut shares = Vec::with_capacity(steps.len());
    for step in steps.iter().rev() {
        let share = dot(&step.moved, &direction) / step.curvature;
        add(&mut direction, -share, &step.turned);
        shares.push(share);
    }
    if let Some(last) = steps.last() {
        let scale = last.curvature / dot(&last.turned, &last.turned);
        for part in &mut direction {
            *part *= scale;
        }
    }
    for (step, share) in steps.iter().zip(shares.into_iter().rev()) {
        let back = dot(&step.turned, &direction) / step.curvature;
        add(&mut direction, share - back, &step.moved);
    }
    direction
}

/// Summed in eight strands and a fixed order, which a compiler may run side by side.
fn dot(left: &[f64], right: &[f64]) -> f64 {
    let mut sums = [0.0; 8];
    let (left, right) = (left.chunks_exact(8), right.chunks_exact(8));
    let rest: f64 = left.remainder().iter().zip(right.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in left.zip(right) {
        for strand in 0..8 {
            sums[strand] += a[strand] * b[strand];
        }
    }
    sums.iter().sum::<f64>() + rest
}

fn add(to: &mut [f64], share: f64, what: &[f64]) {
    for (place, part) in to.iter_mut().zip(what) {
        *place += share * part;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bottom_of_a_curved_valley_is_found() {
        let mut point = vec![-1.2, 1.0];
        let stop = Stop { iterations: 500, change: 1e-14 };
        let value = minimise(&mut point, stop, |at, slope| {
            let (x, y) = (at[0], at[1]);
            slope[0] = -400.0 * x * (y - x * x) - 2.0 * (1.0 - x);
            slope[1] = 200.0 * (y - x * x);
            100.0 * (y - x * x).powi(2) + (1.0 - x).powi(2)
        });
        assert!(value < 1e-8 && (point[0] - 1.0).abs() < 1e-3 && (point[1] - 1.0).abs() < 1e-3, "{point:?} {value}");
    }

    #[test]
    fn a_point_at_the_bottom_stays() {
        let mut point = vec![0.0; 3];
        let stop = Stop { iterations: 5, change: 1e-9 };
        let value = minimise(&mut point, stop, |at, slope| {
            slope.copy_from_slice(at);
            dot(at, at) / 2.0
        });
        assert_eq!((value, point), (0.0, vec![0.0; 3]));
    }
}
