//! The command-line face: one file per command; starts the terminal face when asked to.

mod add;
mod ask;
mod backup;
mod call;
mod choice;
mod classify;
mod completions;
mod deck;
mod due;
mod edit;
mod environment;
mod export;
mod failure;
mod grade;
mod help;
mod import;
mod interview;
mod lint;
mod new;
mod output;
mod paths;
mod problem;
mod rename;
mod restore;
mod review;
mod share;
mod stats;
mod study;
mod target;
mod train;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

use self::call::Call;
use self::environment::Environment;
use self::failure::Failure;
use self::output::Output;
use crate::text::Safe;

/// Get ready for technical interviews: daily study with spaced repetition, in the terminal, in files you own.
///
/// Without a command the home screen opens.
#[derive(Debug, Parser)]
#[command(name = "greenroom", version, disable_help_subcommand = true, max_term_width = 100)]
pub struct Arguments {
    /// Keep settings, decks and reviews in this one folder [env: GREENROOM_HOME]
    #[arg(long, global = true, value_name = "DIR")]
    home: Option<OsString>,
    /// Add a deck file or folder for this call; may be repeated
    #[arg(long = "deck", global = true, value_name = "FILE")]
    decks: Vec<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Study(study::Study),
    Choice(choice::Choice),
    Interview(interview::Interview),
    Classify(classify::Classify),
    Due(due::Due),
    Stats(stats::Stats),
    Review(review::Review),
    Grade(grade::Grade),
    Train(train::Train),
    New(new::New),
    Add(add::Add),
    Edit(edit::Edit),
    Deck(deck::Deck),
    Lint(lint::Lint),
    Export(export::Export),
    Import(import::Import),
    Backup(backup::Backup),
    Restore(restore::Restore),
    Paths(paths::Paths),
    Completions(completions::Completions),
    Help(help::Help),
}

/// Runs the program on its arguments, its own name first. Says what went wrong on standard error, in one or two
/// sentences; the exit code is 0 done, 1 findings, 2 usage or no terminal, 3 bad deck, 4 store, and 128 plus its number after
/// a signal.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let mut output = Output::standard();
    let result = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => attempt(arguments, &mut output),
        Err(usage) if usage.use_stderr() => Err(Failure::usage(Safe::new(usage.render().to_string().trim_end()))),
        Err(asked) => output.text(&Safe::new(&asked.render().to_string())).map(|()| 0),
    };
    let result = result.and_then(|code| output.flush().map(|()| code));
    ExitCode::from(result.unwrap_or_else(|failure| report(failure, &mut output)))
}

/// Says on standard error what went wrong, and gives the exit code.
fn report(failure: Failure, output: &mut Output) -> u8 {
    match failure {
        Failure::PipeClosed => 0,
        Failure::Told { code, words } => {
            output.complain(&words);
            code
        }
    }
}

fn attempt(arguments: Arguments, output: &mut Output) -> Result<u8, Failure> {
    let environment = Environment::read()?;
    let call = Call { home: arguments.home, decks: arguments.decks, environment };
    match arguments.command {
        None => study::home(&call),
        Some(Command::Study(command)) => command.run(call),
        Some(Command::Classify(command)) => command.run(&call, output),
        Some(Command::Choice(command)) => command.run(&call),
        Some(Command::Interview(command)) => command.run(&call),
        Some(Command::Due(command)) => command.run(&call, output),
        Some(Command::Stats(command)) => command.run(&call, output),
        Some(Command::Review(command)) => command.run(&call, output),
        Some(Command::Grade(command)) => command.run(&call, output),
        Some(Command::Train(command)) => command.run(output),
        Some(Command::New(command)) => command.run(&call, output),
        Some(Command::Add(command)) => command.run(&call, output),
        Some(Command::Edit(command)) => command.run(&call, output),
        Some(Command::Deck(command)) => command.run(&call, output),
        Some(Command::Lint(command)) => command.run(&call, output),
        Some(Command::Export(command)) => command.run(&call, output),
        Some(Command::Import(command)) => command.run(&call, output),
        Some(Command::Backup(command)) => command.run(&call, output),
        Some(Command::Restore(command)) => command.run(&call, output),
        Some(Command::Paths(command)) => command.run(&call, output),
        Some(Command::Completions(command)) => command.run(&mut Arguments::command(), output),
        Some(Command::Help(command)) => command.run(&mut Arguments::command(), output),
    }
}
