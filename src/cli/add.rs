//! `greenroom add`: a card at the end of a deck, from options, from standard input or from an editor.

use std::io::{self, IsTerminal as _};

use clap::Args;

use super::call::Call;
use super::edit::{errors_of_draft, write_in_editor};
use super::failure::Failure;
use super::new::title_of;
use super::output::Output;
use super::target::Target;
use crate::card::{Card, Id, Kind, Level, Point, Recall};
use crate::deck::edit::{add_card, card_template, free_id, new_deck, propose_id};
use crate::deck::{Table, parse};
use crate::library::{NotWritten, Version, Writer, is_path};
use crate::safe;
use crate::text::Safe;
use crate::workspace::Workspace;

/// The deck that takes the cards for which none is named.
const USUAL_DECK: &str = "my-cards";
/// Times that an addition is made anew because others add at the same moment.
const TRIES: usize = 100;

/// Add a card to a deck: from --question and --answer, from standard input, or from your editor
#[derive(Debug, Args)]
pub struct Add {
    /// The id of a deck, or its path; `my-cards` if left out
    deck: Option<String>,
    /// What is asked, as Markdown
    #[arg(short, long)]
    question: Option<String>,
    /// A model answer, as Markdown; read from standard input if only the question is given
    #[arg(short, long, requires = "question")]
    answer: Option<String>,
    /// A point that a good answer states, as a sentence; may be repeated
    #[arg(short, long = "point", value_name = "SENTENCE", requires = "question")]
    points: Vec<String>,
    /// The id of the card; made from the question if left out
    #[arg(long)]
    id: Option<String>,
    /// junior, mid or senior
    #[arg(long)]
    level: Option<String>,
    /// A word to find the card by; may be repeated
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// The address of a page that the answer rests on; may be repeated
    #[arg(long = "source", value_name = "ADDRESS")]
    sources: Vec<String>,
    /// Copy a built-in deck into your folder without asking
    #[arg(long)]
    copy: bool,
}

/// Where a card goes.
struct Place {
    path: std::path::PathBuf,
    deck: Id,
    title: Safe,
    text: String,
    /// None for a deck that is yet to be made.
    seen: Option<Version>,
}

impl Place {
    /// The same as it is now, after somebody else wrote there.
    fn again(self) -> Result<Place, Failure> {
        let Target { path, text, version } = Target::read(&self.path)?;
        Ok(Place { path, text, seen: Some(version), ..self })
    }
}

impl Add {
    pub fn run(self, call: &Call, output: &mut Output) -> Result<u8, Failure> {
        let workspace = call.workspace(None)?;
        let mut place = self.place(&workspace, output)?;
        let cards = self.cards(&place, call, output)?;
        if cards.is_empty() {
            output.line(&safe!("Nothing was written, so nothing was added."))?;
            return Ok(0);
        }
        let writer = Writer::new(&workspace.paths.data);
        for tries_left in (0..TRIES).rev() {
            let (text, names) = self.with_cards(&place, &cards)?;
            let what = safe!("add {names}");
            let written = match place.seen {
                Some(seen) => writer.change(&place.path, seen, &what, |_| Ok(text)),
                None => writer.create(&place.path, &what, &text),
            };
            match written {
                Err(NotWritten::Changed(_) | NotWritten::Exists(_)) if tries_left > 0 => place = place.again()?,
                written => {
                    written?;
                    output.line(&safe!("added {names} to {}", place.path.display()))?;
                    break;
                }
            }
        }
        Ok(0)
    }

    /// The text of the deck with the cards, and the cards by name.
    fn with_cards(&self, place: &Place, cards: &[Card]) -> Result<(String, String), Failure> {
        let mut text = place.text.clone();
        let mut names = Vec::new();
        for card in cards {
            let mut card = card.clone();
            let known = parse(&text).deck.map(|deck| deck.cards).unwrap_or_default();
            if self.id.is_none() {
                card.id = free_id(&card.id, &known);
            }
            names.push(format!("`{}/{}`", place.deck, card.id));
            let told = |why| Failure::bad_deck(safe!("greenroom: {} {why}. Nothing was added.", place.path.display()));
            text = add_card(&text, &card).map_err(told)?;
        }
        Ok((text, names.join(", ")))
    }

