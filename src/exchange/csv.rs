//! Tables: a row for a card, with columns that are known by their names.

mod columns;
mod dialect;
mod guard;

use ::csv::{ReaderBuilder, StringRecord, Terminator, WriterBuilder};

use self::columns::{Column, Columns};
use self::dialect::Dialect;
use super::build::{self, card, shown};
use super::{Exported, Imported, Loss, Refused, cloze, source};
use crate::card::{Card, Kind, Point};
use crate::deck::{Deck, MOST_ENTRIES};
use crate::safe;
use crate::text::{Safe, count};

/// A table with any of the four separators, with or without a header.
pub fn import(bytes: &[u8]) -> Result<Imported, Refused> {
    let (text, mut imported) = source::read(bytes)?;
    let (dialect, body) = Dialect::of(&text)?;
    let rows = rows(body, &dialect)?;
    let mut rows = rows.iter().filter(|(_, row)| row.iter().any(|cell| !cell.trim().is_empty())).peekable();
    let columns = match rows.peek().map(|(_, first)| (Columns::named(&dialect, first), first.len())) {
        Some((Some(columns), _)) => {
            rows.next();
            columns
        }
        Some((None, width)) => Columns::by_place(&dialect, width),
        None => return Err(Refused::new(None, "The table has no row.", "Is it the right file?")),
    };
    imported.remarks.push(columns.told(&dialect));
    for what in columns.unknown() {
        imported.dropped.push(Loss { line: None, what });
    }
    for (line, said) in &dialect.unheard {
        imported.lose(*line, safe!("Describes the table and is not taken: {}", shown(said)));
    }
    if dialect.is_html {
        imported.remarks.push(Safe::from("The cells are HTML, which is kept as it is written."));
    }
    let mut unfit = Vec::new();
    for (line, row) in rows {
        let id = columns.cells(Column::Id, row).find(|id| !id.trim().is_empty());
        unfit.extend(id.filter(|id| build::id(&guard::unguard(id)).is_none()).map(|id| (*line, shown(id))));
        take(*line, row, &columns, &mut imported);
    }
    imported.lose_ids(&unfit);
    Ok(imported.finish())
}

/// Whether a text without a telling name is a table: with a header that names question and answer, or with tabs in every line.
pub fn is_table(text: &str) -> bool {
    let Ok((dialect, body)) = Dialect::of(text) else { return false };
    let is_told = dialect.lines_above > 0;
    let Ok(rows) = rows(body, &dialect) else { return is_told };
    let has_header = rows.first().is_some_and(|(_, first)| Columns::named(&dialect, first).is_some());
    let is_even = dialect.separator == b'\t' && rows.iter().all(|(_, row)| row.len() > 1);
    is_told || has_header || is_even
}

/// The rows with the lines where they begin.
fn rows(body: &str, dialect: &Dialect) -> Result<Vec<(usize, StringRecord)>, Refused> {
    const END: &str = "\n\u{1}end\u{1}";
    // What stands behind an open quote is swallowed by it, and so is this.
    let whole = body.trim_end_matches('\n').to_owned() + END;
    let mut reader = ReaderBuilder::new();
    reader.delimiter(dialect.separator).has_headers(false).flexible(true).quoting(dialect.has_quotes(body));
    let mut rows = Vec::new();
    for row in reader.from_reader(whole.as_bytes()).into_records() {
        let row =
            row.map_err(|why| Refused::new(None, &format!("The table cannot be read: {why}."), "Save it anew."))?;
        let line = row.position().map_or(1, |position| position.line() as usize) + dialect.lines_above;
        rows.push((line, row));
    }
    match rows.pop() {
        Some((_, end)) if end.len() == 1 && end[0] == END[1..] => Ok(rows),
        Some((line, _)) => Err(Refused::new(
            line,
            "A quote is opened in this row and never closed.",
            "Close it, and write a quote inside a cell twice.",
        )),
        None => Ok(rows),
    }
}

/// Makes a card of a row, or says why not.
fn take(line: usize, row: &StringRecord, columns: &Columns, imported: &mut Imported) {
    let beyond: Vec<&str> = row.iter().skip(columns.len()).filter(|cell| !cell.trim().is_empty()).collect();
    if !beyond.is_empty() {
        let (has, width) = (count(row.len() as u64, "cell", "cells"), columns.len());
        let words = row.iter().collect::<Vec<_>>().join(" ");
        let what =
            safe!("The row has {has} where the table has {width}, so it is left out: {}", Safe::new(&words).line());
        return imported.lose(line, what);
    }
    if row.len() < columns.len() {
        let has = count(row.len() as u64, "cell", "cells");
        imported
            .lose(line, safe!("The row has {has} where the table has {}; the rest counts as empty.", columns.len()));
    }
    let cell = |column: Column| columns.cells(column, row).map(guard::unguard).find(|cell| !cell.trim().is_empty());
    let text = |column: Column| cell(column).unwrap_or_default();
    let points = columns::lines(&text(Column::Points)).into_iter().map(|point| Safe::new(&point));
    let mut made = card(&text(Column::Question), &text(Column::Answer), points);
    if let Some(cloze) = cloze::of_anki(&text(Column::Question)) {
        made = cloze;
        made.note = cell(Column::Answer).map(|extra| Safe::new(extra.trim()));
    }
    if let Some(id) = cell(Column::Id).and_then(|id| build::id(&id)) {
        made.id = id;
    }
    let lines = |texts: Vec<String>| texts.iter().map(|text| Safe::new(text).line()).take(MOST_ENTRIES).collect();
    let tags = columns.cells(Column::Tags, row).map(guard::unguard).flat_map(|cell| columns::tags(&cell));
    made.tags = lines(tags.collect());
    made.sources = lines(columns::addresses(&text(Column::Sources)));
    made.follow_ups = lines(columns::lines(&text(Column::FollowUps)));
    made.note = cell(Column::Note).map(|note| Safe::new(note.trim())).or(made.note);
    if let Some(word) = cell(Column::Level) {
        made.level = build::level(&word);
        if made.level.is_none() {
            imported.lose(line, safe!("{} is none of junior, mid and senior.", shown(&word)));
        }
    }
    if let Some(day) = cell(Column::Checked) {
        made.checked = day.trim().parse().ok();
        if made.checked.is_none() {
            imported.lose(line, safe!("{} is no day such as 2026-11-22.", shown(&day)));
        }
    }
    imported.offer(line, made);
}

