//! Cards from what a file says, within the limits of a deck.

use super::{Found, Imported, Loss};
use crate::card::{Card, Id, Kind, Level, Point, Recall};
use crate::deck::{LONGEST_TEXT, MOST_ENTRIES};
use crate::safe;
use crate::text::{Safe, count, width};

/// The most points that lists of an answer are made to; a longer list says too little about what matters.
pub const MOST_POINTS: usize = 14;
/// The weight of a point of which nothing else is said: expected.
const USUAL_WEIGHT: u8 = 2;
/// Columns of a text that a message repeats.
const REPEATED: usize = 60;

/// A card of a kind that says nothing else; its id is proposed from what it asks.
pub fn bare(kind: Kind) -> Card {
    let id = "card".parse().expect("an id");
    let mut card = Card {
        id,
        kind,
        level: None,
        tags: Vec::new(),
        sources: Vec::new(),
        checked: None,
        note: None,
        follow_ups: Vec::new(),
    };
    card.id = super::propose(&card);
    card
}

/// A question card with these points; its id is proposed from the question.
pub fn card(question: &str, answer: &str, points: impl IntoIterator<Item = Safe>) -> Card {
    let question = Safe::new(question.trim_matches('\n').trim_end());
    let points = points.into_iter().filter(|point| !point.as_str().trim().is_empty()).take(MOST_ENTRIES).enumerate();
    let recall = Recall {
        answer: Safe::new(answer.trim_matches('\n').trim_end()),
        points: points.map(|(at, text)| point(at, text)).collect(),
        misconceptions: Vec::new(),
        sides: Vec::new(),
        question,
    };
    bare(Kind::Recall(recall))
}

fn point(at: usize, text: Safe) -> Point {
    let id: Id = format!("p{}", at + 1).parse().expect("a letter and digits");
    Point { id, weight: USUAL_WEIGHT, text, accept: Vec::new(), probe: None }
}

/// A text as it is repeated in a message: one line, cut.
pub fn shown(text: &str) -> Safe {
    Safe::new(&width::fit(Safe::new(text.trim()).line().as_str(), REPEATED))
}

/// The level that a word of another program means.
pub fn level(word: &str) -> Option<Level> {
    match word.trim().to_lowercase().as_str() {
        "junior" | "basic" | "beginner" | "entry" => Some(Level::Junior),
        "mid" | "intermediate" | "middle" | "mid-level" => Some(Level::Mid),
        "senior" | "expert" | "advanced" => Some(Level::Senior),
        _ => None,
    }
}

/// An id that a file gives. Bare numbers are none: they count rows, and the next file has the same.
pub fn id(text: &str) -> Option<Id> {
    text.trim().parse().ok().filter(|_| !text.trim().bytes().all(|byte| byte.is_ascii_digit()))
}

impl Imported {
    /// Takes a card if it can be asked; else it is among what is dropped, with its words.
    pub(super) fn offer(&mut self, line: usize, card: Card) {
        let (question, answer) = (card.prompt(), card.model_answer());
        let mut refuse = |why: Safe| self.dropped.push(Loss::at(line, why));
        match (question.as_str().trim().is_empty(), answer.as_str().trim().is_empty()) {
            (true, true) => {}
            (false, true) => refuse(safe!("A question without an answer: {}", question.line())),
            (true, false) => refuse(safe!("An answer without a question: {}", answer.line())),
            _ if question.as_str().len().max(answer.as_str().len()) > LONGEST_TEXT => {
                refuse(safe!("A text is longer than 1 MB: {}", shown(question.as_str())));
            }
            _ => self.cards.push(Found { line, card }),
        }
    }

    /// Puts on the list that something is not in the cards.
    pub(super) fn lose(&mut self, line: usize, what: Safe) {
        self.dropped.push(Loss::at(line, what));
    }

    /// Puts on the list that cards get other ids than the file gives them. Bare numbers are no loss: they count rows.
    pub(super) fn lose_ids(&mut self, unfit: &[(usize, Safe)]) {
        let is_name = |id: &Safe| !id.as_str().bytes().all(|byte| byte.is_ascii_digit());
        let named: Vec<_> = unfit.iter().filter(|(_, id)| is_name(id)).collect();
        if named.len() < unfit.len() {
            self.remarks.push(Safe::from("Ids that are bare numbers count rows; the cards get ids in words."));
        }
        if let Some((line, id)) = named.first() {
            let ids = count(named.len() as u64, "id is", "ids are");
            self.lose(*line, safe!("{ids} none that a deck can have, such as {id}; the cards get others."));
        }
    }

    /// Leaves out the later ones of cards that ask the same, and says so.
    pub(super) fn finish(mut self) -> Imported {
        let mut asked = std::collections::HashMap::new();
        let mut dropped = Vec::new();
        self.cards.retain(|found| {
            let first = *asked.entry(same_question(&found.card)).or_insert(found.line);
            if first != found.line {
                let question = shown(found.card.prompt().as_str());
                dropped.push(Loss::at(
                    found.line,
                    safe!("Asks the same as line {first}, and only the first is taken: {question}"),
                ));
            }
            first == found.line
        });
        self.dropped.extend(dropped);
        self.dropped.sort_by_key(|loss| loss.line.unwrap_or(usize::MAX));
        self
    }

    pub(super) fn too_many_points(&mut self, line: usize, lines: usize) {
        let lines = count(lines as u64, "line", "lines");
        self.remarks.push(safe!("line {line}: its lists have {lines}, too many to be points: say which ones matter."));
    }
}

/// What two cards share that ask the same: the words of the question, whatever the space, the case
/// and the mark at its end.
pub fn same_question(card: &Card) -> String {
    let asked = match &card.kind {
        Kind::Cloze(cloze) => cloze.text().clone(),
        _ => card.prompt(),
    };
    let words = asked.as_str().to_lowercase();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    words.trim_end_matches(['?', '.', ':', '!', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lacks_a_half_is_listed_with_its_words() {
        let mut imported = Imported::default();
        imported.offer(1, card("Why?", " \n", []));
        imported.offer(2, card("", "Because.", []));
        imported.offer(3, card("", "", []));
        imported.offer(4, card("Why?", "Because.", []));
        assert_eq!(imported.cards.len(), 1);
        let told: Vec<_> = imported.dropped.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            ["line 1: A question without an answer: Why?", "line 2: An answer without a question: Because."]
        );
    }

    #[test]
    fn the_first_of_two_that_ask_the_same_is_taken() {
        let mut imported = Imported::default();
        for (line, question) in [(1, "What is ECS?"), (5, "what  is ECS"), (9, "What is EKS?")] {
            imported.offer(line, card(question, "A.", []));
        }
        let imported = imported.finish();
        assert_eq!(imported.cards.iter().map(|found| found.line).collect::<Vec<_>>(), [1, 9]);
        assert_eq!(imported.dropped[0].line, Some(5));
    }

    #[test]
    fn row_numbers_are_no_ids() {
        assert_eq!(id(" 17 "), None);
        assert_eq!(id("task-role").map(String::from).as_deref(), Some("task-role"));
        assert_eq!(id("Task role"), None);
    }
}
