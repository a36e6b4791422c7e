//! Where the tables of a deck stand in its text: each header with what is below it, and the remarks that go with it.

use std::ops::Range;

use toml_edit::{Document, Item, Table};

use super::splice::{line_start, next_line};

/// A header with the keys below it.
#[derive(Debug, Clone)]
pub struct Section {
    /// Where its header begins; none for the top of the file.
    header: Option<usize>,
    /// From the remarks right above the header to those right below the last key.
    pub place: Range<usize>,
}

/// The sections of a text in order of place.
pub struct Sections(Vec<Section>);

impl Sections {
    pub fn find(text: &str, document: &Document<&str>) -> Sections {
        let mut marks = vec![(None, solid_end(document.as_table()).unwrap_or(0))];
        collect(document.as_table(), &mut marks);
        marks.sort_by_key(|(header, _)| *header);
        let solid = |end: usize| if end == 0 { 0 } else { next_line(text, end) };
        let mut sections: Vec<Section> = Vec::new();
        for (at, (header, end)) in marks.iter().enumerate() {
            let above = sections.last().map_or(0, |section| section.place.end);
            let lead = header.map_or(0, |header| remarks_above(text, above, line_start(text, header)));
            let next =
                marks.get(at + 1).and_then(|(header, _)| *header).map_or(text.len(), |next| line_start(text, next));
            let end = solid(*end);
            let next_lead = if next == text.len() { next } else { remarks_above(text, end, next) };
            sections.push(Section { header: *header, place: lead..remarks_below(text, end, next_lead) });
        }
        Sections(sections)
    }

    /// The place of a table with all tables in it. `None` if others stand between them.
    pub fn place(&self, table: &Table) -> Option<Range<usize>> {
        let mut marks = vec![(table.span().map(|span| span.start), 0)];
        collect(table, &mut marks);
        let mut at: Vec<_> = marks.iter().filter_map(|(header, _)| self.position((*header)?)).collect();
        at.sort_unstable();
        let is_whole = at.windows(2).all(|pair| pair[1] == pair[0] + 1);
        let (first, last) = (*at.first()?, *at.last()?);
        is_whole.then(|| self.0[first].place.start..self.0[last].place.end)
    }

    fn position(&self, header: usize) -> Option<usize> {
        self.0.iter().position(|section| section.header == Some(header))
    }
}

/// The headers in a table, each with the end of its last key or of itself.
fn collect(table: &Table, marks: &mut Vec<(Option<usize>, usize)>) {
    for (_, item) in table.iter() {
        let tables: Vec<&Table> = match item {
            Item::Table(inner) => vec![inner],
            Item::ArrayOfTables(inner) => inner.iter().collect(),
            _ => continue,
        };
        for inner in tables {
            if let Some(header) = inner.span().filter(|_| !inner.is_dotted() && !inner.is_implicit()) {
                marks.push((Some(header.start), solid_end(inner).unwrap_or(0).max(header.end)));
            }
            collect(inner, marks);
        }
    }
}

/// Where the last value right in a table ends.
fn solid_end(table: &Table) -> Option<usize> {
    let end = |item: &Item| match item {
        Item::Value(value) => value.span().map(|span| span.end),
        Item::Table(inner) if inner.is_dotted() => solid_end(inner),
        _ => None,
    };
    table.iter().filter_map(|(_, item)| end(item)).max()
}

/// Where the remarks begin that stand right above `start`, none above `limit`.
fn remarks_above(text: &str, limit: usize, start: usize) -> usize {
    let mut at = start;
    while at > limit {
        let line = line_start(text, at - 1);
        if line < limit || !is_remark(&text[line..at]) {
            break;
        }
        at = line;
    }
    at
}

fn remarks_below(text: &str, end: usize, limit: usize) -> usize {
    let mut at = end;
    while at < limit {
        let next = next_line(text, at).min(limit);
        if !is_remark(&text[at..next]) {
            break;
        }
        at = next;
    }
    at
}

fn is_remark(line: &str) -> bool {
    line.trim_start().starts_with('#')
}

/// The place with the empty lines above it.
pub fn with_empty_lines(text: &str, place: Range<usize>) -> Range<usize> {
    let mut start = place.start;
    while start > 0 {
        let line = line_start(text, start - 1);
        if line >= start || !text[line..start].trim().is_empty() {
            break;
        }
        start = line;
    }
    start..place.end
}
