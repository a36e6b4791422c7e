//! What an author should look at again in a card: lines that speak against each other, and what the answer leaves out.

use std::collections::HashSet;

use super::judge::Measured;
use super::lexicon::Stem;
use super::reading::Reading;
use super::rubric::{Claim, Line, Rubric};
use super::verdict::Mark;
use super::{Grader, Verdict};
use crate::card::Id;

/// The share of the heavier line's weight that two lines must have in common: what else they say may be the reason.
const COMMON: f64 = 0.75;
/// The words of matter that two lines must have in common.
const FEWEST_COMMON: usize = 2;
/// The share of a line's weight that an answer has to have for it to say the line.
const SAID: f64 = 0.5;

/// How two lines speak against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contradiction {
    /// One says it, and the other denies it.
    Negated,
    /// One says it of one side, and the other of another one.
    Swapped,
}

impl Grader {
    /// The further ways to say a point that speak against the point itself: the point, the place of the line among its
    /// further ways, and how. Nothing for a card that is not in the deck.
    pub fn contradictions(&self, card: &Id) -> Vec<(Id, usize, Contradiction)> {
        let Some(rubric) = self.rubric(card) else { return Vec::new() };
        let of_point = rubric.points.iter().flat_map(|point| {
            let (statement, others) = point.lines.split_first().expect("a claim begins with its statement");
            let places = others.iter().enumerate();
            places.filter_map(|(at, line)| Some((point.id.clone(), at, contradiction(statement, line)?)))
        });
        of_point.collect()
    }

    /// The points that the card's own answer does not say, neither by their words nor as the model sees it. Nothing for a
    /// card that is not in the deck.
    pub fn unsaid(&self, card: &Id) -> Vec<Id> {
        let (Some(rubric), Some((recall, _))) = (self.rubric(card), self.cards.get(card)) else { return Vec::new() };
        let answer: HashSet<Stem> = rubric.answer.iter().copied().collect();
        let is_said = |point: &Claim| point.lines.iter().any(|line| share(line, &answer) >= SAID);
        let doubtful: Vec<&Id> = rubric.points.iter().filter(|point| !is_said(point)).map(|point| &point.id).collect();
        // To judge takes a hundred times as long as to look for the words, and most answers have them.
        if doubtful.is_empty() {
            return Vec::new();
        }
        let verdict = match Reading::new(&self.language, rubric, recall.answer.as_str()) {
            Some(reading) => {
                let mut measured = Measured::new(&reading);
                measured.exceptions.is_model_answer = false;
                Verdict::judged(&reading, &self.model, &measured)
            }
            None => Verdict::on_nothing(rubric),
        };
        let missed = verdict.points.into_iter().filter(|point| point.mark == Mark::Missed);
        missed.map(|point| point.point).filter(|point| doubtful.contains(&point)).collect()
    }

    fn rubric(&self, card: &Id) -> Option<&Rubric> {
        let (recall, rubric) = self.cards.get(card)?;
        Some(rubric.get_or_init(|| Rubric::new(&self.language, recall)))
    }
}

/// How much of what the line weighs is in the words.
fn share(line: &Line, words: &HashSet<Stem>) -> f64 {
    let there: f64 = line.words.iter().filter(|word| words.contains(&word.stem)).map(|word| word.weight).sum();
    if line.total > 0.0 { there / line.total } else { 1.0 }
}

/// How the lines speak against each other; none if they do not, or if they speak of different things.
fn contradiction(statement: &Line, line: &Line) -> Option<Contradiction> {
    let matter = line.words.iter().filter(|word| word.weight > 0.0 && !word.is_side);
    let common = matter.filter_map(|word| {
        let same = statement.words.iter().find(|other| other.stem == word.stem && other.weight > 0.0)?;
        Some((word, same))
    });
    let common: Vec<_> = common.collect();
    let weight: f64 = common.iter().map(|(word, _)| word.weight).sum();
    let own = |line: &Line| -> f64 { line.words.iter().filter(|word| !word.is_side).map(|word| word.weight).sum() };
    if common.len() < FEWEST_COMMON || weight < COMMON * own(line).max(own(statement)) {
        return None;
    }
    if common.iter().all(|(one, other)| one.is_negated != other.is_negated) {
        return Some(Contradiction::Negated);
    }
    let is_swapped = |one: Option<u8>, other: Option<u8>| one.zip(other).is_some_and(|(one, other)| one != other);
    common.iter().all(|(one, other)| is_swapped(one.governor, other.governor)).then_some(Contradiction::Swapped)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A deck with one card: what its answer does not say, and what speaks against its point.
    fn seen(answer: &str, points: &[(&str, &[&str])]) -> (Vec<String>, Vec<(usize, Contradiction)>) {
        let mut text = format!(
            "format = 1\nid = 'd'\ntitle = 'D'\n[[card]]\nid = 'c'\nquestion = 'How do the roles differ?'\n\
             sides = [['task role'], ['execution role']]\nanswer = \"{answer}\"\n"
        );
        for (at, (point, accept)) in points.iter().enumerate() {
            text += &format!("[[card.point]]\nid = 'p{at}'\ntext = \"{point}\"\naccept = {accept:?}\n");
        }
        let deck = crate::deck::parse(&text).deck.expect("a deck");
        let (grader, card) = (Grader::as_written(&deck.cards), &deck.cards[0].id);
        let unsaid = grader.unsaid(card).into_iter().map(String::from).collect();
        (unsaid, grader.contradictions(card).into_iter().map(|(_, at, how)| (at, how)).collect())
    }

    #[test]
    fn a_point_that_the_answer_lacks_is_found() {
        let points: [(&str, &[&str]); 2] =
            [("The execution role pulls the image.", &[]), ("Failed tasks are replaced by the scheduler.", &[])];
        assert_eq!(seen("The image is pulled with the execution role.", &points).0, ["p1"]);
        let both = "The execution role pulls the image. The scheduler replaces tasks that fail.";
        assert_eq!(seen(both, &points).0, [""; 0]);
    }

    #[test]
    fn a_denial_and_a_swap_are_found_and_other_words_are_none() {
        let accept: [&str; 5] = [
            "the execution role does not pull the private image",
            "the task role pulls the private image",
            "the private image is pulled by the execution role",
            "ecr access is never a matter of the task role",
            "without it no image is pulled",
        ];
        let (_, found) = seen("It pulls.", &[("The execution role pulls the private image.", &accept)]);
        assert_eq!(found, [(0, Contradiction::Negated), (1, Contradiction::Swapped)]);
    }
}