    fn place(&self, workspace: &Workspace, output: &mut Output) -> Result<Place, Failure> {
        let name = self.deck.as_deref().unwrap_or(USUAL_DECK);
        let id: Option<Id> = name.parse().ok().filter(|_| !is_path(name));
        let path = workspace.paths.decks.join(format!("{USUAL_DECK}.toml"));
        let is_known = id.as_ref().is_some_and(|id| workspace.library.shelf(id).is_some());
        if self.deck.is_none() && !is_known && !path.exists() {
            let id: Id = USUAL_DECK.parse().expect("an id");
            let title = title_of(&id);
            let text = new_deck(&id, &title);
            return Ok(Place { path, text, title, deck: id, seen: None });
        }
        let Target { path, text, version } = match self.deck {
            None if !is_known => Target::read(&path)?,
            _ => Target::named(name, workspace, self.copy, output)?,
        };
        let broken = || {
            let words =
                safe!("greenroom: {} is no deck: `greenroom lint` says why. Nothing was added.", path.display());
            Failure::bad_deck(words)
        };
        let deck = parse(&text).deck.ok_or_else(broken)?;
        Ok(Place { path, text, title: deck.title, deck: deck.id, seen: Some(version) })
    }

    fn cards(&self, place: &Place, call: &Call, output: &mut Output) -> Result<Vec<Card>, Failure> {
        let is_piped = !io::stdin().is_terminal();
        let cards = match (&self.question, &self.answer) {
            (Some(question), Some(answer)) => vec![self.card(question, answer)?],
            (Some(question), None) if is_piped => vec![self.card(question, &io::read_to_string(io::stdin())?)?],
            (Some(_), None) => return Err(Failure::usage(Safe::from("greenroom: give the answer too, with --answer"))),
            (None, _) if is_piped => self.cards_in(&io::read_to_string(io::stdin())?, place)?,
            (None, _) => self.write(place, call, output)?,
        };
        match (&self.id, &cards[..]) {
            (Some(_), [_, _, ..]) => {
                Err(Failure::usage(Safe::from("greenroom: --id is for one card, and there are several")))
            }
            _ => Ok(cards),
        }
    }

    fn card(&self, question: &str, answer: &str) -> Result<Card, Failure> {
        let id = match &self.id {
            Some(id) => {
                id.parse().map_err(|why| Failure::usage(safe!("greenroom: --id `{}` {why}", Safe::new(id).line())))?
            }
            None => propose_id(question),
        };
        let level = match &self.level {
            Some(word) => Some(level(word)?),
            None => None,
        };
        let lines = |texts: &[String]| texts.iter().map(|text| Safe::new(text.trim()).line()).collect();
        let recall = Recall {
            question: Safe::new(question.trim()),
            answer: Safe::new(answer.trim_end().trim_start_matches(['\r', '\n'])),
            points: points(&self.points),
            misconceptions: Vec::new(),
            sides: Vec::new(),
        };
        Ok(Card {
            id,
            kind: Kind::Recall(recall),
            level,
            tags: lines(&self.tags),
            sources: lines(&self.sources),
            checked: None,
            note: None,
            follow_ups: Vec::new(),
        })
    }

    /// What came in by a pipe: the tables of a deck, or a question, an empty line and an answer.
    fn cards_in(&self, text: &str, place: &Place) -> Result<Vec<Card>, Failure> {
        if has_tables(text) {
            return whole(text, place).map_err(|told| Failure::bad_deck(safe!("{told}\nNothing was added.")));
        }
        let text = text.replace("\r\n", "\n");
        let (question, answer) = text.trim_start().split_once("\n\n").unwrap_or((text.trim(), ""));
        if question.trim().is_empty() || answer.trim().is_empty() {
            let words =
                "greenroom: write the question, an empty line, and the answer; or [[card]] and other tables of a deck";
            return Err(Failure::usage(Safe::from(words)));
        }
        Ok(vec![self.card(question, answer)?])
    }

    fn write(&self, place: &Place, call: &Call, output: &mut Output) -> Result<Vec<Card>, Failure> {
        let template = card_template(&place.deck, &place.title);
        let line = template.lines().position(|line| line.starts_with("question")).map(|at| at + 2);
        let check = |text: &str| whole(text, place).map(drop);
        let prepare = |text: String| with_id(&text, self.id.as_deref());
        let written = write_in_editor(call, "card.toml", &template, line, &prepare, &check, output)?;
        Ok(written.map(|text| whole(&text, place).unwrap_or_default()).unwrap_or_default())
    }
}

