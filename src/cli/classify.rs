//! `greenroom classify`: what the classifier makes of a text, and of many.

use std::io::BufRead as _;
use std::sync::Arc;

use clap::Args;
use serde::{Deserialize, Serialize};

use super::call::Call;
use super::failure::Failure;
use super::output::Output;
use crate::card::Exercise;
use crate::classifier::roles::EXERCISE;
use crate::classifier::{Model, Verdict, largest};
use crate::safe;
use crate::text::Safe;
use crate::workspace::{Taught, is_roles};

/// Tell which label a text argues for, and by which words
#[derive(Debug, Args)]
pub struct Classify {
    /// The text, or - to read it from standard input
    text: Option<String>,
    /// The exercise whose labels are meant
    #[arg(long, value_name = "ID", default_value = "task-or-execution")]
    exercise: String,
    /// One JSON object
    #[arg(long, conflicts_with = "jsonl")]
    json: bool,
    /// One JSON object for each line {"id","text"} of standard input, or for TEXT
    #[arg(long)]
    jsonl: bool,
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    id: serde_json::Value,
    text: String,
}

#[derive(Serialize)]
struct Line<'a> {
    #[serde(skip_serializing_if = "serde_json::Value::is_null")]
    id: serde_json::Value,
    label: &'a str,
    sure: bool,
    probabilities: serde_json::Map<String, serde_json::Value>,
    in_scope: f64,
    binary: &'a str,
    evidence: Vec<Span<'a>>,
}

#[derive(Serialize)]
struct Span<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    label: &'a str,
    weight: f64,
}

/// What stands where a label would, when there is none.
const UNCLEAR: &str = "unclear";

impl Classify {
    pub fn run(self, call: &Call, output: &mut Output) -> Result<u8, Failure> {
        let (taught, exercise) = self.taught(call)?;
        if let Some(modesty) = taught.modesty() {
            output.complain(&modesty);
        }
        let model = &taught.model;
        match self.text.as_deref() {
            None if self.jsonl => lines(model, output)?,
            None => {
                return Err(Failure::usage(Safe::from("greenroom: give a text, or - to read it from standard input")));
            }
            Some("-") => {
                let text = std::io::read_to_string(std::io::stdin())?;
                self.one(text.trim_end_matches(['\n', '\r']), model, exercise.as_deref(), output)?;
            }
            Some(text) => self.one(text, model, exercise.as_deref(), output)?,
        }
        Ok(0)
    }

    /// The classifier, and its exercise if a deck has it.
    fn taught(&self, call: &Call) -> Result<(Taught, Option<Arc<Exercise>>), Failure> {
        let workspace = call.workspace(None)?;
        let exercises = workspace.exercises();
        let Some(scenarios) = exercises.iter().find(|known| known.exercise.id.as_str() == self.exercise) else {
            if self.exercise == EXERCISE {
                return Ok((Taught { model: Model::roles(), trial: None }, None));
            }
            let known: Vec<_> = exercises.iter().map(|known| known.exercise.id.as_str()).collect();
            let known =
                if known.is_empty() { "no deck has one".to_owned() } else { format!("there are {}", known.join(", ")) };
            return Err(Failure::usage(safe!(
                "greenroom: there is no exercise `{}`: {known}{}",
                self.exercise,
                workspace.library.told_unread(None)
            )));
        };
        let taught = workspace.model(scenarios).ok_or_else(|| {
            let why = "has too few scenarios to learn from; five of each label are the least, forty in all a beginning";
            Failure::usage(safe!("greenroom: the exercise `{}` {why}", self.exercise))
        })?;
        Ok((taught, Some(scenarios.exercise.clone())))
    }

    fn one(&self, text: &str, model: &Model, exercise: Option<&Exercise>, output: &mut Output) -> Result<(), Failure> {
        let verdict = model.read(text);
        if self.json || self.jsonl {
            return output.json(&line(serde_json::Value::Null, text, &verdict, model));
        }
        tell(text, &verdict, &Names { model, exercise }, output)
    }
}

/// Reads and answers line by line, so that it can stand in a pipe.
fn lines(model: &Model, output: &mut Output) -> Result<(), Failure> {
    for (number, asked) in std::io::stdin().lock().lines().enumerate() {
        let asked = asked?;
        if asked.trim().is_empty() {
            continue;
        }
        let Asked { id, text } = serde_json::from_str(&asked).map_err(|why| {
            let shape = r#"each line is {"id": …, "text": "…"}"#;
            Failure::usage(safe!("greenroom: line {} of standard input: {why}; {shape}", number + 1))
        })?;
        output.json(&line(id, &text, &model.read(&text), model))?;
        output.flush()?;
    }
    Ok(())
}

