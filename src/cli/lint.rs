//! `greenroom lint`: everything that an author should look at in deck files, each with its place and what to do.

mod diff;
mod explain;
mod mend;

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::call::Call;
use super::failure::{BAD_DECK, FINDINGS, Failure};
use super::output::{Form, Output};
use super::problem::Renderer;
use crate::deck::{Edit, Severity};
use crate::library::{Places, Problem, Survey, Writer, survey};
use crate::lint::{Linted, lint};
use crate::safe;
use crate::text::{Safe, count};

/// Check deck files, and mend what can be mended; exit code 1 with warnings, 3 with errors
#[derive(Debug, Args)]
pub struct Lint {
    /// Deck files, or folders of them; your own decks if you name none
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Mend what can be mended in one way only
    #[arg(long)]
    fix: bool,
    /// With --fix: show what would be changed, and write nothing
    #[arg(long, requires = "fix")]
    dry_run: bool,
    /// Explain a finding: why it matters, a wrong and a right example
    #[arg(long, value_name = "CODE", conflicts_with_all = ["paths", "fix", "rules"])]
    explain: Option<String>,
    /// List every finding that there is
    #[arg(long, conflicts_with_all = ["paths", "fix"])]
    rules: bool,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Fix>,
}

#[derive(Serialize)]
struct Fix {
    says: Safe,
    edits: Vec<Written>,
}

/// Bytes of the file, and what stands in their place afterwards.
#[derive(Serialize)]
struct Written {
    start: usize,
    end: usize,
    text: String,
}

/// What was found in all the files.
struct Report {
    decks: usize,
    cards: usize,
    problems: Vec<Problem>,
}

impl Lint {
    pub fn run(self, call: &Call, output: &mut Output) -> Result<u8, Failure> {
        if let Some(code) = &self.explain {
            return explain::explain(code, output);
        }
        if self.rules {
            return explain::list(self.form, output);
        }
        let mut survey = survey(&self.places(call)?);
        if self.fix {
            let writer = Writer::new(&call.paths()?.data);
            mend::mend(&mut survey, &writer, self.dry_run, self.form, output)?;
        }
        let report = report(survey);
        if self.form.is_json() {
            output.list(self.form, report.problems.iter().map(line))?;
        } else if !self.dry_run {
            tell(&report, output)?;
        }
        Ok(match report.problems.iter().map(|problem| problem.diagnostic.severity).min() {
            None | Some(Severity::Advice) => 0,
            Some(Severity::Error) => BAD_DECK,
            Some(Severity::Warning) => FINDINGS,
        })
    }

    /// What was named, or the learner's own decks; in either case with the decks of this call.
    fn places(&self, call: &Call) -> Result<Places, Failure> {
        let folder = if self.paths.is_empty() { Some(call.paths()?.decks) } else { None };
        let extra = self.paths.iter().chain(&call.decks).cloned().collect();
        Ok(Places { built_in: false, folder, extra })
    }
}

fn report(survey: Survey) -> Report {
    let texts: Vec<&[u8]> = survey.texts.iter().map(|(_, text)| text.as_slice()).collect();
    let linted = lint(&texts);
    let decks: Vec<_> = linted.iter().map(|linted| linted.deck.as_ref().map(|deck| deck.id.clone())).collect();
    let cards = linted.iter().filter_map(|linted| linted.deck.as_ref()).map(|deck| deck.cards.len()).sum();
    let duplicates = survey.duplicates(&decks);
    let in_texts = linted.into_iter().enumerate();
    let in_texts: Vec<_> =
        in_texts.flat_map(|(at, Linted { diagnostics, .. })| survey.problems_in(at, diagnostics)).collect();
    let decks = decks.iter().flatten().count() - duplicates.len();
    Report { decks, cards, problems: survey.problems.into_iter().chain(duplicates).chain(in_texts).collect() }
}

fn tell(Report { decks, cards, problems }: &Report, output: &mut Output) -> Result<(), Failure> {
    let mut renderer = Renderer::default();
    for problem in problems {
        output.line(&renderer.render(problem))?;
        output.line(&Safe::default())?;
    }
    let of = |severity| problems.iter().filter(|problem| problem.diagnostic.severity == severity).count() as u64;
    let decks = count(*decks as u64, "deck", "decks");
    let cards = count(*cards as u64, "card", "cards");
    let errors = count(of(Severity::Error), "error", "errors");
    let warnings = count(of(Severity::Warning), "warning", "warnings");
    let advice = match of(Severity::Advice) {
        0 => Safe::default(),
        number => safe!(", {}", count(number, "piece of advice", "pieces of advice")),
    };
    output.line(&safe!("{decks}, {cards}: {errors}, {warnings}{advice}"))?;
    let fixes = problems.iter().filter(|problem| problem.diagnostic.fix.is_some()).count();
    if let Some(first) = problems.first() {
        let fixes = if fixes > 0 { safe!("`--fix` mends {fixes} of them. ") } else { Safe::default() };
        output.line(&safe!("{fixes}`greenroom lint --explain {}` says more of the first.", first.diagnostic.code))?;
    }
    Ok(())
}

fn line(problem: &Problem) -> Line {
    let (line, column) = problem.place.unzip();
    let diagnostic = &problem.diagnostic;
    let written = |Edit { span, text }: &Edit| Written { start: span.start, end: span.end, text: text.clone() };
    Line {
        file: problem.file.clone(),
        line,
        column,
        code: diagnostic.code,
        severity: diagnostic.severity.word(),
        message: diagnostic.message.clone(),
        help: diagnostic.help.clone(),
        fix: diagnostic
            .fix
            .as_ref()
            .map(|fix| Fix { says: fix.says.clone(), edits: fix.edits.iter().map(written).collect() }),
    }
}
