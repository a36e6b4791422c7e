//! `greenroom import`: cards from a file of any known format into a deck, or a review log that was exported.

mod reviews;
mod tell;

use std::io::{IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};

use self::reviews::Reviews;
use self::tell::Told;
use super::call::Call;
use super::failure::{FINDINGS, Failure};
use super::output::Output;
use super::study::show;
use crate::deck::LARGEST_FILE;
use crate::exchange::{FORMATS, Format, Imported, recognise};
use crate::library::{Writer, read_file};
use crate::safe;
use crate::text::Safe;
use crate::tui::event::Route;
use crate::workspace::{Batch, Intake, NoIntake, Workspace};

/// Add cards from a file to a deck; importing twice adds nothing, and what cannot be carried is listed
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Import {
    #[command(subcommand)]
    what: Option<What>,
    /// A file of any of the formats, or - for standard input
    #[arg(required = true)]
    file: Option<PathBuf>,
    /// The deck that gets the cards: its id, or the path of a file that need not be there yet [default: one with the
    /// name of the file]
    #[arg(long, value_name = "DECK")]
    into: Option<String>,
    /// What the file is; known by its name and its content if left out
    #[arg(long, value_name = "NAME", value_parser = names(|format| format.import.is_some()))]
    format: Option<String>,
    /// Say what would be added, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Ask nothing: add the cards that are proposed for a pasted text, too
    #[arg(long, short)]
    yes: bool,
    /// One JSON value
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum What {
    Reviews(Reviews),
}

/// The names of the formats that can do something, as the values of an option.
pub fn names(can: fn(&Format) -> bool) -> PossibleValuesParser {
    let value = |format: &Format| clap::builder::PossibleValue::new(format.name).help(format.about);
    PossibleValuesParser::new(FORMATS.iter().filter(|format| can(format)).map(value).collect::<Vec<_>>())
}

impl Import {
    pub fn run(self, call: &Call, output: &mut Output) -> Result<u8, Failure> {
        if let Some(What::Reviews(reviews)) = self.what {
            return reviews.run(call, output);
        }
        let file = self.file.clone().expect("clap asks for it");
        let name = if file == Path::new("-") { safe!("standard input") } else { safe!("{}", file.display()).line() };
        let bytes = read(&file).map_err(|why| Failure::usage(safe!("greenroom: {name} {why}")))?;
        output.progress(&safe!("reading {} KB", bytes.len() >> 10));
        let (format, imported) = self.parse(&file, &name, &bytes)?;
        output.progress(&safe!("comparing {} cards", imported.cards.len()));
        let workspace = call.workspace(None)?;
        let intake = workspace.intake(self.into.as_deref(), &file, &imported).map_err(|why| refusal(&why))?;
        output.progress(&Safe::default());
        if self.asks(format) {
            return wizard(call, intake, imported);
        }
        self.add(&workspace, &intake, imported, output)
    }

    fn parse(&self, file: &Path, name: &Safe, bytes: &[u8]) -> Result<(&'static Format, Imported), Failure> {
        let named = self.format.as_deref().and_then(Format::named);
        let format = named.unwrap_or_else(|| recognise(file, bytes));
        let import = format.import.expect("only formats that can be read are named");
        let imported = import(bytes).map_err(|why| {
            let place = why.line.map_or_else(String::new, |line| format!(":{line}"));
            let (what, help) = (&why.what, &why.help);
            Failure::usage(safe!(
                "greenroom: {name}{place}: {what} {help} (Read as {}; --format names another.)",
                format.name
            ))
        })?;
        if imported.cards.is_empty() && imported.dropped.is_empty() {
            return Err(Failure::usage(safe!("greenroom: {name} has no cards (read as {}).", format.name)));
        }
        Ok((format, imported))
    }

    /// Whether the learner is asked card by card.
    fn asks(&self, format: &Format) -> bool {
        let has_terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
        format.is_proposal && has_terminal && !(self.yes || self.dry_run || self.json)
    }

    fn add(
        &self,
        workspace: &Workspace,
        intake: &Intake,
        imported: Imported,
        output: &mut Output,
    ) -> Result<u8, Failure> {
        let joined = intake.join(imported);
        let is_written = !self.dry_run && !joined.added.is_empty();
        if is_written {
            // From here on the file is written whole, whoever presses ctrl-c.
            let _nothing_to_ask =
                signal_hook::flag::register(signal_hook::consts::SIGINT, Arc::new(AtomicBool::new(false)));
            output.progress(&safe!("adding {} cards", joined.added.len()));
            intake.add(&joined.added, &Writer::new(&workspace.paths.data)).map_err(|why| refusal(&why.into()))?;
            output.progress(&Safe::default());
        }
        let told = Told { intake, joined: &joined, is_written, is_dry: self.dry_run };
        if self.json {
            output.json(&told.value())?;
        } else {
            told.print(output)?;
        }
        Ok(if joined.dropped.is_empty() && joined.changed.is_empty() { 0 } else { FINDINGS })
    }
}

/// The bytes of a file, or why not; the sentence goes on from its name.
fn read(file: &Path) -> Result<Vec<u8>, Safe> {
    if file != Path::new("-") {
        return read_file(file);
    }
    let mut bytes = Vec::new();
    let limit = LARGEST_FILE as u64 + 1;
    std::io::stdin().take(limit).read_to_end(&mut bytes).map_err(|why| safe!("cannot be read: {why}"))?;
    Ok(bytes)
}

fn refusal(why: &NoIntake) -> Failure {
    let words = safe!("greenroom: {why}");
    match why {
        NoIntake::Broken(_) => Failure::bad_deck(words),
        _ => Failure::usage(words),
    }
}

/// Shows the proposed cards one by one.
fn wizard(call: &Call, intake: Intake, imported: Imported) -> Result<u8, Failure> {
    show(call, |_| Ok(Route::Import(Box::new(Batch { joined: intake.join(imported), intake }))))
}
