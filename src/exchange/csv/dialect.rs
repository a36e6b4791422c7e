//! How a table is written: its separator, and what other programs say about it above the first row.

use crate::exchange::Refused;

/// Tried in this order when several fit equally well: the rarer a character is in text, the earlier.
const SEPARATORS: [u8; 4] = [b'\t', b'|', b';', b','];
/// Rows that are looked at.
const LOOKED_AT: usize = 200;

/// How a table is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialect {
    pub separator: u8,
    /// Lines above the first row.
    pub lines_above: usize,
    /// Places of columns that were named above the table, from 0.
    pub places: Vec<(String, usize)>,
    /// The names of all columns, as they were said above the table.
    pub names: Option<Vec<String>>,
    pub is_html: bool,
    /// Lines above the table that say what no card has, such as `#deck:Net`, with their numbers.
    pub unheard: Vec<(usize, String)>,
}

impl Dialect {
    /// The dialect of a text, and the table itself.
    pub fn of(text: &str) -> Result<(Dialect, &str), Refused> {
        let mut dialect = Dialect {
            separator: 0,
            lines_above: 0,
            places: Vec::new(),
            names: None,
            is_html: false,
            unheard: Vec::new(),
        };
        let mut body = text;
        while let Some((line, rest)) = body.split_once('\n') {
            if !dialect.hears(line) {
                break;
            }
            dialect.lines_above += 1;
            body = rest;
        }
        if dialect.separator == 0 {
            dialect.separator = guess(body).ok_or_else(|| {
                let what = "No comma, semicolon, tab or bar divides the lines of this table.";
                Refused::new(None, what, "A card needs two columns, such as question,answer; or name the format.")
            })?;
        }
        Ok((dialect, body))
    }

    /// Whether a line says something about the table: `sep=;` as Excel writes it, `#tags column:3` as Anki does.
    fn hears(&mut self, line: &str) -> bool {
        if let Some(separator) = line.strip_prefix("sep=").or_else(|| line.strip_prefix("SEP=")) {
            self.separator = separator.bytes().next().unwrap_or(0);
            return separator.len() == 1;
        }
        let Some((key, value)) = line.strip_prefix('#').and_then(|said| said.split_once(':')) else { return false };
        match key {
            "separator" => self.separator = separator(value),
            "html" => self.is_html = value.trim() == "true",
            "columns" => {
                let between = if self.separator == 0 { guess(value).unwrap_or(b',') } else { self.separator };
                self.names = Some(value.split(char::from(between)).map(|name| name.trim().to_owned()).collect());
            }
            "if matches" => {}
            "notetype" | "deck" | "tags" => self.unheard.push((self.lines_above + 1, line.to_owned())),
            _ => match (key.strip_suffix(" column"), value.trim().parse::<usize>()) {
                (Some(name), Ok(place @ 1..)) => self.places.push((name.to_owned(), place - 1)),
                _ => return false,
            },
        }
        true
    }

    /// Whether quotes around cells mean something. With tabs they often do not: a cell of such a file may begin with one.
    pub fn has_quotes(&self, body: &str) -> bool {
        let is_opened = |line: &str| line.split(char::from(self.separator)).any(|cell| cell.starts_with('"'));
        self.separator != b'\t' || body.matches('"').count().is_multiple_of(2) || !body.lines().any(is_opened)
    }

    /// What divides the cells, in words.
    pub fn separator_name(&self) -> &'static str {
        match self.separator {
            b',' => "commas",
            b';' => "semicolons",
            b'\t' => "tabs",
            b'|' => "bars",
            _ => "another character",
        }
    }
}

fn separator(word: &str) -> u8 {
    match word.trim().to_lowercase().as_str() {
        "tab" | "\\t" | "" => b'\t',
        "comma" => b',',
        "semicolon" => b';',
        "pipe" => b'|',
        "space" => b' ',
        "colon" => b':',
        other => other.bytes().next().unwrap_or(0),
    }
}

/// The separator that divides the rows most evenly.
fn guess(body: &str) -> Option<u8> {
    let rows = counts(body);
    let evenness = |place: usize| {
        let usual = usual(rows.iter().map(|row| row[place]))?;
        let even = rows.iter().filter(|row| row[place] == usual).count();
        (usual > 0).then(|| even * 1000 / rows.len().max(1))
    };
    let best = (0..SEPARATORS.len()).rev().max_by_key(|place| evenness(*place).unwrap_or(0))?;
    evenness(best).map(|_| SEPARATORS[best])
}

/// The count that most rows with any have, and none if most rows have none.
fn usual(counts: impl Iterator<Item = usize>) -> Option<usize> {
    let mut times = std::collections::BTreeMap::new();
    counts.for_each(|count| *times.entry(count).or_insert(0_usize) += 1);
    times
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .max_by_key(|(count, times)| (*times, std::cmp::Reverse(*count)))
        .map(|(count, _)| count)
}

/// How often each separator stands outside quotes, row by row.
fn counts(body: &str) -> Vec<[usize; SEPARATORS.len()]> {
    let mut rows = Vec::new();
    let (mut row, mut is_quoted, mut is_start, mut is_blank) = ([0; SEPARATORS.len()], false, true, true);
    for byte in body.bytes() {
        match byte {
            b'"' if is_quoted || is_start => is_quoted = !is_quoted,
            b'\n' if !is_quoted => {
                if !is_blank {
                    rows.push(row);
                }
                (row, is_blank) = ([0; SEPARATORS.len()], true);
                if rows.len() == LOOKED_AT {
                    return rows;
                }
            }
            _ if is_quoted => {}
            _ => {
                if let Some(place) = SEPARATORS.iter().position(|separator| *separator == byte) {
                    row[place] += 1;
                }
                is_blank &= byte == b' ';
            }
        }
        is_start =
            !is_quoted && (byte == b'\n' || byte == b'"' || SEPARATORS.contains(&byte) || is_start && byte == b' ');
    }
    if !is_blank || row != [0; SEPARATORS.len()] {
        rows.push(row);
    }
    rows
}
