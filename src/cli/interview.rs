//! `greenroom interview`: a mock interview.

use clap::Args;

use super::call::Call;
use super::failure::Failure;
use super::study::{named, show};
use crate::card::Id;
use crate::interview::Length;
use crate::tui::event::{Route, Wanted};

/// Sit a mock interview: whole answers, a clock, a scorecard at the end
#[derive(Debug, Args)]
pub struct Interview {
    /// Ids of decks; all decks if none is named
    #[arg(id = "asked", value_name = "DECK")]
    decks: Vec<String>,
    /// How long: 3, 6 or 10 questions
    #[arg(long, value_name = "10|20|40", value_parser = minutes)]
    minutes: Option<Length>,
    /// Draw the questions by this number, so that the same ones can be drawn again
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Say the answers aloud and tick what you said
    #[arg(long)]
    spoken: bool,
}

impl Interview {
    pub fn run(self, call: &Call) -> Result<u8, Failure> {
        show(call, |workspace| {
            let decks = self.decks.iter().map(|id| named(&workspace.library, id)).collect::<Result<Vec<Id>, _>>()?;
            let (length, seed, is_spoken) = (self.minutes, self.seed, self.spoken);
            Ok(Route::Interview(Wanted { decks, length, seed, is_spoken }))
        })
    }
}

fn minutes(text: &str) -> Result<Length, String> {
    text.parse().ok().and_then(Length::of_minutes).ok_or_else(|| "an interview takes 10, 20 or 40 minutes".to_owned())
}
