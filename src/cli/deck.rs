//! `greenroom deck`: the decks, one deck or card, and the schema of deck files.

use clap::{Args, Subcommand};
use serde::Serialize;
use serde_json::{Value, json};

use super::call::Call;
use super::failure::Failure;
use super::output::{Form, Output};
use super::rename::take_back;
use crate::card::{Card, Kind};
use crate::library::{Library, Origin, Shelf, Writer};
use crate::review::EntryId;
use crate::safe;
use crate::store::Undone;
use crate::text::{Safe, count};

/// List decks, show a deck or a card, print the JSON Schema of deck files
#[derive(Debug, Args)]
pub struct Deck {
    #[command(subcommand)]
    command: Option<What>,
    #[command(flatten)]
    form: Form,
}

#[derive(Debug, Subcommand)]
enum What {
    /// All decks (the default)
    List {
        #[command(flatten)]
        form: Form,
    },
    /// A deck with its cards, or one card
    Show {
        /// The id of a deck, `deck/card`, or the id of a card that no other deck has
        id: String,
        #[command(flatten)]
        form: Form,
    },
    /// Take back the last change that greenroom made to a deck file
    Undo,
    /// Give a card another id; its reviews go with it
    Rename(super::rename::Rename),
    /// Write a checked deck into one file, for others
    Pack(super::share::Pack),
    /// Take a deck into your folder, or update the one that you have; reviews stay
    Install(super::share::Install),
    /// The JSON Schema of deck files, for editors
    Schema,
}

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    title: &'a str,
    cards: usize,
    file: Safe,
    built_in: bool,
}

impl Deck {
    pub fn run(self, call: &Call, output: &mut Output) -> Result<u8, Failure> {
        match self.command {
            Some(What::Schema) => output.text(&safe!("{:#}\n", crate::deck::schema()))?,
            Some(What::Rename(command)) => return command.run(call, output),
            Some(What::Pack(command)) => return command.run(call, output),
            Some(What::Install(command)) => return command.run(call, output),
            Some(What::Undo) => undo(call, output)?,
            Some(What::Show { id, form }) => show(&call.workspace(None)?.library, &id, form, output)?,
            Some(What::List { form }) => list(&call.workspace(None)?.library, form, output)?,
            None => list(&call.workspace(None)?.library, self.form, output)?,
        }
        Ok(0)
    }
}

fn undo(call: &Call, output: &mut Output) -> Result<(), Failure> {
    let mut returned = Vec::new();
    let retract = |rows: &[EntryId]| {
        returned = take_back(rows, call)?;
        Ok(())
    };
    let undone = Writer::new(&call.paths()?.data).undo(retract);
    let undone = undone.map_err(|why| Failure::usage(safe!("greenroom: {why}")))?;
    output.line(&safe!("undone: {} in {}", undone.what, undone.file.display()))?;
    for Undone { target, .. } in returned {
        output.line(&safe!("the reviews count for `{}` again", target.card.card))?;
    }
    Ok(())
}

fn list(library: &Library, form: Form, output: &mut Output) -> Result<(), Failure> {
    if !library.unread(None).is_empty() {
        output.complain(&safe!(
            "greenroom: not every deck can be read; `greenroom lint` says more{}",
            library.told_unread(None)
        ));
    }
    if form.is_json() {
        return output.list(
            form,
            library.decks().iter().map(|shelf| Line {
                id: shelf.id.as_str(),
                title: shelf.title.as_str(),
                cards: shelf.cards.len(),
                file: shelf.origin.name(),
                built_in: matches!(shelf.origin, Origin::BuiltIn(_)),
            }),
        );
    }
    for shelf in library.decks() {
        let cards = count(shelf.cards.len() as u64, "card", "cards");
        output.line(&safe!("{:<28} {cards:>12}  {}", shelf.id, shelf.title.line()))?;
    }
    Ok(())
}

