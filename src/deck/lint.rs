//! What only shows when the parts of a deck are compared: ids, evidence, pairs, points that cannot be marked.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::Diagnostic;
use super::diagnostic::{Findings, quote};
use super::read::Entry;
use super::rules::{
    DUPLICATE_ID, EMPTY_GAP, EVIDENCE_NOT_IN_TEXT, NESTED_GAP, NO_GAP, OPEN_GAP, PAIR_SAME_ANSWER, PAIR_UNKNOWN,
    SHORT_POINT, SIMILAR_ID, TOO_MANY_PARTS,
};
use super::value::Placed;
use crate::card::{Flaw, FlawKind, Id, Kind, MOST_GAPS, Point};
use crate::text::Safe;

/// The ids that were taken in one deck, card or exercise.
pub struct Ids {
    /// What they are the ids of.
    noun: &'static str,
    /// By the letters and digits alone.
    taken: HashMap<String, Vec<Placed<Id>>>,
    /// Ids that may not be given to a second one; without them none is.
    known: Option<HashSet<Id>>,
}

impl Ids {
    pub fn new(noun: &'static str) -> Ids {
        Ids { noun, taken: HashMap::new(), known: None }
    }

    /// With all the ids that there are, so that a second one with an id can be given a free one.
    pub fn of(noun: &'static str, all: impl IntoIterator<Item = Id>) -> Ids {
        Ids { known: Some(all.into_iter().collect()), ..Ids::new(noun) }
    }

    /// The id with the first number that makes it free; it counts as known from then on.
    fn free(&mut self, id: &Id) -> Option<Id> {
        let known = self.known.as_mut()?;
        let free =
            (2..10_000).filter_map(|number| format!("{id}-{number}").parse().ok()).find(|id| !known.contains(id))?;
        known.insert(free.clone());
        Some(free)
    }

    /// Takes an id; false if it was taken before. An id that could not be read is taken by nobody.
    pub fn add(&mut self, id: Option<&Placed<Id>>, findings: &mut Findings) -> bool {
        let Some((id, span)) = id else { return true };
        let letters = id.as_str().chars().filter(char::is_ascii_alphanumeric).collect();
        let near = self.taken.entry(letters).or_default();
        if let Some((_, first)) = near.iter().find(|(known, _)| known == id) {
            let message = format!("Two {}s have the id `{id}`.", self.noun);
            let diagnostic = Diagnostic::new(&DUPLICATE_ID, span.clone(), message, "Give this one another id.");
            let diagnostic = diagnostic.beside(first.clone(), "the first one");
            findings.add(match self.free(id) {
                Some(free) => diagnostic.mended(span.clone(), format!("\"{free}\"")),
                None => diagnostic,
            });
            return false;
        }
        if let Some((known, first)) = near.first() {
            let message = format!("The ids `{id}` and `{known}` are easily taken for each other.");
            let help = "Rename one of them; a card with a new id begins a new history.";
            findings
                .add(Diagnostic::new(&SIMILAR_ID, span.clone(), message, help).beside(first.clone(), "the first one"));
        }
        near.push((id.clone(), span.clone()));
        true
    }
}

/// Reports a point of a single word.
pub fn lint_point(point: &Point, span: &Range<usize>, findings: &mut Findings) {
    if point.text.as_str().split_whitespace().nth(1).is_none() && point.accept.is_empty() {
        let message =
            format!("The point {} is a single word, which cannot be marked fairly.", quote(point.text.as_str()));
        let help = "Say in a full sentence what a good answer states.";
        findings.add(Diagnostic::new(&SHORT_POINT, span.clone(), message, help));
    }
}

/// What is wrong with the gaps of a text; `range` is where that stands in the file.
pub fn lint_gap(flaw: &Flaw, text: &str, range: Range<usize>) -> Diagnostic {
    let gap = quote(&text[flaw.range.clone()]);
    let (rule, message, help) = match flaw.kind {
        FlawKind::NoGap => {
            let help = "Hide words between {{ and }}, as in: The {{execution role}} pulls the image.";
            (&NO_GAP, "This text has no gap.".to_owned(), help)
        }
        FlawKind::Open => {
            let help = "Close it with }} in the same paragraph. For braces that are text, write \\{{ in '…'.";
            (&OPEN_GAP, format!("The gap {gap} is not closed."), help)
        }
        FlawKind::Empty => (&EMPTY_GAP, format!("The gap {gap} hides no words."), "Write what belongs there, or \\{{."),
        FlawKind::Nested => (
            &NESTED_GAP,
            format!("In the gap {gap} another one begins."),
            "Close the first one before it, or write \\{{.",
        ),
        FlawKind::TooMany => {
            (&TOO_MANY_PARTS, format!("This text has more than {MOST_GAPS} gaps."), "Split it over several cards.")
        }
    };
    Diagnostic::new(rule, range, message, help)
}

