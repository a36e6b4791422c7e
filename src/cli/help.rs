//! `greenroom help`: what a word means, be it a command or a page of the manual.

use clap::{Args, Command};

use super::failure::Failure;
use super::output::Output;
use crate::safe;
use crate::text::{Safe, nearest};

/// Explain a command, or print a page of the manual
#[derive(Debug, Args)]
pub struct Help {
    /// A command or a page; without it both are listed
    word: Option<String>,
}

/// The pages of the manual: word, and text as Markdown.
pub const PAGES: &[(&str, &str)] = &[
    ("start", include_str!("../../assets/manual/start.md")),
    ("study", include_str!("../../assets/manual/study.md")),
    ("choice", include_str!("../../assets/manual/choice.md")),
    ("classifier", include_str!("../../assets/manual/classifier.md")),
    ("grade", include_str!("../../assets/manual/grade.md")),
    ("interview", include_str!("../../assets/manual/interview.md")),
    ("stats", include_str!("../../assets/manual/stats.md")),
    ("cards", include_str!("../../assets/manual/cards.md")),
    ("deck-format", include_str!("../../assets/manual/deck-format.md")),
    ("lint", include_str!("../../assets/manual/lint.md")),
    ("rules", include_str!("../../assets/manual/rules.md")),
    ("import", include_str!("../../assets/manual/import.md")),
    ("settings", include_str!("../../assets/manual/settings.md")),
    ("safety", include_str!("../../assets/manual/safety.md")),
];

impl Help {
    pub fn run(self, command: &mut Command, output: &mut Output) -> Result<u8, Failure> {
        let Some(word) = self.word else {
            output.text(&Safe::new(&command.render_long_help().to_string()))?;
            let pages: Vec<_> = PAGES.iter().map(|(word, _)| *word).collect();
            output.line(&safe!("\nPages of the manual, for greenroom help PAGE: {}", pages.join(", ")))?;
            return Ok(0);
        };
        if let Some((_, text)) = PAGES.iter().find(|(page, _)| *page == word) {
            output.text(&Safe::new(text))?;
            return Ok(0);
        }
        command.build();
        if let Some(known) = command.find_subcommand_mut(&word) {
            output.text(&Safe::new(&known.render_long_help().to_string()))?;
            return Ok(0);
        }
        let commands: Vec<String> = command.get_subcommands().map(|known| known.get_name().to_owned()).collect();
        let known = commands.iter().map(String::as_str).chain(PAGES.iter().map(|(page, _)| *page));
        let near = nearest(&word, known).map_or_else(Safe::default, |near| safe!("; did you mean `{near}`?"));
        Err(Failure::usage(safe!("greenroom: there is no help on `{word}`{near}")))
    }
}
