//! `greenroom lint`: everything that is wrong in deck files, each with its place and what to do.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::failure::{BAD_DECK, FINDINGS, Failure};
use super::output::{Form, Output};
use super::problem::Renderer;
use crate::deck::Severity;
use crate::library::{Library, Places, Problem};
use crate::safe;
use crate::text::{Safe, count};

/// Check deck files; exit code 1 with warnings, 3 with errors
#[derive(Debug, Args)]
pub struct Lint {
    /// Deck files, or folders of them
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    form: Form,
}

#[derive(Serialize)]
struct Line {
    file: Safe,
    line: Option<u32>,
    column: Option<u32>,
    code: &'static str,
    severity: &'static str,
    message: Safe,
    help: Safe,
}

impl Lint {
    pub fn run(self, output: &mut Output) -> Result<u8, Failure> {
        let places = Places { built_in: false, folder: None, extra: self.paths };
        let library = Library::open(&places, None);
        let problems = library.problems();
        if self.form.is_json() {
            output.list(self.form, problems.iter().map(line))?;
        } else {
            tell(&library, problems, output)?;
        }
        Ok(match problems.iter().map(|problem| problem.diagnostic.severity).min() {
            None => 0,
            Some(Severity::Error) => BAD_DECK,
            Some(Severity::Warning) => FINDINGS,
        })
    }
}

fn tell(library: &Library, problems: &[Problem], output: &mut Output) -> Result<(), Failure> {
    let mut renderer = Renderer::default();
    for problem in problems {
        output.line(&renderer.render(problem))?;
        output.line(&Safe::default())?;
    }
    let cards: usize = library.decks().iter().map(|shelf| shelf.cards.len()).sum();
    let errors = problems.iter().filter(|problem| problem.diagnostic.severity == Severity::Error).count();
    let warnings = count((problems.len() - errors) as u64, "warning", "warnings");
    let decks = count(library.decks().len() as u64, "deck", "decks");
    let cards = count(cards as u64, "card", "cards");
    let errors = count(errors as u64, "error", "errors");
    output.line(&safe!("{decks}, {cards}: {errors}, {warnings}"))
}

fn line(problem: &Problem) -> Line {
    let (line, column) = problem.place.unzip();
    let diagnostic = &problem.diagnostic;
    Line {
        file: problem.file.clone(),
        line,
        column,
        code: diagnostic.code,
        severity: diagnostic.severity.word(),
        message: diagnostic.message.clone(),
        help: diagnostic.help.clone(),
    }
}
