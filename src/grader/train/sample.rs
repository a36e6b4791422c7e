//! Labelled answers in numbers.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::heard::{self, Heard, How};
use super::super::judge::Measured;
use super::super::language::Language;
use super::super::lexicon::Lexicon;
use super::super::reading::{Matches, Reading, rival};
use super::super::rubric::{Claim, Rubric};
use super::answers::{Answer, Said};
use crate::card::{Id, Key, Recall};

/// Words that a line must have, and may have, to be worth remembering.
const WORDS: std::ops::RangeInclusive<usize> = 3..=40;
/// What an answer counts when it is measured a second time, as if nobody had been heard.
const UNHEARD: f64 = 0.5;
/// How like a misconception a text must be where it was stated.
const STATED: f64 = 0.2;
/// Words that such a text must have, as it has to name who it speaks of.
const SHORTEST_STATED: usize = 5;

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
}

/// What was heard of a deck's cards, with the author, in the order of the answers: quotes of covered points, and where a
/// misconception was stated.
pub fn heard(lexicon: &Arc<Lexicon>, subject: &Subject, answers: &[Answer]) -> Vec<(String, Heard)> {
    let cards = cards(subject, &[]);
    let language = Language::new(lexicon.clone(), cards.iter().map(|(_, card)| card));
    let mut found = Vec::new();
    for (id, card) in &cards {
        let rubric = Rubric::new(&language, card);
        let key = Key { deck: subject.deck.clone(), card: id.clone() };
        for answer in answers.iter().filter(|answer| answer.card == id.as_str()) {
            let Some(reading) = Reading::new(&language, &rubric, &answer.text) else { continue };
            let lines = lines(&reading, answer).into_iter();
            let heard = lines.map(|(how, claim, text)| Heard { card: key.clone(), how, claim, text });
            found.extend(heard.map(|heard| (answer.author.clone(), heard)));
        }
    }
    found
}

/// The lines of one answer.
fn lines(reading: &Reading, answer: &Answer) -> Vec<(How, Id, String)> {
    let mut found = Vec::new();
    let mut hear = |how: How, claim: &Claim, text: &str| {
        if WORDS.contains(&text.split_whitespace().count()) {
            found.push((how, claim.id.clone(), text.to_owned()));
        }
    };
    let like = |matches: &Matches| {
        let words = &reading.window(matches.window).words;
        let range = reading.words[words.start].start..reading.words[words.end - 1].end;
        let similarity = matches.similarity(matches.window);
        let is_own = similarity > STATED
            && similarity > rival(&reading.points, usize::MAX, |point| point.similarity(matches.window));
        (is_own && words.len() >= SHORTEST_STATED).then(|| &reading.text[range])
    };
    for claim in &reading.rubric.points {
        let is_covered = answer.said(&claim.id) == Said::Covered;
        let quote = answer.quotes.get(claim.id.as_str()).filter(|_| is_covered);
        if let Some(text) = quote {
            hear(How::Said, claim, text);
        }
    }
    for (claim, matches) in reading.rubric.misconceptions.iter().zip(&reading.misconceptions) {
        let is_stated = answer.misconceptions.iter().any(|stated| stated == claim.id.as_str());
        if let Some(text) = like(matches).filter(|_| is_stated) {
            hear(How::Stated, claim, text);
        }
    }
    found
}

/// Measures the answers to cards of a deck as they will be met: with what was heard of the other authors, and once more
/// without it if there was something. Those without a word are left out.
pub fn samples(lexicon: &Arc<Lexicon>, subject: &Subject, answers: &[Answer]) -> Vec<Sample> {
    let heard = heard(lexicon, subject, answers);
    let authors: BTreeSet<&str> = answers.iter().map(|answer| answer.author.as_str()).collect();
    let mut found = Vec::new();
    for author in &authors {
        let own: Vec<&Answer> = answers.iter().filter(|answer| answer.author == *author).collect();
        found.extend(as_met(lexicon, subject, &heard, &own));
    }
    if found.iter().any(|sample| sample.is_heard) {
        let all: Vec<&Answer> = answers.iter().collect();
        found.extend(measure(lexicon, &cards(subject, &[]), &all, UNHEARD, false));
    }
    found
}

/// Measures answers of one author with what was heard of others.
pub fn as_met(lexicon: &Arc<Lexicon>, subject: &Subject, heard: &[(String, Heard)], own: &[&Answer]) -> Vec<Sample> {
    let is_own = |author: &str| own.iter().any(|answer| answer.author == author);
    let others: Vec<&Heard> = heard.iter().filter(|(by, _)| !is_own(by)).map(|(_, heard)| heard).collect();
    measure(lexicon, &cards(subject, &others), own, 1.0, !others.is_empty())
}

/// The cards of the deck with the lines that were heard.
fn cards(subject: &Subject, lines: &[&Heard]) -> Vec<(Id, Recall)> {
    let with = |(id, card): &(Id, Recall)| {
        let own = lines.iter().filter(|heard| heard.card.card == *id).copied();
        let mut card = card.clone();
        heard::add(&mut card, own);
        (id.clone(), card)
    };
    subject.cards.iter().map(with).collect()
}

fn measure(
    lexicon: &Arc<Lexicon>,
    cards: &[(Id, Recall)],
    answers: &[&Answer],
    count: f64,
    is_heard: bool,
) -> Vec<Sample> {
    let language = Language::new(lexicon.clone(), cards.iter().map(|(_, card)| card));
    let mut found = Vec::new();
    for (id, card) in cards {
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
    })
}
