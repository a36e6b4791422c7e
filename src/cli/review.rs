//! `greenroom review`: one graded answer, as the study screen would record it.

use clap::Args;
use serde::Serialize;
use uuid::Uuid;

use super::call::Call;
use super::due::instant;
use super::failure::Failure;
use super::output::Output;
use crate::review::{Action, Entry, EntryId, Grade, Source};
use crate::safe;

/// Record one graded answer
#[derive(Debug, Args)]
pub struct Review {
    /// `deck/card`, or the id of a card that no other deck has
    card: String,
    /// again, hard, good, easy, or 1 to 4
    grade: String,
    /// When it was given, such as 2026-11-22T18:00:00Z; now if left out
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
}

#[derive(Serialize)]
struct Line {
    card: String,
    at: String,
    grade: &'static str,
    due: Option<String>,
    stability: f32,
    difficulty: f32,
    state: &'static str,
}

impl Review {
    pub fn run(self, call: &Call, output: &mut Output) -> Result<u8, Failure> {
        let grade: Grade =
            self.grade.parse().map_err(|why| Failure::usage(safe!("greenroom: `{}` {why}", self.grade)))?;
        let time = call.time(self.at.as_deref())?;
        let (mut workspace, mut store) = call.open(time.zone, output)?;
        let card = workspace.library.find(&self.card)?;
        let last = workspace.memory(&card).last_at();
        if let Some(last) = last.filter(|last| *last > time.at) {
            output.complain(&safe!("greenroom: {card} was last answered at {last}; this answer counts as given then"));
        }
        let at = last.map_or(time.at, |last| last.max(time.at));
        let action = Action::Review { grade, took: 0, source: Source::Command, said: None };
        let id = EntryId::new(at, Uuid::now_v7().as_u128());
        let entry = Entry { id, card: card.clone(), moment: workspace.moment(at), action };
        store.append(&entry, workspace.memories.newest(&card))?;
        workspace.record(&entry);
        let memory = workspace.memory(&card);
        output.json(&Line {
            card: card.card.to_string(),
            at: entry.moment.at.to_string(),
            grade: grade.word(),
            due: instant(&workspace, &memory.due()),
            stability: memory.stability,
            difficulty: memory.difficulty,
            state: memory.state.word(),
        })?;
        Ok(0)
    }
}
