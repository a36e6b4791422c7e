//! A card as the keys that its author would write, whatever its kind.

use crate::card::{Card, Choice, Cloze, Code, Exercise, Id, Kind, Label, Misconception, Point, Recall};
use crate::deck::format::{CARD, CLOZE, CODE, EXERCISE, LABEL, MISCONCEPTION, POINT, SCENARIO, Table, USUAL_WEIGHT};
use crate::text::Safe;

/// One table of a deck file with what it says; what is left to the format's default is not among the fields.
#[derive(Clone)]
pub struct Entry {
    pub table: &'static Table,
    fields: Vec<(&'static str, Field)>,
}

/// What a key says.
#[derive(Clone, PartialEq)]
pub enum Field {
    /// On one line.
    Line(String),
    /// On any number of lines.
    Text(String),
    /// A number, a day, true or false: as it is written.
    Bare(String),
    Lines(Vec<String>),
    Sides(Vec<Vec<String>>),
    Tables(Vec<Entry>),
}

impl PartialEq for Entry {
    fn eq(&self, other: &Entry) -> bool {
        self.table.noun == other.table.noun && self.fields == other.fields
    }
}

impl Entry {
    fn new(table: &'static Table, id: &Id) -> Entry {
        Entry { table, fields: Vec::new() }.line("id", id.as_str())
    }

    /// The fields in the order of the format, tables last.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, &Field)> {
        self.table.keys.iter().filter_map(|key| Some((key.name, self.field(key.name)?)))
    }

    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|(known, _)| *known == name).map(|(_, field)| field)
    }

    /// What tells it from the others of its list.
    pub fn id(&self) -> &str {
        match self.field("id") {
            Some(Field::Line(id)) => id,
            _ => "",
        }
    }

    fn with(mut self, name: &'static str, field: Field) -> Entry {
        self.fields.push((name, field));
        self
    }

    fn line(self, name: &'static str, text: &str) -> Entry {
        self.with(name, Field::Line(text.to_owned()))
    }

    fn text(self, name: &'static str, text: &Safe) -> Entry {
        self.with(name, Field::Text(text.as_str().to_owned()))
    }

    fn maybe(self, name: &'static str, text: Option<&Safe>) -> Entry {
        match text {
            Some(text) => self.text(name, text),
            None => self,
        }
    }

    fn lines(self, name: &'static str, lines: &[Safe]) -> Entry {
        if lines.is_empty() { self } else { self.with(name, Field::Lines(strings(lines))) }
    }

    fn tables(self, name: &'static str, tables: Vec<Entry>) -> Entry {
        if tables.is_empty() { self } else { self.with(name, Field::Tables(tables)) }
    }
}

fn strings(lines: &[Safe]) -> Vec<String> {
    lines.iter().map(|line| line.as_str().to_owned()).collect()
}

/// The card as it would be written.
pub fn card(card: &Card) -> Entry {
    let own = match &card.kind {
        Kind::Recall(recall) => self::recall(&card.id, recall),
        Kind::Choice(choice) => self::choice(&card.id, choice),
        Kind::Cloze(cloze) => self::cloze(&card.id, cloze),
        Kind::Code(code) => self::code(&card.id, code),
    };
    let own = match card.level {
        Some(level) => own.line("level", level.word()),
        None => own,
    };
    let own = own.lines("tags", &card.tags).lines("sources", &card.sources);
    let own = match card.checked {
        Some(day) => own.with("checked", Field::Bare(day.to_string())),
        None => own,
    };
    own.maybe("note", card.note.as_ref()).lines("follow_ups", &card.follow_ups)
}

fn recall(id: &Id, recall: &Recall) -> Entry {
    let sides: Vec<_> = recall.sides.iter().map(|side| strings(side)).collect();
    let own = Entry::new(&CARD, id).text("question", &recall.question).text("answer", &recall.answer);
    let own = if sides.is_empty() { own } else { own.with("sides", Field::Sides(sides)) };
    own.tables("point", recall.points.iter().map(point).collect())
        .tables("misconception", recall.misconceptions.iter().map(misconception).collect())
}

fn point(point: &Point) -> Entry {
    let own = Entry::new(&POINT, &point.id).text("text", &point.text);
    let own = match point.weight {
        USUAL_WEIGHT => own,
        weight => own.with("weight", Field::Bare(weight.to_string())),
    };
    own.lines("accept", &point.accept).maybe("probe", point.probe.as_ref())
}

fn misconception(claim: &Misconception) -> Entry {
    Entry::new(&MISCONCEPTION, &claim.id)
        .text("text", &claim.text)
        .lines("accept", &claim.accept)
        .maybe("correction", claim.correction.as_ref())
}

fn choice(id: &Id, choice: &Choice) -> Entry {
    let right = choice.right.iter().map(|label| label.as_str().to_owned()).collect();
    let own = Entry::new(&SCENARIO, id)
        .line("exercise", choice.exercise.id.as_str())
        .text("text", &choice.scenario)
        .with("right", Field::Lines(right))
        .lines("evidence", &choice.evidence)
        .maybe("why", choice.why.as_ref())
        .lines("facts", &choice.facts)
        .maybe("flip", choice.flip.as_ref())
        .maybe("detail", choice.detail.as_ref());
    match &choice.pair {
        Some(pair) => own.line("pair", pair.as_str()),
        None => own,
    }
}

fn cloze(id: &Id, cloze: &Cloze) -> Entry {
    Entry::new(&CLOZE, id).text("text", cloze.text())
}

fn code(id: &Id, code: &Code) -> Entry {
    let own = Entry::new(&CODE, id).text("question", &code.question).text("code", &code.code);
    let own = match &code.language {
        Some(language) => own.line("language", language.as_str()),
        None => own,
    };
    own.lines("accept", &code.accept)
}

/// The exercise as it would be written.
pub fn exercise(exercise: &Exercise) -> Entry {
    Entry::new(&EXERCISE, &exercise.id)
        .line("prompt", exercise.prompt.as_str())
        .tables("labels", exercise.labels.iter().map(label).collect())
}

fn label(label: &Label) -> Entry {
    let own = Entry::new(&LABEL, &label.id).line("name", label.name.as_str());
    let own = match label.key {
        Some(key) => own.line("key", &key.to_string()),
        None => own,
    };
    let own = if label.expert { own.with("expert", Field::Bare("true".to_owned())) } else { own };
    own.maybe("about", label.about.as_ref())
}

impl Entry {
    /// Whether no word of `other` is missing, but for evidence, which must stand in its scenario to count.
    pub fn says_as_much_as(&self, other: &Entry) -> bool {
        other.fields().all(|(name, wanted)| match (self.field(name), wanted) {
            (Some(Field::Tables(own)), Field::Tables(wanted)) => {
                own.len() == wanted.len() && own.iter().zip(wanted).all(|(own, wanted)| own.says_as_much_as(wanted))
            }
            (own, wanted) => name == "evidence" || own.map(words).unwrap_or_default() == words(wanted),
        })
    }
}

fn words(field: &Field) -> Vec<&str> {
    let texts: Vec<&String> = match field {
        Field::Line(text) | Field::Text(text) | Field::Bare(text) => vec![text],
        Field::Lines(lines) => lines.iter().collect(),
        Field::Sides(sides) => sides.iter().flatten().collect(),
        Field::Tables(_) => Vec::new(),
    };
    texts.into_iter().flat_map(|text| text.split_whitespace()).collect()
}
