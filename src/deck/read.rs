//! The tree of a deck file as a deck; what cannot be used is left out and reported.

use toml::de::{DeTable, DeValue};

use super::diagnostic::Findings;
use super::fields::{Fields, lost_tables};
use super::format::{DECK, USUAL_WEIGHT, VERSION};
use super::lint::{Ids, lint_point};
use super::rules::{FORMAT_VERSION, MISSING_KEY, NO_CARDS};
use super::value::{Placed, Slot, whole};
use super::{Deck, Diagnostic};
use super::{scenario, switch};
use crate::card::{Card, Code, Id, Kind, Misconception, Point, Recall};

/// A card of any kind with its id, which counts as taken even if the card cannot be used.
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
    let mut line = |name| fields.read(name, Slot::line, findings);
    let (author, licence, source, version) = (line("author"), line("licence"), line("source"), line("version"));
    let is_sound = fields.is_sound(findings);
    let has_lost = lost_tables(tree, findings) && is_sound;
    switch::read(&fields, findings);
    let cards = cards(&fields, has_lost, findings);
    let deck = Deck { id: id?.0, title: title?, description, language, tags, author, licence, source, version, cards };
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
    let other = Diagnostic::new(&FORMAT_VERSION, value.span(), message, help);
    let is_meant = match value.get_ref() {
        DeValue::String(text) => matches!(text.trim(), "1" | "1.0"),
        DeValue::Float(number) => number.as_str() == "1.0",
        _ => false,
    };
    Some(if is_meant { other.mended(value.span(), VERSION.to_string()) } else { other })
}

fn cards(fields: &Fields<'_>, has_lost: bool, findings: &mut Findings) -> Vec<Card> {
    let mut entries = fields.each("card", findings, |fields, findings| Some(card(fields, findings)));
    entries.extend(fields.each("cloze", findings, |fields, findings| Some(cloze(fields, findings))));
    entries.extend(fields.each("code", findings, |fields, findings| Some(code(fields, findings))));
    entries.extend(scenario::read(fields, findings));
    if entries.is_empty() && (has_lost || findings.is_empty()) {
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
    let mut ids = Ids::of("card", by_place.iter().filter_map(|entry| Some(entry.id.as_ref()?.0.clone())));
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

fn cloze(fields: &Fields<'_>, findings: &mut Findings) -> Entry {
    let id = fields.read("id", Slot::id, findings);
    let cloze = fields.read("text", Slot::cloze, findings);
    entry(fields, id, cloze.map(Kind::Cloze), findings)
}

fn code(fields: &Fields<'_>, findings: &mut Findings) -> Entry {
    let id = fields.read("id", Slot::id, findings);
    let question = fields.read("question", Slot::text, findings);
    let code = fields.read("code", Slot::text, findings);
    let language = fields.read("language", Slot::line, findings);
    let accept = fields.read("accept", Slot::texts, findings).unwrap_or_default();
    let code = question.zip(code).map(|(question, code)| Code { question, code, language, accept });
    entry(fields, id, code.map(Kind::Code), findings)
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

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use crate::card::{Card, Kind, Level, Recall};
    use crate::deck::{Deck, parse};
    use crate::text::Safe;

    const HEAD: &str = "format = 1\nid = \"d\"\ntitle = \" A\\n title \"\n";

    fn deck(text: &str) -> Deck {
        parse(&format!("{HEAD}{text}")).deck.expect("a deck")
    }

    fn recall(card: &Card) -> &Recall {
        match &card.kind {
            Kind::Recall(recall) => recall,
            Kind::Choice(_) | Kind::Cloze(_) | Kind::Code(_) => panic!("another kind"),
        }
    }

    #[test]
    fn everything_that_a_card_says_arrives() {
        let deck = deck(
            r#"tags = ["aws"]
[[card]]
id = "c"
question = "Why?"
answer = '''

- one
- two

'''
level = "mid"
checked = 2026-11-22
note = "n"
follow_ups = ["And?"]
sources = ["s"]
sides = [["a", "b"], ["c"]]
[[card.point]]
id = "p"
text = "A point."
accept = ["so"]
[[card.point]]
id = "q"
text = "Another."
weight = 9
[[card.misconception]]
id = "m"
text = "A claim."
correction = "No."
"#,
        );
        assert_eq!((deck.title.as_str(), deck.tags), ("A title", vec![Safe::new("aws")]));
        let card = &deck.cards[0];
        assert_eq!((card.level, card.checked), (Some(Level::Mid), Some(Date::constant(2026, 11, 22))));
        assert_eq!(
            (card.note.as_ref().map(Safe::as_str), card.follow_ups.len(), card.sources.len()),
            (Some("n"), 1, 1)
        );
        let recall = recall(card);
        assert_eq!((recall.question.as_str(), recall.answer.as_str()), ("Why?", "- one\n- two"));
        assert_eq!(recall.sides.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(recall.points.iter().map(|point| point.weight).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(recall.points[0].accept, [Safe::new("so")]);
        assert_eq!(recall.misconceptions[0].correction, Some(Safe::new("No.")));
    }

    #[test]
    fn a_card_with_an_error_is_left_out_and_a_warning_costs_only_its_value() {
        let card =
            |id: &str, more: &str| format!("[[card]]\nid = \"{id}\"\nquestion = \"Q?\"\nanswer = \"A.\"\n{more}\n");
        let text = [
            card("one", "tags = \"aws\"\nlevel = \"expert\"\nchecked = 2026"),
            card("two", "[[card.point]]\nid = \"p\""),
            card("three", ""),
            card("one", ""),
        ];
        let deck = deck(&text.concat());
        assert_eq!(deck.cards.iter().map(|card| card.id.as_str()).collect::<Vec<_>>(), ["one", "three"]);
        assert_eq!((deck.cards[0].tags.len(), deck.cards[0].level, deck.cards[0].checked), (0, None, None));
    }

    #[test]
    fn a_list_keeps_its_first_hundred_entries_and_a_title_its_first_200_characters() {
        let tags: String = (0..150).map(|tag| format!("\"t{tag}\",")).collect();
        let deck = deck(&format!("tags = [{tags}]\n"));
        assert_eq!((deck.tags.len(), deck.tags[99].as_str()), (100, "t99"));
        let long = parse(&format!("format = 1\nid = \"d\"\ntitle = \"{}\"\n", "ü".repeat(300))).deck.expect("a deck");
        assert_eq!(long.title.as_str().chars().count(), 200);
    }

    #[test]
    fn a_deck_survives_being_stored() {
        let deck = deck("[[card]]\nid = \"c\"\nquestion = \"Q?\"\nanswer = \"A.\"\nchecked = 2026-11-22\n");
        let bytes = postcard::to_stdvec(&deck).expect("bytes");
        assert_eq!(postcard::from_bytes::<Deck>(&bytes).expect("a deck"), deck);
    }
}
