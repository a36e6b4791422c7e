//! Which key points a typed answer covers, and why.
//!
//! An answer is cut into windows, each window is compared with every line of the card, and what is measured there
//! becomes a probability by a small model that was learnt from labelled answers (`assets/grader/MODEL.md`). Nothing of
//! what is measured knows which card it serves.

mod bits;
mod bonds;
mod compare;
mod critique;
mod features;
mod gaps;
mod heard;
mod judge;
mod language;
mod lexer;
mod lexicon;
mod model;
mod polarity;
mod reading;
mod rubric;
mod sides;
mod subject;
mod tokens;
pub mod train;
mod verdict;
mod windows;
mod wording;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use judge::Model;
use language::Language;
use lexicon::Lexicon;
use reading::Reading;
use rubric::Rubric;

pub use compare::{Change, Comparison, Piece, compare};
pub use critique::Contradiction;
pub use gaps::{Filled, Fit, fill};
pub use verdict::{Finding, Mark, Quote, Suspicion, Verdict};

use crate::card::{Card, Id, Key, Kind, Recall};

/// The model that is shipped.
const MODEL: &[u8] = include_bytes!("../assets/grader/grader.model");

/// Marks answers to the cards of one deck.
pub struct Grader {
    language: Language,
    /// Each with its rubric, once somebody has answered it.
    cards: BTreeMap<Id, (Recall, OnceLock<Rubric>)>,
    /// Clozes and code, which need no model.
    exact: BTreeMap<Id, Card>,
    model: Model,
}

impl Grader {
    /// Learns the language of a deck from its cards. Word tables, model, and what was heard of the points of shipped
    /// decks are those of the program.
    pub fn new<'c>(deck: &Id, cards: impl IntoIterator<Item = &'c Card>) -> Grader {
        let mut heard = heard::shipped();
        Grader::hearing(cards, |card, recall| {
            let lines = heard.remove(&Key { deck: deck.clone(), card: card.clone() }).unwrap_or_default();
            heard::add(recall, &lines);
        })
    }

    /// The same without what was heard: the cards are taken as their author wrote them.
    pub fn as_written<'c>(cards: impl IntoIterator<Item = &'c Card>) -> Grader {
        Grader::hearing(cards, |_, _| {})
    }

    fn hearing<'c>(cards: impl IntoIterator<Item = &'c Card>, mut add: impl FnMut(&Id, &mut Recall)) -> Grader {
        let (mut recalls, mut exact) = (BTreeMap::new(), BTreeMap::new());
        for card in cards {
            let mut recall = match &card.kind {
                Kind::Recall(recall) => recall.clone(),
                Kind::Choice(_) => continue,
                Kind::Cloze(_) | Kind::Code(_) => {
                    exact.insert(card.id.clone(), card.clone());
                    continue;
                }
            };
            add(&card.id, &mut recall);
            recalls.insert(card.id.clone(), recall);
        }
        let model = postcard::from_bytes(MODEL).expect("the shipped model is compared with its training by a test");
        let language = Language::new(Arc::new(Lexicon::shipped()), recalls.values());
        let cards = recalls.into_iter().map(|(id, recall)| (id, (recall, OnceLock::new()))).collect();
        Grader { language, cards, exact, model }
    }

    /// Marks an answer to a card of the deck; none if the deck has no such card, or if it is answered by a label. The
    /// points of the verdict are those of [`Card::points`].
    ///
    /// Any text is an answer; of a very long one the first 3000 words are read. The same card, deck and answer give the
    /// same verdict on every machine.
    pub fn grade(&self, card: &Id, answer: &str) -> Option<Verdict> {
        if let Some(card) = self.exact.get(card) {
            return check(card, answer);
        }
        let (recall, rubric) = self.cards.get(card)?;
        let rubric = rubric.get_or_init(|| Rubric::new(&self.language, recall));
        let reading = Reading::new(&self.language, rubric, answer);
        Some(reading.map_or_else(|| Verdict::on_nothing(rubric), |reading| Verdict::on(&reading, &self.model)))
    }
}

/// Marks the gaps of a cloze, or code, for which nothing need be known of the deck; none for other kinds.
pub fn check(card: &Card, answer: &str) -> Option<Verdict> {
    match &card.kind {
        Kind::Recall(_) | Kind::Choice(_) => None,
        Kind::Cloze(cloze) => Some(gaps::mark(cloze, answer)),
        Kind::Code(code) => Some(compare::mark(code, answer)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn graded(answer: &str) -> Verdict {
        thread_local!(static GRADER: Grader = {
            let deck = crate::deck::parse(include_str!("../decks/aws/ecs.toml")).deck.expect("it is shipped");
            Grader::new(&deck.id, &deck.cards)
        });
        let card = "task-role-vs-execution-role".parse().expect("an id");
        GRADER.with(|grader| grader.grade(&card, answer).expect("the deck has it"))
    }

    #[test]
    fn a_denied_point_is_not_said() {
        let mark = |answer| graded(answer).points[3].mark;
        assert_eq!(mark("The execution role pulls the private image from ECR."), Mark::Covered);
        assert_eq!(mark("The execution role does not pull the image from ECR."), Mark::Missed);
    }

    #[test]
    fn a_point_that_is_said_of_the_other_side_is_not_said() {
        let verdict = graded("The task role is used to pull the private image from ECR.");
        assert_eq!(verdict.points[3].mark, Mark::Missed);
        assert_eq!(verdict.misconceptions[0].misconception.as_str(), "task-role-pulls-images");
    }

    #[test]
    fn a_right_answer_is_not_accused_of_the_swap() {
        let verdict =
            graded("The execution role is for ECS to pull the image and write logs. My code uses the task role.");
        assert!(verdict.misconceptions.is_empty(), "{:?}", verdict.misconceptions);
    }

    #[test]
    fn a_verdict_tells_the_words_and_the_line_that_they_met() {
        let answer = "Hm. The execution role pulls the private image from ECR.";
        let quote = graded(answer).points[3].quote.clone().expect("it is said");
        assert!(quote.words.iter().any(|word| &answer[word.clone()] == "image"), "{quote:?}");
        assert!(quote.line.as_str().contains("image"), "{quote:?}");
    }

    proptest! {
        #[test]
        fn any_text_is_an_answer(text in "\\PC{0,60}|([a-zA-Z]{1,9}[ .,'’\n]{1,2}){0,60}", tail in any::<String>()) {
            let answer = format!("{text} task role, execution role {tail}");
            let verdict = graded(&answer);
            prop_assert!((0.0..=100.0).contains(&verdict.score));
            for finding in &verdict.points {
                prop_assert!((0.0..=1.0).contains(&finding.probability));
                prop_assert_eq!(finding.quote.is_some(), finding.mark != Mark::Missed);
            }
            let quotes = verdict.points.iter().filter_map(|finding| finding.quote.as_ref());
            for quote in quotes.chain(verdict.misconceptions.iter().map(|wrong| &wrong.quote)) {
                prop_assert!(answer.get(quote.range.clone()).is_some_and(|words| !words.is_empty()));
                prop_assert!(quote.words.iter().all(|word| answer.get(word.clone()).is_some()));
            }
        }
    }
}