/// The evidence that stands word for word in the scenario.
pub fn lint_evidence(evidence: Vec<Placed<Safe>>, scenario: &Safe, findings: &mut Findings) -> Vec<Safe> {
    let mut kept = Vec::new();
    for (words, span) in evidence {
        if scenario.as_str().contains(words.as_str()) {
            kept.push(words);
            continue;
        }
        let message = format!("{} is not in the text of the scenario.", quote(words.as_str()));
        let help = near_miss(words.as_str(), scenario.as_str());
        let finding = Diagnostic::new(&EVIDENCE_NOT_IN_TEXT, span.clone(), message, help);
        findings.add(match in_other_capitals(words.as_str(), scenario.as_str()) {
            Some(exact) => finding.mended(span, toml::Value::from(exact).to_string()),
            None => finding,
        });
    }
    kept
}

/// The words as they stand in the text, which has them in other capitals and once.
fn in_other_capitals<'t>(words: &str, text: &'t str) -> Option<&'t str> {
    let starts = text.char_indices().map(|(at, _)| at);
    let mut found = starts.filter_map(|at| {
        let there = text.get(at..at + words.len())?;
        there.eq_ignore_ascii_case(words).then_some(there)
    });
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

fn near_miss(words: &str, text: &str) -> &'static str {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    if one_line(text).contains(&one_line(words)) {
        return "A line break stands between the words in the text: put them on one line there.";
    }
    if text.to_lowercase().contains(&words.to_lowercase()) {
        return "The text has it in other capitals: copy it exactly.";
    }
    "Copy the exact words from `text`."
}

/// Sets the pairs of the scenarios, one for each entry, where they can be used.
pub fn lint_pairs(scenarios: &mut [Entry], pairs: Vec<Option<Placed<Id>>>, findings: &mut Findings) {
    let by_id = |entry: &Entry| Some((entry.id.clone()?.0, answer(entry)));
    let answers: HashMap<Id, Option<(Id, Vec<Id>)>> = scenarios.iter().filter_map(by_id).collect();
    for (entry, pair) in scenarios.iter_mut().zip(pairs) {
        let Some((pair, span)) = pair else { continue };
        let same = |message: String| {
            let help = "Pair it with a scenario that looks alike and has another answer.";
            Diagnostic::new(&PAIR_SAME_ANSWER, span.clone(), message, help)
        };
        let is_own = entry.id.as_ref().is_some_and(|(id, _)| *id == pair);
        let own = answer(entry);
        match answers.get(&pair) {
            _ if is_own => findings.add(same("This scenario is its own pair.".to_owned())),
            None => {
                let message = format!("There is no scenario {} in this deck.", quote(pair.as_str()));
                let help = "Name the id of the near twin, or delete the line.";
                findings.add(Diagnostic::new(&PAIR_UNKNOWN, span, message, help));
            }
            Some(None) => {}
            Some(other) => {
                if own == *other {
                    findings.add(same(format!("{} has the same right labels.", quote(pair.as_str()))));
                }
                set_pair(entry, pair);
            }
        }
    }
}

/// The exercise of a scenario and its right labels in order of their ids, if the scenario can be used.
fn answer(entry: &Entry) -> Option<(Id, Vec<Id>)> {
    let Kind::Choice(choice) = &entry.card.as_ref()?.kind else { return None };
    let mut right = choice.right.clone();
    right.sort();
    Some((choice.exercise.id.clone(), right))
}

fn set_pair(entry: &mut Entry, pair: Id) {
    if let Some(Kind::Choice(choice)) = entry.card.as_mut().map(|card| &mut card.kind) {
        choice.pair = Some(pair);
    }
}
