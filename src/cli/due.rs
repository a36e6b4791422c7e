//! `greenroom due`: what is due, without a terminal.

use clap::Args;
use serde::Serialize;

use super::call::Call;
use super::failure::Failure;
use super::output::{Form, Output};
use crate::card::Key;
use crate::review::Moment;
use crate::safe;
use crate::scheduler::Due as DueTime;
use crate::workspace::{Workspace, keys};

/// Tell what is due
#[derive(Debug, Args)]
pub struct Due {
    /// As of this time, such as 2026-11-22T18:00:00Z
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    #[command(flatten)]
    form: Form,
}

#[derive(Serialize)]
struct Line {
    card: String,
    deck: String,
    state: &'static str,
    due: Option<String>,
    stability: Option<f32>,
    difficulty: Option<f32>,
    retrievability: Option<f32>,
    reviews: u32,
    lapses: u32,
}

impl Due {
    pub fn run(self, call: &Call, output: &mut Output) -> Result<u8, Failure> {
        let time = call.time(self.at.as_deref())?;
        let (workspace, _) = call.open(time.zone, output)?;
        let now = workspace.moment(time.at);
        if self.form.is_json() {
            let cards = workspace.library.decks().iter().flat_map(keys);
            output.list(self.form, cards.map(|card| line(&workspace, &card, now)))?;
            return Ok(0);
        }
        for shelf in workspace.library.decks() {
            let standing = workspace.standing(shelf, now);
            output.line(&safe!("{:<40} {:>5} due {:>5} new", shelf.title.line(), standing.due, standing.new))?;
        }
        Ok(0)
    }
}

fn line(workspace: &Workspace, card: &Key, now: Moment) -> Line {
    let memory = workspace.memory(card);
    let is_known = memory.reviews > 0;
    let state = match () {
        () if memory.suspended => "suspended",
        () if memory.buried == Some(now.day) => "buried",
        () => memory.state.word(),
    };
    Line {
        card: card.card.to_string(),
        deck: card.deck.to_string(),
        state,
        due: instant(workspace, &memory.due()),
        stability: is_known.then_some(memory.stability),
        difficulty: is_known.then_some(memory.difficulty),
        retrievability: workspace.scheduler.retrievability(&memory, now.day),
        reviews: memory.reviews,
        lapses: memory.lapses,
    }
}

/// RFC 3339; a card that is due on a study day is due from its first instant on. None for a new card.
pub fn instant(workspace: &Workspace, due: &DueTime) -> Option<String> {
    workspace.clock.instant(due).map(|at| at.to_string())
}
