//! The deck format, version 1: every table and every key of it, in one place.
//!
//! The reader's checks, the suggestions for unknown keys, the JSON Schema and the manual all come from these tables.

use std::fmt;

/// The version of the format that is read.
pub const VERSION: i64 = 1;
/// The longest title of a deck, in characters.
pub const LONGEST_TITLE: usize = 200;
/// The longest text, in bytes.
pub const LONGEST_TEXT: usize = 1 << 20;
/// The most entries of one list, and the most points, misconceptions or labels of one card or exercise.
pub const MOST_ENTRIES: usize = 100;
/// The most keys that a table has.
pub const MOST_KEYS: usize = 16;
/// The weight of a point that does not say one.
pub const USUAL_WEIGHT: u8 = 2;

/// A table of a deck file.
pub struct Table {
    /// What one of them is called.
    pub noun: &'static str,
    /// How it begins in a file; empty for the top of the file.
    pub header: &'static str,
    /// The table that it stands in.
    pub within: Option<&'static Table>,
    /// What it is for, in one sentence.
    pub about: &'static str,
    pub keys: &'static [Key],
}

/// A key of a table.
pub struct Key {
    pub name: &'static str,
    pub shape: Shape,
    pub required: bool,
    /// What it says, with its range and what is taken without it, in one sentence.
    pub about: &'static str,
}

/// What a key holds.
#[derive(Clone, Copy)]
pub enum Shape {
    /// The number 1.
    Version,
    Id,
    Ids,
    /// A text on one line.
    Line,
    /// Texts on one line each.
    Lines,
    /// Texts on any number of lines.
    Texts,
    /// Markdown.
    Text,
    /// Two or more lists of names.
    Sides,
    Language,
    Level,
    Day,
    Weight,
    /// One visible character.
    Letter,
    Flag,
    /// The code of a finding.
    Code,
    Tables(&'static Table),
}

impl Table {
    /// Every table of the format, outer ones first.
    pub const ALL: [&'static Table; 10] =
        [&DECK, &CARD, &POINT, &MISCONCEPTION, &CLOZE, &CODE, &EXERCISE, &LABEL, &SCENARIO, &SWITCH];

    /// How one of them is written.
    pub fn example(&self) -> String {
        match self.noun {
            "label" => "labels = [{ id = \"…\", name = \"…\" }, { id = \"…\", name = \"…\" }]".to_owned(),
            _ => self.header.to_owned(),
        }
    }

    /// Whether it stands inside a card or an exercise.
    pub fn is_part(&self) -> bool {
        self.within.is_some_and(|outer| outer.within.is_some())
    }

    /// The key of that name.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}

impl Shape {
    /// A value of this shape, as an author writes it.
    pub fn example(self) -> &'static str {
        match self {
            Shape::Version => "1",
            Shape::Id => "\"a-short-name\"",
            Shape::Ids => "[\"task\"]",
            Shape::Line | Shape::Text => "\"…\"",
            Shape::Lines | Shape::Texts => "[\"…\", \"…\"]",
            Shape::Sides => "[[\"task role\"], [\"execution role\"]]",
            Shape::Language => "\"en\"",
            Shape::Level => "\"junior\"",
            Shape::Day => "2026-11-22",
            Shape::Weight => "2",
            Shape::Letter => "\"t\"",
            Shape::Flag => "true",
            Shape::Code => "\"many-points\"",
            Shape::Tables(table) => table.header,
        }
    }
}

/// Completes "`key` must be …".
impl fmt::Display for Shape {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Shape::Version => "the number 1",
            Shape::Id => "an id in quotes",
            Shape::Ids => "a list of ids",
            Shape::Line | Shape::Text => "a text in quotes",
            Shape::Lines | Shape::Texts => "a list of texts",
            Shape::Sides => "two or more lists of names",
            Shape::Language => "a language tag in quotes",
            Shape::Level => "\"junior\", \"mid\" or \"senior\"",
            Shape::Day => "a day without quotes",
            Shape::Weight => "1, 2 or 3",
            Shape::Letter => "one character in quotes",
            Shape::Flag => "true or false",
            Shape::Code => "a code in quotes",
            Shape::Tables(_) => "a list of tables",
        })
    }
}

const fn needed(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key { name, shape, required: true, about }
}

const fn optional(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key { name, shape, required: false, about }
}

