//! `greenroom choice`: a round of scenarios, answered by picking a label.

use clap::Args;

use super::call::Call;
use super::failure::Failure;
use super::study::show;
use crate::card::Id;
use crate::safe;
use crate::tui::event::{Drill, Route};
use crate::workspace::Workspace;

/// Pick the label of each scenario: task role or execution role?
#[derive(Debug, Args)]
pub struct Choice {
    /// The id of an exercise; the first one if none is named
    exercise: Option<String>,
    /// So many scenarios, one key each, with time and accuracy at the end
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000))]
    rapid: Option<u16>,
    /// All labels and all scenarios, whatever `choice_level` says
    #[arg(long)]
    expert: bool,
}

impl Choice {
    pub fn run(self, call: &Call) -> Result<u8, Failure> {
        let (rapid, is_expert) = (self.rapid.map(usize::from), self.expert.then_some(true));
        show(call, |workspace| {
            let exercise = self.exercise.map(|name| named(workspace, &name)).transpose()?;
            Ok(Route::Choice(Drill { exercise, rapid, is_expert }))
        })
    }
}

fn named(workspace: &Workspace, name: &str) -> Result<Id, Failure> {
    let known: Vec<Id> = workspace.exercises().into_iter().map(|known| known.exercise.id.clone()).collect();
    if let Some(id) = known.iter().find(|id| id.as_str() == name) {
        return Ok(id.clone());
    }
    let names = || known.iter().map(Id::as_str);
    let hint = match crate::text::nearest(name, names()) {
        Some(near) => safe!("did you mean `{near}`?"),
        None if known.is_empty() => safe!("no deck has one"),
        None => safe!("the exercises are {}", names().collect::<Vec<_>>().join(", ")),
    };
    Err(Failure::usage(safe!(
        "greenroom: there is no exercise `{name}`; {hint}{}",
        workspace.library.told_unread(None)
    )))
}
