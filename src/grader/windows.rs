//! Where a text is cut: sentences, clauses, and the pieces of it that are compared with a line of the deck.

use std::ops::Range;

use super::lexicon::kind;
use super::tokens::Word;

/// Words that a run of clauses must have.
const SHORTEST_RUN: usize = 3;
/// A sentence of more words is also cut into pieces.
const LONG: usize = 26;
const PIECE: usize = 20;
const STEP: usize = 10;

/// What stands before a word, from weak to strong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cut {
    None,
    Clause,
    Sentence,
}

/// A sentence, and how it is built.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    pub words: Range<usize>,
    /// Parts between commas, semicolons, slashes and `and`.
    pub parts: usize,
}

impl Sentence {
    /// Words a part.
    pub fn part_length(&self) -> f64 {
        self.words.len() as f64 / self.parts.max(1) as f64
    }
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    pub words: Range<usize>,
    /// The sentence in which it starts.
    pub sentence: usize,
}

/// A text, cut.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    pub sentences: Vec<Sentence>,
    pub windows: Vec<Window>,
    /// What stands before each word.
    pub cuts: Vec<Cut>,
}

impl Layout {
    pub fn new(text: &str, words: &[Word]) -> Layout {
        let cuts: Vec<Cut> = (0..words.len()).map(|at| cut_before(text, words, at)).collect();
        let sentences: Vec<Sentence> = runs(0..words.len(), |at| cuts[at] == Cut::Sentence)
            .into_iter()
            .map(|range| Sentence { parts: count_parts(text, words, &range), words: range })
            .collect();
        let windows = windows(&sentences, &cuts);
        Layout { sentences, windows, cuts }
    }
}

/// Cuts a range before each place that `is_cut` names; no run is empty.
fn runs(range: Range<usize>, is_cut: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut starts: Vec<usize> = range.clone().filter(|&at| at == range.start || is_cut(at)).collect();
    starts.push(range.end);
    starts.windows(2).map(|pair| pair[0]..pair[1]).collect()
}

/// The text between a word and the one before it; none if they share their place.
fn gap<'t>(text: &'t str, words: &[Word], at: usize) -> Option<&'t str> {
    let before = if at == 0 { 0 } else { words[at - 1].end };
    (at == 0 || words[at].start >= before).then(|| &text[before..words[at].start])
}

fn cut_before(text: &str, words: &[Word], at: usize) -> Cut {
    let Some(gap) = gap(text, words, at) else { return Cut::None };
    let ends = |pair: &[char]| {
        matches!(pair, ['.' | '!' | '?' | ';', next] if next.is_whitespace()) || matches!(pair, ['.', '.'] | [',', ','])
    };
    let marks: Vec<char> = gap.chars().collect();
    if gap.contains(['\n', '。', '！', '？']) || marks.windows(2).any(ends) {
        return Cut::Sentence;
    }
    let is_dash = |mark: &char| matches!(mark, '-' | '–' | '—');
    let dashes = [" - ", " – ", " — ", "->", "=>", "--"];
    let is_cut = gap.contains([',', ';', ':', '(', ')', '、', '，'])
        || dashes.iter().any(|dash| gap.contains(dash))
        || (gap.trim().chars().any(|mark| mark == '—') && marks.iter().any(is_dash));
    if is_cut || words[at].is(kind::CLAUSE) { Cut::Clause } else { Cut::None }
}

fn count_parts(text: &str, words: &[Word], range: &Range<usize>) -> usize {
    let (mut parts, mut is_open) = (0, false);
    for at in range.clone() {
        let is_and = text[words[at].start..words[at].end].eq_ignore_ascii_case("and");
        let is_cut = gap(text, words, at).is_some_and(|gap| gap.contains([',', ';', '/']));
        is_open &= !is_cut && !is_and;
        if !is_open && !is_and {
            parts += 1;
            is_open = true;
        }
    }
    parts.max(1)
}

fn windows(sentences: &[Sentence], cuts: &[Cut]) -> Vec<Window> {
    let mut windows = Vec::new();
    for (place, sentence) in sentences.iter().enumerate() {
        let mut add = |words: Range<usize>| windows.push(Window { words, sentence: place });
        let range = sentence.words.clone();
        add(range.clone());
        if let Some(next) = sentences.get(place + 1) {
            add(range.start..next.words.end);
        }
        let clauses = runs(range.clone(), |at| cuts[at] != Cut::None);
        for length in 1..=3 {
            for run in clauses.windows(length) {
                let run = run[0].start..run[length - 1].end;
                if run.len() >= SHORTEST_RUN {
                    add(run);
                }
            }
        }
        if range.len() > LONG {
            (range.start..range.end).step_by(STEP).for_each(|start| add(start..range.end.min(start + PIECE)));
        }
    }
    windows.sort_by_key(|window| (window.words.start, window.words.end, window.sentence));
    windows.dedup_by(|next, before| next.words == before.words);
    windows
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::lexicon::Lexicon;
    use super::super::tokens::{Strangers, Terms};
    use super::*;

    fn pieces(text: &str) -> Vec<String> {
        let words = Terms::new(Arc::new(Lexicon::shipped())).read(text, &mut Strangers::default());
        let piece = |window: &Window| {
            let words = &words[window.words.clone()];
            text[words[0].start..words[words.len() - 1].end].to_owned()
        };
        Layout::new(text, &words).windows.iter().map(piece).collect()
    }

    #[test]
    fn sentences_their_pairs_and_runs_of_clauses_are_windows() {
        let found = pieces("It pulls the image, and it sends logs. The code calls S3.");
        for window in
            ["It pulls the image", "and it sends logs", "It pulls the image, and it sends logs", "The code calls S3"]
        {
            assert!(found.iter().any(|piece| piece == window), "{window}: {found:?}");
        }
        assert!(found.contains(&"It pulls the image, and it sends logs. The code calls S3".to_owned()));
    }

    #[test]
    fn dots_within_a_word_end_no_sentence_and_bullets_do() {
        assert_eq!(pieces("use s3.GetObject here").len(), 1);
        assert!(pieces("- one thing here\n- another thing here").contains(&"another thing here".to_owned()));
    }

    #[test]
    fn text_without_stops_is_cut_into_pieces() {
        let found = pieces(&"word ".repeat(60));
        assert!(found.iter().any(|piece| piece.split(' ').count() == PIECE), "{}", found.len());
    }
}