pub static DECK: Table = Table {
    noun: "deck",
    header: "",
    within: None,
    about: "What stands at the top of the file, before the first table.",
    keys: &[
        needed("format", Shape::Version, "The version of this format: 1."),
        needed("id", Shape::Id, "The deck's own id; no two of your decks share one."),
        needed("title", Shape::Line, "What the deck is called, in at most 200 characters."),
        optional("description", Shape::Text, "What it covers and for whom, as Markdown."),
        optional("language", Shape::Language, "The language of the cards, such as `en` or `pt-BR`."),
        optional("tags", Shape::Lines, "Words to find the deck by, at most 100."),
        optional("author", Shape::Line, "Who wrote it."),
        optional("licence", Shape::Line, "What others may do with it, such as `CC-BY-4.0`."),
        optional("source", Shape::Line, "Where it comes from: the address at which newer versions are."),
        optional("version", Shape::Line, "Which version of the deck it is, such as `1.2` or a day."),
        optional("card", Shape::Tables(&CARD), "The questions that are answered in words."),
        optional("cloze", Shape::Tables(&CLOZE), "Texts with gaps to fill in."),
        optional("code", Shape::Tables(&CODE), "The questions that are answered with a command or other code."),
        optional("exercise", Shape::Tables(&EXERCISE), "Sets of labels to choose from."),
        optional("scenario", Shape::Tables(&SCENARIO), "The questions that are answered by choosing a label."),
        optional("lint", Shape::Tables(&SWITCH), "Findings of `greenroom lint` that are right here as they are."),
    ],
};

pub static CARD: Table = Table {
    noun: "card",
    header: "[[card]]",
    within: Some(&DECK),
    about: "A question that is answered in words.",
    keys: &[
        needed("id", Shape::Id, "Unique among the cards and scenarios of the deck; reviews are kept under it."),
        needed("question", Shape::Text, "What is asked, as Markdown."),
        needed("answer", Shape::Text, "A model answer, as Markdown."),
        optional("level", Shape::Level, "How far into a career it is asked: `junior`, `mid` or `senior`."),
        optional("tags", Shape::Lines, "Words to find the card by, at most 100."),
        optional("sources", Shape::Lines, "Addresses of the pages that the answer rests on, at most 100."),
        optional("checked", Shape::Day, "The day on which the answer was last compared with its sources."),
        optional("note", Shape::Text, "Shown after the answer: what changed, what people get wrong, as Markdown."),
        optional("follow_ups", Shape::Lines, "What an interviewer asks next, at most 100."),
        optional("sides", Shape::Sides, "The names of the things compared, one list each, which must not be swapped."),
        optional("point", Shape::Tables(&POINT), "What a good answer states, at most 100 points."),
        optional("misconception", Shape::Tables(&MISCONCEPTION), "Wrong claims that people make, at most 100."),
    ],
};

pub static POINT: Table = Table {
    noun: "point",
    header: "[[card.point]]",
    within: Some(&CARD),
    about: "One thing that a good answer to the card above it states.",
    keys: &[
        needed("id", Shape::Id, "Unique among the points of the card."),
        needed("text", Shape::Text, "The point as a full sentence."),
        optional(
            "weight",
            Shape::Weight,
            "1 nice to have, 2 expected, 3 without it the answer fails; 2 if it is not said.",
        ),
        optional("accept", Shape::Lines, "Other ways people say it, at most 100."),
        optional("probe", Shape::Text, "What an interviewer asks when the point was not said."),
    ],
};

pub static MISCONCEPTION: Table = Table {
    noun: "misconception",
    header: "[[card.misconception]]",
    within: Some(&CARD),
    about: "One wrong claim that people make when they answer the card above it.",
    keys: &[
        needed("id", Shape::Id, "Unique among the misconceptions of the card."),
        needed("text", Shape::Text, "The wrong claim as a full sentence."),
        optional("accept", Shape::Lines, "Other ways people say it, at most 100."),
        optional("correction", Shape::Text, "What is true instead."),
    ],
};

pub static CLOZE: Table = Table {
    noun: "cloze",
    header: "[[cloze]]",
    within: Some(&DECK),
    about: "A text with gaps; one of them is one card, and all its gaps are asked at once.",
    keys: &[
        needed("id", Shape::Id, "Unique among the cards of the deck, of every kind; reviews are kept under it."),
        needed("text", Shape::Text, "The whole text as Markdown, with `{{…}}` around the words that are hidden."),
        optional("level", Shape::Level, "How far into a career it is asked: `junior`, `mid` or `senior`."),
        optional("tags", Shape::Lines, "Words to find the card by, at most 100."),
        optional("sources", Shape::Lines, "Addresses of the pages that the text rests on, at most 100."),
        optional("checked", Shape::Day, "The day on which the text was last compared with its sources."),
        optional("note", Shape::Text, "Shown after the answer, as Markdown."),
        optional("follow_ups", Shape::Lines, "What an interviewer asks next, at most 100."),
    ],
};

