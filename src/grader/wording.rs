//! Whether an answer says a claim in the very words of one of its lines.

use super::lexicon::{Lexicon, Stem, kind};
use super::reading::Reading;
use super::rubric::{Claim, Line};
use super::tokens::Word;
use super::windows::{Cut, Sentence};

/// Words that a line must have for its wording to be told from chance.
const FEWEST: usize = 2;
/// A sentence of so many words can take back the one before it.
const SHORT: usize = 6;
/// What makes a statement a denial, a guess, or what somebody else says.
const DISTANCE: u8 = kind::NEGATION | kind::DOUBT;

/// Places of the words that tell something: those of matter, and small ones that turn what is said.
fn telling(lexicon: &Lexicon, words: &[Word]) -> Vec<usize> {
    let turns = |word: &Word| {
        word.is(kind::NEGATION | kind::UNIVERSAL | kind::NUMBER) || !lexicon.opposites(word.stem).is_empty()
    };
    (0..words.len()).filter(|at| words[*at].is_content() || turns(&words[*at])).collect()
}

/// The stems of the words that tell something, in order.
pub fn wording(lexicon: &Lexicon, words: &[Word]) -> Vec<Stem> {
    telling(lexicon, words).into_iter().map(|at| words[at].stem).collect()
}

/// Whether a sentence or clause of the answer states the claim in the words of a line and in their order; small words
/// and endings aside.
pub fn states(reading: &Reading, claim: &Claim) -> bool {
    let sentences = &reading.layout.sentences;
    claim.lines.iter().enumerate().any(|(number, line)| {
        line.wording.len() >= FEWEST
            && (0..sentences.len())
                .any(|at| stands_in(reading, line, number == 0, at) && !is_taken_back(reading, at + 1))
    })
}

fn stands_in(reading: &Reading, line: &Line, is_statement: bool, number: usize) -> bool {
    let sentence = &reading.layout.sentences[number];
    let words = &reading.words[sentence.words.clone()];
    let places = telling(&reading.language.terms.lexicon, words);
    let stems: Vec<Stem> = places.iter().map(|at| words[*at].stem).collect();
    if is_question(reading, sentence) || stems == reading.rubric.asked {
        return false;
    }
    // What is no statement may owe its subject to what stands before it.
    let names_side = || reading.rubric.phrases.is_empty() || line.words.iter().any(|word| word.is_side);
    let is_all = reading.layout.sentences.len() == 1 && places.len() == line.wording.len();
    if !is_statement && !(names_side() && (is_all || !line.subject.is_empty())) {
        return false;
    }
    let is_cut = |after: usize, until: usize| {
        (after + 1..=until).any(|at| reading.layout.cuts[sentence.words.start + at] != Cut::None)
    };
    (0..places.len()).any(|first| {
        let Some(run) = places[first..].get(..line.wording.len()) else { return false };
        let (start, end) = (run[0], run[run.len() - 1]);
        stems[first..].starts_with(&line.wording)
            && (first == 0 || is_cut(places[first - 1], start))
            && places.get(first + run.len()).is_none_or(|next| is_cut(end, *next))
            && (0..words.len()).all(|at| run.contains(&at) || !is_distant(&words[at]))
    })
}

fn is_distant(word: &Word) -> bool {
    word.is(DISTANCE) || word.is_hearsay
}

fn is_question(reading: &Reading, sentence: &Sentence) -> bool {
    let end = reading.words[sentence.words.end - 1].end;
    let next = reading.words.get(sentence.words.end).map_or(reading.text.len(), |word| word.start);
    reading.text.get(end..next).is_some_and(|gap| gap.contains(['?', '？']))
}

/// `No, that is wrong.`
fn is_taken_back(reading: &Reading, number: usize) -> bool {
    let Some(sentence) = reading.layout.sentences.get(number) else { return false };
    sentence.words.len() <= SHORT && reading.words[sentence.words.clone()].iter().any(is_distant)
}

#[cfg(test)]
mod tests {
    use super::super::{Finding, Grader, Mark};

    const DECK: &str = r#"
format = 1
id = "own"
title = "Own"
language = "en"
[[card]]
id = "vacuum"
question = "What does VACUUM do?"
answer = "It gives back the space that was taken."
[[card.point]]
id = "frees"
weight = 3
text = "VACUUM frees dead row versions."
[[card]]
id = "good-card"
question = "What makes a good card?"
answer = "It is small."
[[card.point]]
id = "one-thing"
weight = 3
text = "A good card asks one thing."
"#;

    fn found(card: &str, answer: &str) -> Finding {
        let deck = crate::deck::parse(DECK).deck.expect("a deck");
        let grader = Grader::new(&deck.id, &deck.cards);
        let verdict = grader.grade(&card.parse().expect("an id"), answer).expect("the deck has it");
        verdict.points[0].clone()
    }

    #[test]
    fn the_words_of_a_point_say_it_whatever_was_asked() {
        for (card, answer) in [
            ("good-card", "A good card asks one thing."),
            ("good-card", "good cards ask ONE thing"),
            ("vacuum", "VACUUM frees dead row versions."),
            ("vacuum", "It runs by itself, and the vacuum frees the dead row versions."),
        ] {
            let found = found(card, answer);
            assert!(found.mark == Mark::Covered && found.is_sure && found.probability > 0.98, "{answer}: {found:?}");
        }
    }

    #[test]
    fn what_is_asked_denied_doubted_or_told_of_others_is_not_stated() {
        for answer in [
            "Does VACUUM free dead row versions?",
            "VACUUM does not free dead row versions.",
            "Maybe VACUUM frees dead row versions.",
            "People say VACUUM frees dead row versions.",
            "Some think that, yes, VACUUM frees dead row versions.",
            "VACUUM frees dead row versions. No, that is wrong.",
            "It is a myth: VACUUM frees dead row versions.",
        ] {
            assert!(found("vacuum", answer).probability < 0.95, "{answer}");
        }
        assert_eq!(found("vacuum", "What does VACUUM do?").mark, Mark::Missed);
    }

    #[test]
    fn a_word_left_out_of_a_short_point_is_not_surely_a_miss() {
        assert_ne!(found("vacuum", "VACUUM frees dead rows.").mark, Mark::Missed);
    }
}
