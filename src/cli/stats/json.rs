//! The report as one JSON object; the manual page `stats` describes it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::super::failure::Failure;
use super::super::output::Output;
use super::{Drill, Numbers, Report};
use crate::card::Id;
use crate::stats::{Calibration, Confusion, Row};
use crate::text::Safe;

#[derive(Serialize)]
struct Object<'a> {
    day: Date,
    desired_retention: f32,
    #[serde(flatten)]
    all: Figures<'a>,
    decks: Vec<Deck<'a>>,
    exercises: Vec<Exercise<'a>>,
    typed: Typed,
}

#[derive(Serialize)]
struct Typed {
    answers: u32,
    marks: u32,
    flips: u32,
    flips_per_100: Option<f64>,
    /// Expected less said, in hundredths, and the Brier score; null with fewer than five rated answers.
    gap: Option<f64>,
    brier: Option<f64>,
    confidence: Vec<Confidence>,
}

#[derive(Serialize)]
struct Confidence {
    word: &'static str,
    answers: u32,
    said: Option<f64>,
    got: Option<f64>,
}

#[derive(Serialize)]
struct Figures<'a> {
    reviews: u32,
    tested: u32,
    recalled: u32,
    retention: Option<f64>,
    took: u64,
    days: usize,
    since: Option<Date>,
    forecast: &'a [usize],
}

#[derive(Serialize)]
struct Deck<'a> {
    deck: &'a Id,
    title: Option<&'a Safe>,
    #[serde(flatten)]
    figures: Figures<'a>,
}

#[derive(Serialize)]
struct Exercise<'a> {
    deck: &'a Id,
    exercise: &'a Id,
    prompt: &'a Safe,
    answers: u32,
    right: u32,
    accuracy: Option<f64>,
    labels: Vec<Label<'a>>,
    confused: Option<Confused<'a>>,
}

#[derive(Serialize)]
struct Label<'a> {
    id: &'a Id,
    name: &'a Safe,
    answers: u32,
    right: u32,
    accuracy: Option<f64>,
    picked: BTreeMap<&'a Id, u32>,
}

#[derive(Serialize)]
struct Confused<'a> {
    right: &'a Id,
    picked: &'a Id,
    times: u32,
    answers: u32,
    sentence: Safe,
}

pub fn write(report: &Report, output: &mut Output) -> Result<(), Failure> {
    output.json(&Object {
        day: report.today,
        desired_retention: report.desired,
        all: figures(&report.all),
        decks: report
            .decks
            .iter()
            .map(|(name, numbers)| Deck { deck: &name.id, title: name.title.as_ref(), figures: figures(numbers) })
            .collect(),
        exercises: report.drills.iter().map(exercise).collect(),
        typed: typed(&report.typed),
    })
}

fn typed(calibration: &Calibration) -> Typed {
    let confidence = |row: &Row| {
        let (said, got) = row.means().unzip();
        Confidence { word: row.word, answers: row.answers, said, got }
    };
    Typed {
        answers: calibration.answers,
        marks: calibration.flips.whole,
        flips: calibration.flips.part,
        flips_per_100: calibration.flips.fraction().map(|fraction| fraction * 100.0),
        gap: calibration.gap(),
        brier: calibration.brier(),
        confidence: calibration.rows.iter().map(confidence).collect(),
    }
}

fn figures(numbers: &Numbers) -> Figures<'_> {
    let tally = &numbers.tally;
    Figures {
        reviews: tally.reviews,
        tested: tally.retention.whole,
        recalled: tally.retention.part,
        retention: tally.retention.fraction(),
        took: tally.took,
        days: tally.days.len(),
        since: tally.days.first().copied(),
        forecast: &numbers.forecast,
    }
}

fn exercise(drill: &Drill) -> Exercise<'_> {
    let confusion = &drill.confusion;
    let accuracy = confusion.accuracy();
    Exercise {
        deck: &drill.deck,
        exercise: &drill.exercise,
        prompt: &drill.prompt,
        answers: accuracy.whole,
        right: accuracy.part,
        accuracy: accuracy.fraction(),
        labels: (0..confusion.labels().len()).map(|place| label(confusion, place)).collect(),
        confused: confusion.worst().map(|worst| Confused {
            right: &worst.right.id,
            picked: &worst.picked.id,
            times: worst.times.part,
            answers: worst.times.whole,
            sentence: worst.sentence(),
        }),
    }
}

fn label(confusion: &Confusion, right: usize) -> Label<'_> {
    let (labels, accuracy) = (confusion.labels(), confusion.accuracy_of(right));
    let picked = labels.iter().enumerate().map(|(place, label)| (&label.id, confusion.times(right, place)));
    Label {
        id: &labels[right].id,
        name: &labels[right].name,
        answers: accuracy.whole,
        right: accuracy.part,
        accuracy: accuracy.fraction(),
        picked: picked.filter(|(_, times)| *times > 0).collect(),
    }
}