pub fn export_commas(deck: &Deck) -> Exported {
    export(deck, b',')
}

pub fn export_tabs(deck: &Deck) -> Exported {
    export(deck, b'\t')
}

/// A header, then a row for each question card. Cells that a spreadsheet would take for a formula begin with a quote.
fn export(deck: &Deck, separator: u8) -> Exported {
    let mut writer =
        WriterBuilder::new().delimiter(separator).terminator(Terminator::Any(b'\n')).from_writer(Vec::new());
    let mut dropped: Vec<Loss> = super::untold(deck).into_iter().collect();
    let header = Column::WRITTEN.map(Column::name);
    writer.write_record(header).expect("a vector takes all");
    for card in &deck.cards {
        let Some(row) = row(card) else {
            let what = safe!("`{}` is no question with an answer in words, and a table holds nothing else.", card.id);
            dropped.push(Loss { line: None, what });
            continue;
        };
        dropped.extend(unsaid(card).map(|what| Loss { line: None, what }));
        writer.write_record(row.iter().map(|cell| guard::guard(cell))).expect("a vector takes all");
    }
    Exported { bytes: writer.into_inner().expect("a vector takes all"), dropped }
}

/// The cells of a question card, as [`Column::WRITTEN`] has them.
fn row(card: &Card) -> Option<[String; 10]> {
    let Kind::Recall(recall) = &card.kind else { return None };
    let points: Vec<Safe> = recall.points.iter().map(|point| point.text.line()).collect();
    Some([
        card.id.to_string(),
        recall.question.to_string(),
        recall.answer.to_string(),
        columns::joined(&points),
        columns::joined_tags(&card.tags),
        card.level.map_or_else(String::new, |level| level.to_string()),
        columns::joined_addresses(&card.sources),
        columns::joined(&card.follow_ups),
        card.note.as_ref().map_or_else(String::new, Safe::to_string),
        card.checked.map_or_else(String::new, |day| day.to_string()),
    ])
}

/// What a row does not say of a question card.
fn unsaid(card: &Card) -> Option<Safe> {
    let Kind::Recall(recall) = &card.kind else { return None };
    let is_numbered = |(at, point): (usize, &Point)| point.id.as_str() == format!("p{}", at + 1);
    let parts = [
        (!recall.points.iter().enumerate().all(is_numbered), "the ids of its points"),
        (recall.points.iter().any(|point| point.weight != 2), "the weights of its points"),
        (recall.points.iter().any(|point| !point.accept.is_empty()), "other ways to say its points"),
        (recall.points.iter().any(|point| point.probe.is_some()), "the probes of its points"),
        (!recall.misconceptions.is_empty(), "its misconceptions"),
        (!recall.sides.is_empty(), "its sides"),
    ];
    let mut names: Vec<&str> = parts.into_iter().filter(|(is_there, _)| *is_there).map(|(_, name)| name).collect();
    names.extend(unlike(card));
    (!names.is_empty()).then(|| safe!("`{}` loses {}.", card.id, names.join(", ")))
}

/// What the row of a card would bring back in other words, such as points of several lines.
fn unlike(card: &Card) -> Vec<&'static str> {
    let Some(row) = row(card) else { return Vec::new() };
    let mut imported = Imported::default();
    take(1, &StringRecord::from(row.map(|cell| guard::guard(&cell)).to_vec()), &Columns::written(), &mut imported);
    let Some(back) = imported.cards.pop().map(|found| found.card) else { return vec!["all of it"] };
    let points = |card: &Card| match &card.kind {
        Kind::Recall(recall) => recall.points.iter().map(|point| point.text.clone()).collect(),
        _ => Vec::new(),
    };
    let parts = [
        (back.id != card.id, "its id"),
        (back.prompt() != card.prompt(), "the form of its question"),
        (back.model_answer() != card.model_answer(), "the form of its answer"),
        (points(&back) != points(card), "the form of its points"),
        (back.tags != card.tags, "the form of its tags"),
        (back.sources != card.sources, "the form of its sources"),
        (back.follow_ups != card.follow_ups, "the form of its follow-ups"),
        (back.note != card.note, "the form of its note"),
    ];
    parts.into_iter().filter(|(differs, _)| *differs).map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests;
