//! Which column of a table holds what, by the many names that programs and people give it.

use ::csv::StringRecord;

use super::dialect::Dialect;
use crate::exchange::build::shown;
use crate::safe;
use crate::text::Safe;

/// What a column can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Id,
    Question,
    Answer,
    Points,
    Tags,
    Level,
    Sources,
    FollowUps,
    Note,
    Checked,
    /// Counts rows, and nothing is lost without it.
    Ignored,
    /// What only another program needs.
    Foreign,
}

/// The names of each column, in letters and digits alone; the first is the one that is written.
const NAMES: [(Column, &[&str]); 12] = [
    (Column::Id, &["id", "guid", "key", "cardid", "noteid", "uuid"]),
    (
        Column::Question,
        &[
            "question",
            "front",
            "q",
            "prompt",
            "term",
            "questiontext",
            "ask",
            "word",
            "frage",
            "vorderseite",
            "pregunta",
            "anverso",
            "recto",
            "domanda",
            "pergunta",
        ],
    ),
    (
        Column::Answer,
        &[
            "answer",
            "back",
            "a",
            "ans",
            "response",
            "definition",
            "answertext",
            "modelanswer",
            "solution",
            "meaning",
            "antwort",
            "rückseite",
            "ruckseite",
            "respuesta",
            "reverso",
            "réponse",
            "reponse",
            "verso",
            "risposta",
            "resposta",
        ],
    ),
    (Column::Points, &["points", "point", "keypoints", "rubric", "bullets", "checklist"]),
    (
        Column::Tags,
        &["tags", "tag", "labels", "keywords", "topic", "topics", "category", "categories", "section", "subject"],
    ),
    (Column::Level, &["level", "difficulty", "seniority"]),
    (Column::Sources, &["sources", "source", "url", "urls", "link", "links", "reference", "references", "citation"]),
    (Column::FollowUps, &["followups", "followup", "next"]),
    (Column::Note, &["note", "notes", "comment", "comments", "remark", "extra", "explanation", "hint"]),
    (Column::Checked, &["checked", "reviewed", "verified", "lastchecked"]),
    (Column::Foreign, &["deck", "deckname", "notetype", "type"]),
    (Column::Ignored, &["no", "nr", "number", "row", "index"]),
];

impl Column {
    /// The columns of an export, in their order.
    pub const WRITTEN: [Column; 10] = [
        Column::Id,
        Column::Question,
        Column::Answer,
        Column::Points,
        Column::Tags,
        Column::Level,
        Column::Sources,
        Column::FollowUps,
        Column::Note,
        Column::Checked,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Column::FollowUps => "follow_ups",
            other => NAMES.iter().find(|(column, _)| *column == other).map_or("", |(_, names)| names[0]),
        }
    }

    fn of(name: &str) -> Option<Column> {
        let plain: String = name.to_lowercase().chars().filter(|letter| letter.is_alphanumeric()).collect();
        NAMES.iter().find(|(_, names)| names.contains(&plain.as_str())).map(|(column, _)| *column)
    }
}

/// The columns of one table. None for a column of which nothing is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    columns: Vec<Option<Column>>,
    names: Option<Vec<String>>,
}

impl Columns {
    /// The columns as the first row names them; none if it is no header.
    pub fn named(dialect: &Dialect, first: &StringRecord) -> Option<Columns> {
        if dialect.names.is_some() {
            return None;
        }
        let columns = Columns::of_names(first.iter().map(|name| name.trim().to_owned()).collect());
        (columns.has(Column::Question) && columns.has(Column::Answer)).then_some(columns)
    }

    fn of_names(names: Vec<String>) -> Columns {
        Columns { columns: names.iter().map(|name| Column::of(name)).collect(), names: Some(names) }
    }

    /// The columns of a table without a header: what was said above it, or else question and answer first.
    pub fn by_place(dialect: &Dialect, width: usize) -> Columns {
        let named = dialect.names.clone().map(Columns::of_names);
        let mut columns = named.unwrap_or(Columns { columns: vec![None; width], names: None });
        for (name, place) in &dialect.places {
            if let Some(column) = columns.columns.get_mut(*place) {
                *column = Column::of(name);
            }
        }
        for wanted in [Column::Question, Column::Answer] {
            if !columns.has(wanted)
                && let Some(free) = columns.columns.iter_mut().find(|column| column.is_none())
            {
                *free = Some(wanted);
            }
        }
        columns
    }

