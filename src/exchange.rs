//! Import and export of cards, one file per format; what cannot be carried is always listed.

mod build;
mod cloze;
mod csv;
mod join;
mod json;
mod markdown;
mod pasted;
mod points;
mod recognise;
mod source;

use crate::card::{Card, Id, Kind};
use crate::deck::Deck;
use crate::safe;
use crate::text::Safe;

pub use build::MOST_POINTS;
pub use join::{Changed, Joined, join};
pub use recognise::recognise;

/// Reads the bytes of a file.
pub type Importer = fn(&[u8]) -> Result<Imported, Refused>;

/// A way to write cards in a file. A half that a format lacks is none.
pub struct Format {
    /// What the learner calls it by.
    pub name: &'static str,
    /// How its files end, in small letters; none if its files are known by their content alone.
    pub extensions: &'static [&'static str],
    /// What it is, in a few words.
    pub about: &'static str,
    /// Whether its cards are proposals that somebody should look at one by one.
    pub is_proposal: bool,
    pub import: Option<Importer>,
    pub export: Option<fn(&Deck) -> Exported>,
}

/// The only list of formats.
pub static FORMATS: [Format; 6] = [
    Format {
        name: "csv",
        extensions: &["csv"],
        about: "A table: a row for a card, cells between commas, semicolons, tabs or bars",
        is_proposal: false,
        import: Some(csv::import),
        export: Some(csv::export_commas),
    },
    Format {
        name: "tsv",
        extensions: &["tsv", "tab"],
        about: "The same with tabs, as Anki and spreadsheets write it",
        is_proposal: false,
        import: Some(csv::import),
        export: Some(csv::export_tabs),
    },
    Format {
        name: "markdown",
        extensions: &["md", "markdown", "mdown"],
        about: "`Q:`, `A:` and `C:` as hashcards and repeater write them, or headings with text below",
        is_proposal: false,
        import: Some(markdown::import),
        export: Some(markdown::export),
    },
    Format {
        name: "json",
        extensions: &["json"],
        about: "A deck with the keys of a deck file, without loss",
        is_proposal: false,
        import: Some(json::import),
        export: Some(json::export),
    },
    Format {
        name: "jsonl",
        extensions: &["jsonl", "ndjson"],
        about: "The same with one card a line",
        is_proposal: false,
        import: Some(json::import_lines),
        export: Some(json::export_lines),
    },
    Format {
        name: "text",
        extensions: &[],
        about: "Questions and answers pasted from a page or a chat",
        is_proposal: true,
        import: Some(pasted::import),
        export: None,
    },
];

impl Format {
    /// The format of that name.
    pub fn named(name: &str) -> Option<&'static Format> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// The format whose files end like that.
    pub fn of_extension(extension: &str) -> Option<&'static Format> {
        let extension = extension.to_lowercase();
        FORMATS.iter().find(|format| format.extensions.contains(&extension.as_str()))
    }
}

/// What a file was found to hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// What the file calls itself.
    pub title: Option<Safe>,
    /// What it says of itself, if that is a deck; its id, title and cards are not looked at.
    pub about: Option<Deck>,
    /// The id that the file gives its deck.
    pub id: Option<Id>,
    /// In the order of the file. No two ask the same; ids are proposals and may be taken twice.
    pub cards: Vec<Found>,
    /// What is not in the cards, in the order of the file.
    pub dropped: Vec<Loss>,
    /// How the file was understood. Nothing is lost by it.
    pub remarks: Vec<Safe>,
}

/// A card with the line of the file where it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub line: usize,
    pub card: Card,
}

/// Something that could not be carried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// Counted from 1; none for what has no place in a file.
    pub line: Option<usize>,
    /// One sentence, with the words that are lost where they are somebody's text.
    pub what: Safe,
}

/// A deck in another format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    pub bytes: Vec<u8>,
    pub dropped: Vec<Loss>,
}

/// Why nothing can be read from a file: what is wrong, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{what} {help}", line_of(*.line))]
pub struct Refused {
    pub line: Option<usize>,
    pub what: Safe,
    pub help: Safe,
}

fn line_of(line: Option<usize>) -> String {
    line.map_or_else(String::new, |line| format!("line {line}: "))
}

/// The id that a card would get from its question alone.
fn propose(card: &Card) -> Id {
    let words = match &card.kind {
        Kind::Cloze(cloze) => cloze.answer(),
        _ => card.prompt(),
    };
    crate::deck::edit::propose_id(words.as_str())
}

impl Loss {
    fn at(line: usize, what: Safe) -> Loss {
        Loss { line: Some(line), what }
    }
}

impl Refused {
    fn new(line: impl Into<Option<usize>>, what: &str, help: &str) -> Refused {
        Refused { line: line.into(), what: Safe::new(what), help: Safe::new(help) }
    }
}

impl std::fmt::Display for Loss {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.pad(safe!("{}{}", line_of(self.line), self.what).as_str())
    }
}
/// What a deck says of itself, for a format that has no place for it.
fn untold(deck: &Deck) -> Option<Loss> {
    let texts = [
        ("description", &deck.description),
        ("language", &deck.language),
        ("author", &deck.author),
        ("licence", &deck.licence),
        ("source", &deck.source),
        ("version", &deck.version),
    ];
    let mut names: Vec<&str> = texts.into_iter().filter(|(_, text)| text.is_some()).map(|(name, _)| name).collect();
    if !deck.tags.is_empty() {
        names.push("tags");
    }
    (!names.is_empty()).then(|| Loss { line: None, what: safe!("The deck loses its {}.", names.join(", ")) })
}