fn show(library: &Library, id: &str, form: Form, output: &mut Output) -> Result<(), Failure> {
    if let Some(shelf) = id.parse().ok().and_then(|id| library.shelf(&id)) {
        let cards = library.cards(shelf).map_err(|lost| Failure::bad_deck(safe!("greenroom: {lost}")))?;
        return if form.is_json() { output.json(&deck_value(shelf, &cards)) } else { show_deck(shelf, &cards, output) };
    }
    let key = library.find(id)?;
    let card = library.card(&key.deck, &key.card).map_err(|lost| Failure::bad_deck(safe!("greenroom: {lost}")))?;
    if form.is_json() { output.json(&card_value(&card)) } else { show_card(&card, output) }
}

fn show_deck(shelf: &Shelf, cards: &[Card], output: &mut Output) -> Result<(), Failure> {
    output.line(&safe!("{} ({})", shelf.title.line(), shelf.id))?;
    output.line(&safe!("{}", shelf.origin.name()))?;
    if let Some(description) = &shelf.description {
        output.line(&safe!("\n{description}"))?;
    }
    output.line(&Safe::default())?;
    for card in cards {
        output.line(&safe!("{:<36} {}", card.id, card.prompt().line()))?;
    }
    Ok(())
}

fn show_card(card: &Card, output: &mut Output) -> Result<(), Failure> {
    output.line(&safe!("{}\n\n{}", card.prompt(), card.model_answer()))?;
    match &card.kind {
        Kind::Recall(recall) => {
            for point in &recall.points {
                output.line(&safe!("\n* {} (weight {})", point.text.line(), point.weight))?;
            }
            for misconception in &recall.misconceptions {
                let correction = misconception.correction.clone().unwrap_or_default();
                output.line(&safe!("\n! {} {}", misconception.text.line(), correction.line()))?;
            }
        }
        Kind::Choice(_) => {}
        Kind::Cloze(cloze) => {
            for (place, gap) in cloze.gaps().enumerate() {
                let others: String = gap.accept.iter().map(|way| format!(", or {way}")).collect();
                output.line(&safe!("\n{}. {}{others}", place + 1, gap.words))?;
            }
        }
        Kind::Code(code) => {
            for other in code.others() {
                output.line(&safe!("\nAlso right:\n\n{other}"))?;
            }
        }
    }
    if let Some(note) = &card.note {
        output.line(&safe!("\n{note}"))?;
    }
    for source in &card.sources {
        output.line(&safe!("\n{}", source.line()))?;
    }
    Ok(())
}

fn deck_value(shelf: &Shelf, cards: &[Card]) -> Value {
    json!({
        "id": shelf.id, "title": shelf.title, "description": shelf.description, "tags": shelf.tags,
        "file": shelf.origin.name(), "cards": cards.iter().map(card_value).collect::<Vec<_>>(),
    })
}

fn card_value(card: &Card) -> Value {
    let mut value = json!({
        "id": card.id, "level": card.level.map(|level| level.word()), "tags": card.tags, "sources": card.sources,
        "checked": card.checked, "note": card.note, "follow_ups": card.follow_ups,
    });
    let kind = match &card.kind {
        Kind::Recall(recall) => json!({
            "kind": "recall", "question": recall.question, "answer": recall.answer, "points": recall.points,
            "misconceptions": recall.misconceptions, "sides": recall.sides,
        }),
        Kind::Choice(choice) => json!({
            "kind": "choice", "exercise": choice.exercise.id, "prompt": choice.exercise.prompt,
            "labels": choice.exercise.labels, "text": choice.scenario, "right": choice.right,
            "evidence": choice.evidence, "why": choice.why, "facts": choice.facts, "flip": choice.flip,
            "detail": choice.detail, "pair": choice.pair,
        }),
        Kind::Cloze(cloze) => json!({
            "kind": "cloze", "text": cloze.text(), "question": cloze.question(), "answer": cloze.answer(),
            "gaps": cloze.points().iter().zip(cloze.gaps()).map(|(point, gap)| json!({
                "id": point.id, "words": gap.words, "accept": gap.accept, "hint": gap.hint,
            })).collect::<Vec<_>>(),
        }),
        Kind::Code(code) => json!({
            "kind": "code", "question": code.question, "code": code.code, "language": code.language,
            "accept": code.accept,
        }),
    };
    if let (Value::Object(all), Value::Object(kind)) = (&mut value, kind) {
        all.extend(kind);
    }
    value
}