pub static CODE: Table = Table {
    noun: "code",
    header: "[[code]]",
    within: Some(&DECK),
    about: "A question that is answered with code: a command, a query, a few lines of a program.",
    keys: &[
        needed("id", Shape::Id, "Unique among the cards of the deck, of every kind; reviews are kept under it."),
        needed("question", Shape::Text, "What is asked, as Markdown."),
        needed("code", Shape::Text, "The model answer, shown line by line as it is written."),
        optional("language", Shape::Line, "What it is written in, such as `bash`, `sql` or `rust`."),
        optional("accept", Shape::Texts, "Other code that is as right, at most 100."),
        optional("level", Shape::Level, "How far into a career it is asked: `junior`, `mid` or `senior`."),
        optional("tags", Shape::Lines, "Words to find the card by, at most 100."),
        optional("sources", Shape::Lines, "Addresses of the pages that the answer rests on, at most 100."),
        optional("checked", Shape::Day, "The day on which the answer was last compared with its sources."),
        optional("note", Shape::Text, "Shown after the answer, as Markdown."),
        optional("follow_ups", Shape::Lines, "What an interviewer asks next, at most 100."),
    ],
};

pub static EXERCISE: Table = Table {
    noun: "exercise",
    header: "[[exercise]]",
    within: Some(&DECK),
    about: "A set of labels; its scenarios are answered by choosing among them.",
    keys: &[
        needed("id", Shape::Id, "Unique among the exercises of the deck."),
        needed("prompt", Shape::Line, "What is asked of each scenario."),
        needed("labels", Shape::Tables(&LABEL), "The labels to choose from, 2 to 100, in the order they are shown."),
    ],
};

pub static LABEL: Table = Table {
    noun: "label",
    header: "[[exercise.labels]]",
    within: Some(&EXERCISE),
    about: "One label; usually written in one line, as in `labels = [{ id = \"task\", name = \"Task role\" }, …]`.",
    keys: &[
        needed("id", Shape::Id, "Unique among the labels of the exercise."),
        needed("name", Shape::Line, "What is shown."),
        optional("key", Shape::Letter, "The key that chooses it: one visible character."),
        optional("expert", Shape::Flag, "`true` hides it at the basic level; `false` if it is not said."),
        optional("about", Shape::Text, "What the label means, as Markdown; shown on a key after the answer."),
    ],
};

pub static SCENARIO: Table = Table {
    noun: "scenario",
    header: "[[scenario]]",
    within: Some(&DECK),
    about: "A situation that is answered by choosing one label of an exercise.",
    keys: &[
        needed("id", Shape::Id, "Unique among the cards and scenarios of the deck; reviews are kept under it."),
        needed("exercise", Shape::Id, "The id of the exercise that it belongs to."),
        needed("text", Shape::Text, "The situation, as Markdown."),
        needed("right", Shape::Ids, "The ids of the right labels, one or more."),
        optional("evidence", Shape::Lines, "The exact words of `text` that decide, at most 100."),
        optional("why", Shape::Text, "Why the label is right, as Markdown."),
        optional("facts", Shape::Lines, "Short lines under the verdict, such as `Who calls: …`, at most 100."),
        optional("flip", Shape::Text, "What would change the answer, in one or two sentences."),
        optional("detail", Shape::Text, "Shown on a key after the answer, such as a minimal policy, as Markdown."),
        optional("pair", Shape::Id, "The id of the near twin: a scenario of the deck that has another answer."),
        optional("level", Shape::Level, "How far into a career it is asked: `junior`, `mid` or `senior`."),
        optional("tags", Shape::Lines, "Words to find the scenario by, at most 100."),
        optional("sources", Shape::Lines, "Addresses of the pages that the answer rests on, at most 100."),
        optional("checked", Shape::Day, "The day on which the answer was last compared with its sources."),
        optional("note", Shape::Text, "Shown after the answer, as Markdown."),
        optional("follow_ups", Shape::Lines, "What an interviewer asks next, at most 100."),
    ],
};

pub static SWITCH: Table = Table {
    noun: "switch",
    header: "[[lint]]",
    within: Some(&DECK),
    about: "A warning or an advice of `greenroom lint` that is not given for this deck.",
    keys: &[
        needed("allow", Shape::Code, "The code of the finding, such as `many-points`; no error can be switched off."),
        needed("reason", Shape::Line, "Why it is right here, for whoever reads the deck."),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_reached_from_the_deck_and_knows_where_it_stands() {
        let mut reached = vec!["deck"];
        for table in Table::ALL {
            for key in table.keys {
                if let Shape::Tables(inner) = key.shape {
                    assert_eq!(inner.within.map(|outer| outer.noun), Some(table.noun), "{}", key.name);
                    reached.push(inner.noun);
                }
            }
        }
        reached.sort_unstable();
        let mut all = Table::ALL.map(|table| table.noun);
        all.sort_unstable();
        assert_eq!(reached, all);
    }

    #[test]
    fn no_table_has_more_keys_than_there_is_room_for() {
        assert!(Table::ALL.iter().all(|table| table.keys.len() <= MOST_KEYS));
    }

    #[test]
    fn descriptions_are_sentences() {
        for key in Table::ALL.iter().flat_map(|table| table.keys) {
            assert!(key.about.ends_with('.'), "{}", key.name);
        }
    }
}
