//! Yes or no: which words stand in a clause that a negation turns round.

use super::lexicon::kind;
use super::tokens::Word;
use super::windows::{Cut, Layout};

/// By word: whether its clause has a negation. Two of them cancel out.
pub fn negated(words: &[Word], layout: &Layout) -> Vec<bool> {
    let mut negated = vec![false; words.len()];
    let mut start = 0;
    for end in 1..=words.len() {
        if end == words.len() || layout.cuts[end] != Cut::None {
            let count = words[start..end].iter().filter(|word| word.is(kind::NEGATION)).count();
            negated[start..end].fill(count % 2 == 1);
            start = end;
        }
    }
    negated
}