fn line<'a>(id: serde_json::Value, text: &'a str, verdict: &Verdict, model: &'a Model) -> Line<'a> {
    let name = |label: usize| model.labels()[label].as_str();
    let probabilities = verdict.probabilities.iter().enumerate();
    let evidence = verdict.evidence.iter().map(|evidence| Span {
        start: evidence.range.start,
        end: evidence.range.end,
        text: &text[evidence.range.clone()],
        label: name(evidence.label),
        weight: evidence.weight,
    });
    Line {
        id,
        label: verdict.label.map_or(UNCLEAR, name),
        sure: verdict.is_sure,
        probabilities: probabilities.map(|(label, part)| (name(label).to_owned(), (*part).into())).collect(),
        in_scope: verdict.in_scope,
        binary: name(verdict.forced),
        evidence: evidence.collect(),
    }
}

/// What the labels are called.
struct Names<'a> {
    model: &'a Model,
    exercise: Option<&'a Exercise>,
}

impl Names<'_> {
    fn of(&self, label: usize) -> Safe {
        let named = self.exercise.and_then(|exercise| exercise.labels.get(label));
        named.map_or_else(|| Safe::new(&self.model.labels()[label]), |label| label.name.clone())
    }
}

/// The verdict, the text with its words marked, and one sentence why.
fn tell(text: &str, verdict: &Verdict, names: &Names<'_>, output: &mut Output) -> Result<(), Failure> {
    let head = match verdict.label {
        None => Safe::from("Unclear"),
        Some(label) if verdict.is_sure => names.of(label),
        Some(label) => safe!("{}? Not sure.", names.of(label)),
    };
    let parts = verdict.probabilities.iter().enumerate();
    let parts: Vec<_> = parts.map(|(label, part)| format!("{} {part:.2}", names.of(label))).collect();
    output.line(&safe!("{head}"))?;
    output.line(&safe!("{}", parts.join(" · ")))?;
    output.line(&Safe::default())?;
    output.line(&Safe::new(&marked(text, verdict)))?;
    output.line(&Safe::default())?;
    output.line(&why(verdict, names))
}

/// The text with the words that speak for the verdict in brackets.
fn marked(text: &str, verdict: &Verdict) -> String {
    let top = largest(&verdict.probabilities);
    let of_top = verdict.evidence.iter().filter(|evidence| evidence.label == top);
    let mut ranges: Vec<_> = of_top.map(|evidence| evidence.range.clone()).collect();
    ranges.sort_by_key(|range| range.start);
    let mut marked = String::new();
    let mut end = 0;
    for range in ranges {
        marked.extend([&text[end..range.start], "[", &text[range.clone()], "]"]);
        end = range.end;
    }
    marked + &text[end..]
}

fn why(verdict: &Verdict, names: &Names<'_>) -> Safe {
    let mut order: Vec<_> = (0..verdict.probabilities.len()).collect();
    order.sort_by(|one, other| verdict.probabilities[*other].total_cmp(&verdict.probabilities[*one]));
    let first = names.of(order[0]);
    let is_near = verdict.probabilities[order[1]] * 3.0 > verdict.probabilities[order[0]];
    let rival = if is_near { safe!(", and {} is near", names.of(order[1])) } else { Safe::default() };
    let is_roles = names.exercise.is_none_or(is_roles);
    match verdict.label {
        None if is_roles => {
            Safe::from("It is about something else, or nothing in it decides: say who makes the call, and when.")
        }
        None => Safe::from("It is about something else, or nothing in it decides."),
        Some(label) if verdict.is_sure && is_roles => Safe::from(REASONS[label]),
        Some(_) if verdict.is_sure => safe!("The marked words argue for {first}."),
        Some(_) if is_roles => {
            safe!("The marked words lean to {first}{rival}. Who makes the call, and when?")
        }
        Some(_) => safe!("The marked words lean to {first}{rival}; they do not settle it."),
    }
}

/// What the verdict of a role comes to, in the order of the labels.
const REASONS: [&str; 4] = [
    "The marked words say that a container of the task makes the call itself, so the task role needs the permission.",
    "The marked words say that ECS makes the call for the task, so the execution role needs the permission.",
    "The marked words tell of two callers: ECS on behalf of the task, and a container of the task itself.",
    "The marked words say that somebody else acts, or that no permission of the task is needed.",
];
