//! What a clause speaks of: the words of matter before its verb.

use std::ops::Range;

use super::lexicon::{Stem, kind};
use super::tokens::Word;
use super::windows::{Cut, Layout};

/// Words of matter that a subject has at most.
const LONGEST: usize = 4;

/// What each clause of a text speaks of. One without words of matter before its verb (`it starts …`) speaks of what the
/// one before it spoke of.
pub struct Subjects {
    stems: Vec<Vec<Stem>>,
    /// By word: its place in `stems`.
    clause: Vec<usize>,
    /// Neighbouring words of matter in subjects.
    pub runs: Vec<Vec<Stem>>,
}

impl Subjects {
    pub fn find(words: &[Word], layout: &Layout) -> Subjects {
        let mut found = Subjects { stems: Vec::new(), clause: vec![0; words.len()], runs: Vec::new() };
        let mut start = 0;
        for end in 1..=words.len() {
            if end < words.len() && layout.cuts[end] == Cut::None {
                continue;
            }
            let subject = before_verb(&words[start..end]);
            found.runs.extend(runs(subject));
            let own: Vec<Stem> = super::rubric::content(subject).into_iter().take(LONGEST).collect();
            let stems = if own.is_empty() { found.stems.last().cloned().unwrap_or_default() } else { own };
            found.clause[start..end].fill(found.stems.len());
            found.stems.push(stems);
            start = end;
        }
        found
    }

    /// What the words of a range are said of, each stem once.
    pub fn of(&self, range: Range<usize>) -> Vec<Stem> {
        let mut clauses: Vec<usize> = self.clause[range].to_vec();
        clauses.dedup();
        let mut stems: Vec<Stem> = clauses.into_iter().flat_map(|clause| self.stems[clause].clone()).collect();
        stems.sort_unstable();
        stems.dedup();
        stems
    }
}

/// The words before the first verb; none if there is no verb.
fn before_verb(clause: &[Word]) -> &[Word] {
    let verb = clause.iter().position(|word| word.is(kind::VERB));
    &clause[..verb.unwrap_or(0)]
}

/// Neighbouring words of matter.
fn runs(words: &[Word]) -> Vec<Vec<Stem>> {
    let runs = words.split(|word| !word.is_content()).filter(|run| !run.is_empty());
    runs.map(|run| run.iter().map(|word| word.stem).collect()).collect()
}