    /// The columns of an export.
    pub fn written() -> Columns {
        Columns { columns: Column::WRITTEN.map(Some).to_vec(), names: None }
    }

    fn has(&self, wanted: Column) -> bool {
        self.columns.contains(&Some(wanted))
    }

    pub fn len(&self) -> usize {
        self.columns.len()
    }

    /// The cells of a row that stand in such a column.
    pub fn cells<'r>(&self, wanted: Column, row: &'r StringRecord) -> impl Iterator<Item = &'r str> {
        let cells = self.columns.iter().zip(row.iter());
        cells.filter(move |(column, _)| **column == Some(wanted)).map(|(_, cell)| cell)
    }

    /// Columns that hold nothing of a card.
    pub fn unknown(&self) -> impl Iterator<Item = Safe> {
        let is_lost = |column: &Option<Column>| matches!(column, None | Some(Column::Foreign));
        self.columns.iter().enumerate().filter(move |(_, column)| is_lost(column)).map(|(place, column)| {
            let name = self.names.as_ref().and_then(|names| names.get(place)).filter(|name| !name.is_empty());
            let known = Column::WRITTEN.map(Column::name).join(", ");
            match name {
                Some(name) => safe!("The column {} is not taken; known are {known}.", shown(name)),
                None if column.is_some() => {
                    safe!("Column {}, which only the other program needs, is not taken.", place + 1)
                }
                None => safe!("Column {} has no name and is not taken.", place + 1),
            }
        })
    }

    /// How the table is understood.
    pub fn told(&self, dialect: &Dialect) -> Safe {
        let header = if self.names.is_some() { "named columns" } else { "no header" };
        let taken = self.columns.iter().enumerate().filter_map(|(place, column)| match column {
            None | Some(Column::Ignored | Column::Foreign) => None,
            Some(column) => Some(format!("{} is the {}", place + 1, column.name().replace('_', "-"))),
        });
        let taken: Vec<_> = taken.collect();
        safe!("A table with {} and {header}: column {}.", dialect.separator_name(), taken.join(", "))
    }
}

/// The entries of a cell: its lines, or what stands between bars if it is a single line.
pub fn lines(cell: &str) -> Vec<String> {
    let between = if cell.contains('\n') { '\n' } else { '|' };
    let bare = |entry: &str| entry.trim().trim_start_matches(['•', '*']).trim().to_owned();
    cell.split(between).map(bare).filter(|entry| !entry.is_empty()).collect()
}

/// The tags of a cell: its lines; between commas, semicolons or bars if it is a single line, and between spaces if
/// there are none of these.
pub fn tags(cell: &str) -> Vec<String> {
    let marks: &[char] = if cell.contains('\n') { &['\n'] } else { &[',', ';', '|'] };
    let is_marked = cell.contains(marks);
    let parts =
        cell.split(move |letter: char| if is_marked { marks.contains(&letter) } else { letter.is_whitespace() });
    parts.map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect()
}

/// The addresses of a cell.
pub fn addresses(cell: &str) -> Vec<String> {
    match cell.contains("://") && !cell.contains('\n') {
        true => {
            cell.split([' ', '|', ',']).map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
        }
        false => lines(cell),
    }
}

/// A cell that [`lines`] divides into these entries again.
pub fn joined(entries: &[Safe]) -> String {
    match entries {
        [one] if one.as_str().contains('|') => format!("{one}\n"),
        _ => entries.iter().map(|entry| entry.line().to_string()).collect::<Vec<_>>().join("\n"),
    }
}

/// A cell that [`addresses`] divides into these addresses again.
pub fn joined_addresses(sources: &[Safe]) -> String {
    match sources {
        [one] if one.as_str().contains([' ', '|', ',']) => format!("{one}\n"),
        _ => sources.iter().map(Safe::as_str).collect::<Vec<_>>().join("\n"),
    }
}

/// A cell that [`tags`] divides into these tags again.
pub fn joined_tags(tags: &[Safe]) -> String {
    let is_plain = |tag: &Safe| !tag.as_str().contains([',', ';', '|']);
    match tags {
        _ if !tags.iter().all(is_plain) => tags.iter().map(|tag| format!("{tag}\n")).collect(),
        [one] if one.as_str().contains(char::is_whitespace) => format!("{one},"),
        _ => tags.iter().map(Safe::as_str).collect::<Vec<_>>().join(", "),
    }
}
