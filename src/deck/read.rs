//! The tree of a deck file as a deck; what cannot be used is left out and reported.

use toml::de::DeTable;

use super::diagnostic::Findings;
use super::fields::{Fields, Placed, whole};
use super::format::{DECK, LONGEST_TITLE, VERSION};
use super::lint::{Ids, lint_point};
use super::rules::{FORMAT_VERSION, LONG_TITLE, MISSING_KEY, NO_CARDS};
use super::scenario;
use super::{Deck, Diagnostic};
use crate::card::{Card, Id, Kind, Misconception, Point, Recall};
use crate::text::Safe;

/// A card of either kind with its id, which counts as taken even if the card cannot be used.
pub struct Entry {
    pub id: Option<Placed<Id>>,
    pub card: Option<Card>,
}

/// Reads a whole file. `None` if its format, its id or its title cannot be used.
pub fn deck(tree: &DeTable<'_>, findings: &mut Findings) -> Option<Deck> {
    if tree.is_empty() {
        let help = "Begin with format = 1, id = \"…\" and title = \"…\", then [[card]] with id, question and answer.";
        findings.add(Diagnostic::new(&MISSING_KEY, 0..0, "There is no deck in this file.", help));
        return None;
    }
    if let Some(version) = other_version(tree) {
        findings.add(version);
        return None;
    }
    let before = findings.errors();
    let fields = Fields::open(&DECK, 0..0, tree, findings);
    let id = fields.id("id", findings);
    let title = fields.line("title", findings).map(|title| cut_title(title, findings));
    let description = fields.text("description", findings);
    let language = fields.language("language", findings);
    let tags = fields.lines("tags", findings);
    let is_usable = findings.errors() == before;
    let cards = cards(&fields, findings);
    let deck = Deck { id: id?.0, title: title?, description, language, tags, cards };
    is_usable.then_some(deck)
}

fn other_version(tree: &DeTable<'_>) -> Option<Diagnostic> {
    let value = tree.get("format")?;
    let number = whole(value);
    if number == Some(VERSION) {
        return None;
    }
    let (message, help) = match number {
        Some(newer) if newer > VERSION => {
            (format!("This deck is written in format {newer}; this program reads format 1."), "Get a newer greenroom.")
        }
        _ => ("`format` must be the number 1.".to_owned(), "Write format = 1."),
    };
    Some(Diagnostic::new(&FORMAT_VERSION, value.span(), message, help))
}

fn cut_title((title, span): Placed<Safe>, findings: &mut Findings) -> Safe {
    let Some((end, _)) = title.as_str().char_indices().nth(LONGEST_TITLE) else { return title };
    let message = format!("The title is longer than {LONGEST_TITLE} characters; it is cut there.");
    findings.add(Diagnostic::new(&LONG_TITLE, span, message, "Say less here, and more in `description`."));
    Safe::new(&title.as_str()[..end])
}

fn cards(fields: &Fields<'_>, findings: &mut Findings) -> Vec<Card> {
    let cards = fields.tables("card", findings).unwrap_or_default();
    let mut entries: Vec<Entry> = cards.iter().map(|fields| card(fields, findings)).collect();
    scenario::read(fields, &mut entries, findings);
    if entries.is_empty() && findings.is_empty() {
        let help = "Add one at the end of the file: [[card]] and below it id, question and answer.";
        findings.add(Diagnostic::new(&NO_CARDS, 0..0, "This deck has no card.", help));
    }
    unique(&mut entries, findings);
    entries.into_iter().filter_map(|entry| entry.card).collect()
}

/// Leaves out the later ones of the entries that share an id.
fn unique(entries: &mut [Entry], findings: &mut Findings) {
    let mut by_place: Vec<_> = entries.iter_mut().filter(|entry| entry.id.is_some()).collect();
    by_place.sort_by_key(|entry| entry.id.as_ref().map(|(_, span)| span.start));
    let mut ids = Ids::new("card");
    for entry in by_place {
        if !ids.add(entry.id.as_ref(), findings) {
            entry.card = None;
        }
    }
}

fn card(fields: &Fields<'_>, findings: &mut Findings) -> Entry {
    let before = findings.errors();
    let id = fields.id("id", findings);
    let recall = recall(fields, findings);
    let card = id.clone().zip(recall).map(|((id, _), recall)| common(fields, id, Kind::Recall(recall), findings));
    Entry { id, card: card.filter(|_| findings.errors() == before) }
}

/// A card with the keys that cards of every kind have.
pub fn common(fields: &Fields<'_>, id: Id, kind: Kind, findings: &mut Findings) -> Card {
    Card {
        id,
        kind,
        level: fields.level("level", findings),
        tags: fields.lines("tags", findings),
        sources: fields.lines("sources", findings),
        checked: fields.day("checked", findings),
        note: fields.text("note", findings),
        follow_ups: fields.lines("follow_ups", findings),
    }
}

fn recall(fields: &Fields<'_>, findings: &mut Findings) -> Option<Recall> {
    let question = fields.text("question", findings);
    let answer = fields.text("answer", findings);
    let points = points(fields, findings);
    let misconceptions = misconceptions(fields, findings);
    let sides = fields.sides("sides", findings);
    Some(Recall { question: question?, answer: answer?, points, misconceptions, sides })
}

fn points(fields: &Fields<'_>, findings: &mut Findings) -> Vec<Point> {
    let mut ids = Ids::new("point");
    let parts = fields.parts("point", findings).unwrap_or_default();
    let read = |part: &Fields<'_>| {
        let id = part.id("id", findings);
        let text = part.text("text", findings);
        let weight = part.weight("weight", findings);
        let accept = part.lines("accept", findings);
        let probe = part.text("probe", findings);
        ids.add(id.as_ref(), findings);
        let point = Point { id: id?.0, weight, text: text?, accept, probe };
        lint_point(&point, &part.span, findings);
        Some(point)
    };
    parts.iter().filter_map(read).collect()
}

fn misconceptions(fields: &Fields<'_>, findings: &mut Findings) -> Vec<Misconception> {
    let mut ids = Ids::new("misconception");
    let parts = fields.parts("misconception", findings).unwrap_or_default();
    let read = |part: &Fields<'_>| {
        let id = part.id("id", findings);
        let text = part.text("text", findings);
        let accept = part.lines("accept", findings);
        let correction = part.text("correction", findings);
        ids.add(id.as_ref(), findings);
        Some(Misconception { id: id?.0, text: text?, accept, correction })
    };
    parts.iter().filter_map(read).collect()
}
