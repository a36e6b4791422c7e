//! `greenroom stats`: what was reviewed, recalled and confused, and what comes.

mod json;
mod plain;

use clap::Args;
use jiff::civil::Date;

use super::call::Call;
use super::failure::Failure;
use super::output::{Form, Output};
use super::study::named;
use crate::card::{Choice, Id};
use crate::library::Shelf;
use crate::review::{Entry, carried, live};
use crate::safe;
use crate::stats::{Calibration, Confusion, Tally, calibration, confusions, tally};
use crate::store::Seq;
use crate::text::Safe;
use crate::workspace::Workspace;

/// Tell what was reviewed, recalled and confused, and what comes in the next seven days
#[derive(Debug, Args)]
pub struct Stats {
    /// Ids of decks; all that were reviewed if none is named
    #[arg(id = "counted", value_name = "DECK")]
    decks: Vec<String>,
    #[command(flatten)]
    form: Form,
}

/// Study days that the forecast looks ahead, today among them.
const AHEAD: usize = 7;

/// All that is told.
struct Report {
    today: Date,
    /// What the schedule aims at, 0 to 1.
    desired: f32,
    all: Numbers,
    decks: Vec<(Name, Numbers)>,
    drills: Vec<Drill>,
    typed: Calibration,
}

struct Name {
    id: Id,
    /// Nothing of a deck that is gone; its reviews are still there.
    title: Option<Safe>,
}

#[derive(Default)]
struct Numbers {
    tally: Tally,
    /// Cards that come due on each of the days ahead.
    forecast: Vec<usize>,
}

/// What was picked in one exercise.
struct Drill {
    deck: Id,
    exercise: Id,
    prompt: Safe,
    confusion: Confusion,
}

impl Stats {
    pub fn run(self, call: &Call, output: &mut Output) -> Result<u8, Failure> {
        let (workspace, store) = call.open(call.environment.zone(), output)?;
        let decks = self.decks.iter().map(|id| named(&workspace.library, id)).collect::<Result<Vec<_>, _>>()?;
        let log: Vec<Entry> = store.since(Seq::START)?.into_iter().map(|row| row.entry).collect();
        let cards = carried(&log);
        let log: Vec<_> = log.into_iter().zip(cards).map(|(entry, card)| Entry { card, ..entry }).collect();
        let today = workspace.moment(call.environment.now()).day;
        let report = Report::of(&workspace, &live(&log), &decks, today)?;
        let write = if self.form.is_json() { json::write } else { plain::write };
        write(&report, output).map(|()| 0)
    }
}

impl Report {
    /// Of the decks named, or of all that were reviewed: those of the library in its order, then those that are gone.
    fn of(workspace: &Workspace, counting: &[&Entry], named: &[Id], today: Date) -> Result<Report, Failure> {
        let is_named = |deck: &Id| named.is_empty() || named.contains(deck);
        let mut tallies = tally(counting, &workspace.scheduler);
        let mut report = Report {
            today,
            desired: workspace.settings.policy.retention,
            all: Numbers { tally: Tally::default(), forecast: vec![0; AHEAD] },
            decks: Vec::new(),
            drills: Vec::new(),
            typed: calibration(counting.iter().copied().filter(|entry| is_named(&entry.card.deck))),
        };
        for shelf in workspace.library.decks() {
            let tally = tallies.remove(&shelf.id);
            if named.contains(&shelf.id) || named.is_empty() && tally.is_some() {
                let forecast = workspace.forecast_of(shelf, today, AHEAD);
                let name = Name { id: shelf.id.clone(), title: Some(shelf.title.line()) };
                report.add(name, Numbers { tally: tally.unwrap_or_default(), forecast });
                drills(workspace, shelf, counting)?.into_iter().for_each(|drill| report.add_drill(drill));
            }
        }
        if named.is_empty() {
            for (id, tally) in tallies {
                report.add(Name { id, title: None }, Numbers { tally, forecast: vec![0; AHEAD] });
            }
        }
        Ok(report)
    }

    /// An exercise that another deck repeats, as a learner's own scenarios do, is told of once.
    fn add_drill(&mut self, drill: Drill) {
        let mut known = self.drills.iter_mut().filter(|known| known.exercise == drill.exercise);
        if !known.any(|known| known.confusion.add(&drill.confusion)) {
            self.drills.push(drill);
        }
    }

    fn add(&mut self, name: Name, numbers: Numbers) {
        self.all.tally.add(&numbers.tally);
        self.all.forecast.iter_mut().zip(&numbers.forecast).for_each(|(count, more)| *count += more);
        self.decks.push((name, numbers));
    }
}

fn drills(workspace: &Workspace, shelf: &Shelf, counting: &[&Entry]) -> Result<Vec<Drill>, Failure> {
    if !shelf.cards.iter().any(|slot| slot.choice) {
        return Ok(Vec::new());
    }
    let cards = workspace.library.cards(shelf).map_err(|lost| Failure::bad_deck(safe!("greenroom: {lost}")))?;
    let found = confusions(&shelf.id, &cards, counting).into_iter();
    let drill = |(choice, confusion): (&Choice, Confusion)| Drill {
        deck: shelf.id.clone(),
        exercise: choice.exercise.id.clone(),
        prompt: choice.exercise.prompt.line(),
        confusion,
    };
    Ok(found.map(drill).collect())
}
