//! Labelled answers in numbers.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::heard::{self, Heard};
use super::super::judge::Measured;
use super::super::language::Language;
use super::super::lexicon::Lexicon;
use super::super::reading::Reading;
use super::super::rubric::Rubric;
use super::answers::{Answer, Said};
use super::twins::twins;
use crate::card::{Id, Key, Recall};

/// Words that a quote must have, and may have, to be worth remembering.
const QUOTED: std::ops::RangeInclusive<usize> = 3..=40;
/// What an answer counts when it is measured a second time, as if nobody had been heard.
const UNHEARD: f64 = 0.5;

/// The cards of a deck that are answered in words.
#[derive(Debug, Clone)]
pub struct Subject {
    pub deck: Id,
    pub cards: Vec<(Id, Recall)>,
}

/// A labelled answer in numbers.
#[derive(Debug, Clone)]
pub struct Sample {
    pub answer: Answer,
    pub measured: Measured,
    pub weights: Vec<f64>,
    pub points: Vec<bool>,
    pub misconceptions: Vec<bool>,
    /// How often it counts.
    pub count: f64,
    /// Whether lines of others were heard when it was measured.
    pub is_heard: bool,
    /// What is measured of a point in a twin of the answer, in which it is not said: its place, and the numbers.
    pub twins: Vec<(usize, Vec<f64>)>,
}

/// What the answers quote for covered points of a deck, with the author, in their order.
pub fn heard(subject: &Subject, answers: &[Answer]) -> Vec<(String, Heard)> {
    let mut found = Vec::new();
    for (card, recall) in &subject.cards {
        let key = Key { deck: subject.deck.clone(), card: card.clone() };
        for answer in answers.iter().filter(|answer| answer.card == card.as_str()) {
            for point in &recall.points {
                let quotes = answer.quotes.get(point.id.as_str()).filter(|_| answer.said(&point.id) == Said::Covered);
                for text in quotes.into_iter().filter(|text| QUOTED.contains(&text.split_whitespace().count())) {
                    let heard = Heard { card: key.clone(), point: point.id.clone(), text: text.clone() };
                    found.push((answer.author.clone(), heard));
                }
            }
        }
    }
    found
}

/// Measures the answers to cards of a deck as they will be met: with what was heard of the other authors, and once more
/// without it. Those without a word are left out.
pub fn samples(lexicon: &Arc<Lexicon>, subject: &Subject, answers: &[Answer]) -> Vec<Sample> {
    let heard = heard(subject, answers);
    let authors: BTreeSet<&str> = answers.iter().map(|answer| answer.author.as_str()).collect();
    let mut found = Vec::new();
    for author in &authors {
        let others: Vec<&Heard> = heard.iter().filter(|(by, _)| by != author).map(|(_, heard)| heard).collect();
        let own: Vec<&Answer> = answers.iter().filter(|answer| answer.author == *author).collect();
        found.extend(measure(lexicon, &with(subject, &others), &own, 1.0, !others.is_empty()));
    }
    if authors.len() > 1 {
        let all: Vec<&Answer> = answers.iter().collect();
        found.extend(measure(lexicon, subject, &all, UNHEARD, false));
    }
    found
}

/// The deck with the lines that were heard.
fn with(subject: &Subject, lines: &[&Heard]) -> Subject {
    let mut subject = subject.clone();
    for (id, card) in &mut subject.cards {
        let own = lines.iter().filter(|heard| heard.card.card == *id);
        heard::add(card, own.map(|heard| (heard.point.as_str(), heard.text.as_str())));
    }
    subject
}

fn measure(lexicon: &Arc<Lexicon>, subject: &Subject, answers: &[&Answer], count: f64, is_heard: bool) -> Vec<Sample> {
    let language = Language::new(lexicon.clone(), subject.cards.iter().map(|(_, card)| card));
    let mut found = Vec::new();
    for (id, card) in &subject.cards {
        let mut own = answers.iter().filter(|answer| answer.card == id.as_str()).peekable();
        if own.peek().is_some() {
            let rubric = Rubric::new(&language, card);
            found.extend(own.filter_map(|answer| sample(&language, &rubric, answer, count, is_heard)));
        }
    }
    found
}

fn sample(language: &Language, rubric: &Rubric, answer: &Answer, count: f64, is_heard: bool) -> Option<Sample> {
    let reading = Reading::new(language, rubric, &answer.text)?;
    let is_stated = |id: &Id| answer.misconceptions.iter().any(|other| other == id.as_str());
    Some(Sample {
        answer: answer.clone(),
        measured: Measured::new(&reading),
        weights: rubric.points.iter().map(|point| f64::from(point.weight)).collect(),
        points: rubric.points.iter().map(|point| answer.said(&point.id) != Said::Missed).collect(),
        misconceptions: rubric.misconceptions.iter().map(|wrong| is_stated(&wrong.id)).collect(),
        count,
        is_heard,
        twins: twin_rows(language, rubric, &reading, answer),
    })
}

fn twin_rows(language: &Language, rubric: &Rubric, reading: &Reading, answer: &Answer) -> Vec<(usize, Vec<f64>)> {
    let mut rows = Vec::new();
    for (at, point) in rubric.points.iter().enumerate() {
        let Some(quote) = answer.quotes.get(point.id.as_str()) else { continue };
        for text in twins(reading, at, quote) {
            if let Some(twin) = Reading::new(language, rubric, &text) {
                rows.push((at, Measured::new(&twin).points.swap_remove(at)));
            }
        }
    }
    rows
}
