//! `greenroom grade`: which key points an answer covers, without a terminal.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, BufRead, Read};

use clap::Args;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::call::Call;
use super::failure::Failure;
use super::output::{Form, Output};
use crate::card::{Card, Id, Key, Kind, Misconception};
use crate::grader::{Finding, Grader, Mark, Quote, Verdict};
use crate::library::{Library, Lost};
use crate::safe;
use crate::text::{Safe, count};

/// Tell which key points an answer covers
#[derive(Debug, Args)]
pub struct Grade {
    /// `deck/card`, or the id of a card that no other deck has; with --jsonl each line names its own
    #[arg(required_unless_present = "jsonl", conflicts_with = "jsonl")]
    card: Option<String>,
    /// The answer; `-`, or nothing, for standard input
    text: Option<String>,
    #[command(flatten)]
    form: Form,
}

/// What a line of `--jsonl` asks.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    id: Value,
    card: String,
    text: String,
}

#[derive(Serialize)]
struct Line {
    #[serde(skip_serializing_if = "Value::is_null")]
    id: Value,
    card: String,
    score: f64,
    points: BTreeMap<String, Point>,
    misconceptions: Vec<Wrong>,
}

#[derive(Serialize)]
struct Point {
    mark: &'static str,
    sure: bool,
    p: f64,
    quote: Option<[usize; 2]>,
}

#[derive(Serialize)]
struct Wrong {
    id: String,
    quote: [usize; 2],
}

impl Grade {
    pub fn run(self, call: &Call, output: &mut Output) -> Result<u8, Failure> {
        let workspace = call.workspace(None)?;
        let mut desk = Desk { library: &workspace.library, decks: HashMap::new() };
        let Some(name) = self.card else {
            return grade_lines(&mut desk, output);
        };
        let (key, card) = desk.find(&name)?;
        let text = match self.text {
            Some(text) if text != "-" => text,
            _ => read_all()?,
        };
        let verdict = desk.grade(&key, &text)?;
        if self.form.is_json() {
            output.json(&line(Value::Null, key.card.to_string(), &verdict))?;
        } else {
            tell(&card, &text, &verdict, output)?;
        }
        Ok(0)
    }
}

/// Standard input as text; what is no UTF-8 is shown as such.
fn read_all() -> Result<String, Failure> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A line of standard input, a line of output.
fn grade_lines(desk: &mut Desk, output: &mut Output) -> Result<u8, Failure> {
    for (at, bytes) in io::stdin().lock().split(b'\n').enumerate() {
        let bytes = bytes?;
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        let told = |why: serde_json::Error| {
            Failure::usage(safe!("greenroom: line {} is not {{\"id\", \"card\", \"text\"}}: {why}", at + 1))
        };
        let asked: Asked = serde_json::from_slice(&bytes).map_err(told)?;
        let (key, _) = desk.find(&asked.card)?;
        let verdict = desk.grade(&key, &asked.text)?;
        output.json(&line(asked.id, asked.card, &verdict))?;
    }
    Ok(0)
}

/// Decks that were asked for, each with its grader.
struct Desk<'a> {
    library: &'a Library,
    decks: HashMap<Id, Grader>,
}

impl Desk<'_> {
    /// A card that is answered in words, gaps or code.
    fn find(&self, name: &str) -> Result<(Key, Card), Failure> {
        let key = self.library.find(name)?;
        let card = self.library.card(&key.deck, &key.card).map_err(|why| lost(&why))?;
        match card.kind {
            Kind::Recall(_) | Kind::Cloze(_) | Kind::Code(_) => Ok((key, card)),
            Kind::Choice(_) => Err(Failure::usage(safe!(
                "greenroom: `{key}` is answered by picking a label, so there is no text to grade"
            ))),
        }
    }

    fn grade(&mut self, key: &Key, text: &str) -> Result<Verdict, Failure> {
        if !self.decks.contains_key(&key.deck) {
            let shelf = self.library.shelf(&key.deck).expect("the key was found in the library");
            let cards = self.library.cards(shelf).map_err(|why| lost(&why))?;
            self.decks.insert(key.deck.clone(), Grader::new(&key.deck, &cards));
        }
        let verdict = self.decks[&key.deck].grade(&key.card, text);
        Ok(verdict.expect("the card was found in this deck, and it is answered in words"))
    }
}

fn lost(why: &Lost) -> Failure {
    Failure::bad_deck(safe!("greenroom: {why}"))
}

fn line(id: Value, card: String, verdict: &Verdict) -> Line {
    let round = |value: f64, steps: f64| (value * steps).round() / steps;
    let range = |quote: &Quote| [quote.range.start, quote.range.end];
    let point = |finding: &Finding| Point {
        mark: finding.mark.word(),
        sure: finding.is_sure,
        p: round(finding.probability, 1e4),
        quote: finding.quote.as_ref().map(range),
    };
    let wrong = verdict.misconceptions.iter().filter(|wrong| wrong.is_sure);
    Line {
        id,
        card,
        score: round(verdict.score, 10.0),
        points: verdict.points.iter().map(|finding| (finding.point.to_string(), point(finding))).collect(),
        misconceptions: wrong
            .map(|wrong| Wrong { id: wrong.misconception.to_string(), quote: range(&wrong.quote) })
            .collect(),
    }
}

/// The verdict in words.
fn tell(card: &Card, text: &str, verdict: &Verdict, output: &mut Output) -> Result<(), Failure> {
    let points = card.points();
    if points.is_empty() {
        return output
            .line(&Safe::from("This card names no key points, so there is nothing to compare an answer with."));
    }
    for (point, finding) in points.iter().zip(&verdict.points) {
        let doubt = if finding.is_sure { ' ' } else { '~' };
        output.line(&safe!("{doubt} {:<8} {}", finding.mark.word(), point.text.line()))?;
        if let Some(quote) = &finding.quote {
            output.line(&safe!("           “{}”", quoted(text, quote)))?;
        }
    }
    let wrong = match &card.kind {
        Kind::Recall(recall) => recall.misconceptions.as_slice(),
        Kind::Choice(_) | Kind::Cloze(_) | Kind::Code(_) => &[],
    };
    for suspicion in &verdict.misconceptions {
        let is_meant = |wrong: &&Misconception| wrong.id == suspicion.misconception;
        let Some(wrong) = wrong.iter().find(is_meant) else { continue };
        let (opening, mark) = if suspicion.is_sure { ("Not so", "!") } else { ("Did you mean that?", "?") };
        output.line(&safe!("\n{mark} {opening}: {}", wrong.text.line()))?;
        output.line(&safe!("           “{}”", quoted(text, &suspicion.quote)))?;
        if let Some(correction) = &wrong.correction {
            output.line(&safe!("           {}", correction.line()))?;
        }
    }
    let said = |mark: Mark| verdict.points.iter().filter(|finding| finding.mark == mark).count() as u64;
    let covered = count(said(Mark::Covered), "point", "points");
    output.line(&safe!(
        "\n{:.0} of 100: {covered} covered, {} in part, {} missed.",
        verdict.score,
        said(Mark::Partial),
        said(Mark::Missed)
    ))?;
    if verdict.points.iter().any(|finding| !finding.is_sure) {
        output.line(&Safe::from("Where `~` stands the program is not sure: judge that yourself."))?;
    }
    Ok(())
}

fn quoted(text: &str, quote: &Quote) -> Safe {
    Safe::new(&text[quote.range.clone()]).line()
}