/// Whether a text has a table of a deck: its first header decides, or one that the format has.
fn has_tables(text: &str) -> bool {
    let is_header = |line: &str| line.starts_with("[[") && line.contains("]]");
    let is_known =
        |line: &str| Table::ALL.iter().any(|table| !table.header.is_empty() && line.starts_with(table.header));
    let mut lines = text.lines().map(str::trim_start);
    lines.clone().find(|line| !line.is_empty() && !line.starts_with('#')).is_some_and(is_header) || lines.any(is_known)
}

/// The cards of a text with no error in it, or all errors as they are shown. Without a head it is read as a part of its
/// deck, whose exercises it may use.
fn whole(text: &str, place: &Place) -> Result<Vec<Card>, Safe> {
    let above = text.lines().map(str::trim_start).take_while(|line| !line.starts_with('['));
    let has_head = above.clone().any(|line| ["format", "id", "title"].iter().any(|key| line.starts_with(key)));
    let head = if has_head { String::new() } else { new_deck(&place.deck, &place.title) };
    let tail = exercises(&place.text, text);
    errors_of_draft(&head, text, &tail, "card")?;
    Ok(parse(&(head + text + &tail)).deck.map(|deck| deck.cards).unwrap_or_default())
}

/// The exercises of a deck that a text does not have itself.
fn exercises(deck: &str, text: &str) -> String {
    let table = |text: &str| text.parse::<toml::Table>().unwrap_or_default();
    let list =
        |table: &toml::Table| table.get("exercise").and_then(|list| list.as_array().cloned()).unwrap_or_default();
    let own = list(&table(text));
    let is_new = |exercise: &toml::Value| !own.iter().any(|known| known.get("id") == exercise.get("id"));
    let others: Vec<_> = list(&table(deck)).into_iter().filter(is_new).collect();
    if others.is_empty() {
        return String::new();
    }
    let others = toml::Table::from_iter([("exercise".to_owned(), toml::Value::Array(others))]);
    toml::to_string(&others).map(|text| format!("\n{text}")).unwrap_or_default()
}

/// The text with an id for its card, if that has a question and no id.
fn with_id(text: &str, wanted: Option<&str>) -> String {
    let Ok(table) = text.parse::<toml::Table>() else { return text.to_owned() };
    let card = table.get("card").and_then(|cards| cards.get(0));
    let question = card.and_then(|card| card.get("question")?.as_str()).filter(|text| !text.trim().is_empty());
    match (question, card.and_then(|card| card.get("id"))) {
        (Some(question), None) => {
            let id = wanted.map_or_else(|| propose_id(question).to_string(), str::to_owned);
            text.replacen("[[card]]\n", &format!("[[card]]\nid = \"{id}\"\n"), 1)
        }
        _ => text.to_owned(),
    }
}

fn points(sentences: &[String]) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    for sentence in sentences {
        let wanted = propose_id(sentence);
        let numbered = (2..).filter_map(|number| format!("{wanted}-{number}").parse().ok());
        let is_free = |id: &Id| !points.iter().any(|point| point.id == *id);
        let id = std::iter::once(wanted.clone()).chain(numbered).find(is_free).expect("numbers do not end");
        points.push(Point { id, weight: 2, text: Safe::new(sentence.trim()), accept: Vec::new(), probe: None });
    }
    points
}

fn level(word: &str) -> Result<Level, Failure> {
    let known = Level::ALL.into_iter().find(|level| level.word() == word);
    known.ok_or_else(|| {
        Failure::usage(safe!("greenroom: --level must be junior, mid or senior, not `{}`", Safe::new(word).line()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_alone_is_taken_as_one_of_its_deck() {
        let deck: Id = "d".parse().expect("an id");
        let title = Safe::from("D");
        let text = new_deck(&deck, &title);
        let place = Place { path: "d.toml".into(), deck, title, text, seen: None };
        let only = "# mine\n[[card]]\nid = \"x\"\nquestion = \"X?\"\nanswer = \"format = 1\"\n";
        for text in [only.to_owned(), format!("{}{only}", place.text)] {
            assert_eq!(whole(&text, &place).map(|cards| cards.len()), Ok(1));
        }
        let told = whole(&only.replace("answer", "level = \"mid\"\nansewr"), &place).expect_err("an error");
        assert!(told.as_str().contains("card:2:1"), "{told}");
    }
}
