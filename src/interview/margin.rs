//! How far the share that was said may be off, as the questions were only some of all that could have been asked.

use super::score::Scored;
use crate::chance::Chance;

/// Questions below which nothing is said.
const FEWEST: usize = 3;

/// Draws with replacement.
const DRAWS: usize = 1_000;

/// Draws left out at either end: nine of ten lie between.
const TAIL: usize = DRAWS / 20;

/// Half the width of the interval in which nine of ten draws of as many of these questions, with replacement, have their
/// weighted share: a bootstrap. 0 to 0.5; the same seed gives the same margin. None for fewer than three questions.
pub fn margin(answers: &[Scored], seed: u64) -> Option<f64> {
    if answers.len() < FEWEST {
        return None;
    }
    let parts: Vec<(f64, f64)> =
        answers.iter().map(|answer| (answer.coverage() * answer.weight(), answer.weight())).collect();
    let mut chance = Chance(seed);
    let mut draw = || {
        let (mut said, mut all) = (0.0, 0.0);
        for _ in 0..parts.len() {
            let (part, weight) = parts[chance.below(parts.len())];
            (said, all) = (said + part, all + weight);
        }
        if all > 0.0 { said / all } else { 0.0 }
    };
    let mut shares: Vec<f64> = (0..DRAWS).map(|_| draw()).collect();
    shares.sort_by(f64::total_cmp);
    Some((shares[DRAWS - 1 - TAIL] - shares[TAIL]) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::super::score::{Counted, Credit};
    use super::*;

    /// Answers that said all of their one point, or nothing of it.
    fn answers(said: &[bool]) -> Vec<Scored> {
        let credit = |said: bool| if said { Credit::Said } else { Credit::Missed };
        let answer =
            |said: &bool| Scored { points: vec![Counted { weight: 2, credit: credit(*said) }], ..Scored::default() };
        said.iter().map(answer).collect()
    }

    #[test]
    fn few_questions_tell_less_than_many_and_equal_ones_leave_no_doubt() {
        assert_eq!(margin(&answers(&[true, false]), 1), None);
        assert_eq!(margin(&answers(&[true; 3]), 1), Some(0.0));
        let [few, many] = [4, 40].map(|number| {
            let said: Vec<bool> = (0..number).map(|at| at % 2 == 0).collect();
            margin(&answers(&said), 7).expect("enough")
        });
        // Half of them said: the deviation of the mean is 0.25 of 4 and 0.079 of 40, and 1.64 of it to either side.
        assert!((0.30..=0.50).contains(&few) && (0.10..=0.15).contains(&many), "{few} {many}");
    }

    #[test]
    fn the_same_seed_gives_the_same_margin() {
        let answers = answers(&[true, false, true, true]);
        assert_eq!(margin(&answers, 3), margin(&answers, 3));
    }
}
