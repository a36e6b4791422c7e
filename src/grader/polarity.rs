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

/// By word: whether it stands behind a negation in its clause. Two of them cancel out.
pub fn denied(words: &[Word], layout: &Layout) -> Vec<bool> {
    let mut is_denied = false;
    let mut denied = Vec::with_capacity(words.len());
    for (at, word) in words.iter().enumerate() {
        if layout.cuts[at] != Cut::None {
            is_denied = false;
        }
        is_denied ^= word.is(kind::NEGATION);
        denied.push(is_denied);
    }
    denied
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::lexicon::Lexicon;
    use super::super::tokens::{Strangers, Terms};
    use super::*;

    fn denied(text: &str) -> Vec<&str> {
        let words = Terms::new(Arc::new(Lexicon::shipped())).read(text, &mut Strangers::default());
        let negated = negated(&words, &Layout::new(text, &words));
        let denied = words.iter().zip(negated).filter(|(_, is_negated)| *is_negated);
        denied.map(|(word, _)| &text[word.start..word.end]).collect()
    }

    #[test]
    fn a_negation_turns_its_own_clause_only() {
        assert_eq!(denied("It never sleeps, but it eats."), ["It", "never", "sleeps"]);
        assert_eq!(denied("It isn't true that nobody reads"), [""; 0]);
    }
}
