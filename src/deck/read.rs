//! The tree of a deck file as a deck; what cannot be used is left out and reported.

use toml::de::DeTable;

use super::diagnostic::Findings;
use super::fields::Fields;
use super::format::{DECK, USUAL_WEIGHT, VERSION};
use super::lint::{Ids, lint_point};
use super::rules::{FORMAT_VERSION, MISSING_KEY, NO_CARDS};
use super::scenario;
use super::value::{Placed, Slot, whole};
use super::{Deck, Diagnostic};
use crate::card::{Card, Id, Kind, Misconception, Point, Recall};

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
    let fields = Fields::open(&DECK, 0..0, tree, findings);
    let id = fields.read("id", Slot::id, findings);
    let title = fields.read("title", Slot::title, findings);
    let description = fields.read("description", Slot::text, findings);
    let language = fields.read("language", Slot::language, findings);
    let tags = fields.read("tags", Slot::lines, findings).unwrap_or_default();
    let is_sound = fields.is_sound(findings);
    let cards = cards(&fields, findings);
    let deck = Deck { id: id?.0, title: title?, description, language, tags, cards };
    is_sound.then_some(deck)
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

fn cards(fields: &Fields<'_>, findings: &mut Findings) -> Vec<Card> {
    let mut entries = fields.each("card", findings, |fields, findings| Some(card(fields, findings)));
    entries.extend(scenario::read(fields, findings));
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
    let id = fields.read("id", Slot::id, findings);
    let recall = recall(fields, findings);
    entry(fields, id, recall.map(Kind::Recall), findings)
}

/// A card of any kind with the keys that all of them have; left out if an error was found in it.
pub fn entry(fields: &Fields<'_>, id: Option<Placed<Id>>, kind: Option<Kind>, findings: &mut Findings) -> Entry {
    let level = fields.read("level", Slot::level, findings);
    let tags = fields.read("tags", Slot::lines, findings).unwrap_or_default();
    let sources = fields.read("sources", Slot::lines, findings).unwrap_or_default();
    let checked = fields.read("checked", Slot::day, findings);
    let note = fields.read("note", Slot::text, findings);
    let follow_ups = fields.read("follow_ups", Slot::lines, findings).unwrap_or_default();
    let whole = id.clone().zip(kind).filter(|_| fields.is_sound(findings));
    let card = whole.map(|((id, _), kind)| Card { id, kind, level, tags, sources, checked, note, follow_ups });
    Entry { id, card }
}

fn recall(fields: &Fields<'_>, findings: &mut Findings) -> Option<Recall> {
    let question = fields.read("question", Slot::text, findings);
    let answer = fields.read("answer", Slot::text, findings);
    let points = points(fields, findings);
    let misconceptions = misconceptions(fields, findings);
    let sides = fields.read("sides", Slot::sides, findings).unwrap_or_default();
    Some(Recall { question: question?, answer: answer?, points, misconceptions, sides })
}

fn points(fields: &Fields<'_>, findings: &mut Findings) -> Vec<Point> {
    let mut ids = Ids::new("point");
    fields.each("point", findings, |part, findings| {
        let id = part.read("id", Slot::id, findings);
        let text = part.read("text", Slot::text, findings);
        let weight = part.read("weight", Slot::weight, findings).unwrap_or(USUAL_WEIGHT);
        let accept = part.read("accept", Slot::lines, findings).unwrap_or_default();
        let probe = part.read("probe", Slot::text, findings);
        ids.add(id.as_ref(), findings);
        let point = Point { id: id?.0, weight, text: text?, accept, probe };
        lint_point(&point, &part.span, findings);
        Some(point)
    })
}

fn misconceptions(fields: &Fields<'_>, findings: &mut Findings) -> Vec<Misconception> {
    let mut ids = Ids::new("misconception");
    fields.each("misconception", findings, |part, findings| {
        let id = part.read("id", Slot::id, findings);
        let text = part.read("text", Slot::text, findings);
        let accept = part.read("accept", Slot::lines, findings).unwrap_or_default();
        let correction = part.read("correction", Slot::text, findings);
        ids.add(id.as_ref(), findings);
        Some(Misconception { id: id?.0, text: text?, accept, correction })
    })
}
