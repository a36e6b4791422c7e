//! Which words a text brings together: pairs in one clause, and what is said with whom it is said of.

use std::ops::Range;

use super::lexicon::Stem;
use super::subject::Subjects;
use super::tokens::Word;
use super::windows::{Cut, Layout};

/// Words of matter of a clause that are looked at.
const LONGEST: usize = 16;

/// The clauses of a range of words: the different words of matter of each, those that it speaks of among them.
pub fn clauses(words: &[Word], layout: &Layout, subjects: &Subjects, range: Range<usize>) -> Vec<Vec<Stem>> {
    let mut found = Vec::new();
    let mut start = range.start;
    for end in range.start + 1..=range.end {
        if end == range.end || layout.cuts[end] != Cut::None {
            let mut stems: Vec<Stem> =
                words[start..end].iter().filter(|word| word.is_content()).map(|word| word.stem).collect();
            stems.extend(subjects.of(start..end));
            stems.sort_unstable();
            stems.dedup();
            stems.truncate(LONGEST);
            found.push(stems);
            start = end;
        }
    }
    found
}

/// Pairs of words, sorted.
#[derive(Debug, Clone, Default)]
pub struct Bonds(Vec<(Stem, Stem)>);

impl Bonds {
    pub fn new<'c>(clauses: impl IntoIterator<Item = &'c Vec<Stem>>) -> Bonds {
        let mut pairs = Vec::new();
        for clause in clauses {
            for (at, one) in clause.iter().enumerate() {
                pairs.extend(clause[at + 1..].iter().map(|other| (*one, *other)));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        Bonds(pairs)
    }

    pub fn has(&self, one: Stem, other: Stem) -> bool {
        self.0.binary_search(&(one.min(other), one.max(other))).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::lexicon::Lexicon;
    use super::super::tokens::{Strangers, Terms};
    use super::*;

    #[test]
    fn words_of_one_clause_and_its_subject_are_bound_and_others_are_not() {
        let text = "The trail keeps calls, and it names people, but the stream sends output.";
        let terms = Terms::new(Arc::new(Lexicon::shipped()));
        let mut strangers = Strangers::default();
        let words = terms.read(text, &mut strangers);
        let layout = Layout::new(text, &words);
        let subjects = Subjects::find(&words, &layout);
        let bonds = Bonds::new(&clauses(&words, &layout, &subjects, 0..words.len()));
        let [trail, calls, names, stream, output] =
            ["trail", "calls", "names", "stream", "output"].map(|word| terms.read(word, &mut strangers)[0].stem);
        assert!(bonds.has(trail, calls) && bonds.has(calls, trail) && bonds.has(stream, output));
        assert!(bonds.has(trail, names), "the subject is that of the clause before");
        assert!(!bonds.has(trail, output) && !bonds.has(stream, calls));
    }
}
