//! What a round adds up to: accuracy, label by label, and which two labels are mixed up.

use super::round::{Answer, Round};
use crate::card::{Id, Key};

/// What a round adds up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    pub answers: usize,
    pub right: usize,
    /// Milliseconds.
    pub took: u64,
    /// By right answer, in order of the first one; a scenario with two right labels counts for the first of them.
    pub labels: Vec<Share>,
    /// The two labels that were taken for each other most often, the right one of the first time first.
    pub confused: Option<(Id, Id, usize)>,
    /// Scenarios that were answered wrong at least once, in order of the first time.
    pub missed: Vec<Key>,
}

/// How the scenarios of one label went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    pub label: Id,
    pub asked: usize,
    pub right: usize,
}

impl Round {
    pub fn summary(&self) -> Summary {
        let answers = self.answers();
        let mut missed: Vec<Key> = Vec::new();
        for answer in answers.iter().filter(|answer| !answer.is_right) {
            if !missed.contains(&answer.card) {
                missed.push(answer.card.clone());
            }
        }
        Summary {
            answers: answers.len(),
            right: answers.iter().filter(|answer| answer.is_right).count(),
            took: answers.iter().map(|answer| u64::from(answer.took)).sum(),
            labels: shares(answers),
            confused: confused(answers),
            missed,
        }
    }
}

fn shares(answers: &[Answer]) -> Vec<Share> {
    let mut shares: Vec<Share> = Vec::new();
    for answer in answers {
        let Some(label) = answer.right.first() else { continue };
        let at = shares.iter().position(|share| share.label == *label).unwrap_or_else(|| {
            shares.push(Share { label: label.clone(), asked: 0, right: 0 });
            shares.len() - 1
        });
        shares[at].asked += 1;
        shares[at].right += usize::from(answer.is_right);
    }
    shares
}

fn confused(answers: &[Answer]) -> Option<(Id, Id, usize)> {
    let mut pairs: Vec<(Id, Id, usize)> = Vec::new();
    for answer in answers.iter().filter(|answer| !answer.is_right) {
        let Some(right) = answer.right.first() else { continue };
        let is_it = |(one, other, _): &&mut (Id, Id, usize)| {
            (one == right && *other == answer.picked) || (other == right && *one == answer.picked)
        };
        match pairs.iter_mut().find(is_it) {
            Some((.., times)) => *times += 1,
            None => pairs.push((right.clone(), answer.picked.clone(), 1)),
        }
    }
    pairs.into_iter().rev().max_by_key(|(.., times)| *times)
}
