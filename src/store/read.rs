//! Reading rows: one, those of a card, or the log from a place on.

use rusqlite::{Connection, OptionalExtension, Params};

use super::row::{self, Keys, Row, Seq};
use super::schema;
use super::trouble::Trouble;
use crate::card::Key;
use crate::review::{Action, Entry, carried};

/// The one row that a statement of `schema.rs` finds.
pub fn one(log: &Connection, statement: &str, params: impl Params) -> Result<Option<Row>, Trouble> {
    let mut statement = log.prepare_cached(statement)?;
    statement.query_row(params, |row| Ok(row::decode(row, &mut Keys::default()))).optional()?.transpose()
}

/// Hands every row that a statement of `schema.rs` finds to `take`, until it answers false.
pub fn each(
    log: &Connection,
    statement: &str,
    params: impl Params,
    mut take: impl FnMut(Row) -> Result<bool, Trouble>,
) -> Result<(), Trouble> {
    let mut statement = log.prepare_cached(statement)?;
    let mut rows = statement.query(params)?;
    let mut keys = Keys::default();
    while let Some(row) = rows.next()? {
        if !take(row::decode(row, &mut keys)?)? {
            break;
        }
    }
    Ok(())
}

/// The rows from a place on, each the successor of the one before.
pub fn each_from(
    log: &Connection,
    first: Seq,
    mut take: impl FnMut(Row) -> Result<(), Trouble>,
) -> Result<(), Trouble> {
    let mut expected = first.0.max(1);
    each(log, schema::FROM, [expected.cast_signed()], |row| {
        if row.seq.0 != expected {
            return Err(Trouble::damaged(format!("entry {expected} is missing")));
        }
        expected += 1;
        take(row).map(|()| true)
    })
}

/// The rows from a place on.
pub fn from(log: &Connection, first: Seq) -> Result<Vec<Row>, Trouble> {
    let mut rows = Vec::new();
    each_from(log, first, |row| {
        rows.push(row);
        Ok(())
    })?;
    Ok(rows)
}

/// All entries that count for a card after every rename, or are taken back, in order. Each has the card that it was
/// recorded for.
pub fn of_card(log: &Connection, card: &Key) -> Result<Vec<Entry>, Trouble> {
    let entries = of_cards(log, &related(log, card)?)?;
    let cards = carried(&entries);
    Ok(entries.into_iter().zip(cards).filter(|(_, now)| now == card).map(|(entry, _)| entry).collect())
}

/// All entries that were recorded for some cards, in order.
pub fn of_cards(log: &Connection, cards: &[Key]) -> Result<Vec<Entry>, Trouble> {
    let mut rows = Vec::new();
    for card in cards {
        each(log, schema::OF_CARD, [card.deck.as_str(), card.card.as_str()], |row| {
            rows.push(row);
            Ok(true)
        })?;
    }
    rows.sort_by_key(|row| row.seq);
    Ok(rows.into_iter().map(|row| row.entry).collect())
}

/// The card and all that were ever renamed to it or that it was ever renamed to, directly or not.
pub fn related(log: &Connection, card: &Key) -> Result<Vec<Key>, Trouble> {
    let mut renames = Vec::new();
    each(log, schema::RENAMES, [], |row| {
        if let Action::Rename { to } = row.entry.action {
            renames.push((row.entry.card, to));
        }
        Ok(true)
    })?;
    let mut related = vec![card.clone()];
    let mut at = 0;
    while let Some(card) = related.get(at).cloned() {
        for (from, to) in &renames {
            let other = if *from == card { to } else { from };
            if (*from == card || *to == card) && !related.contains(other) {
                related.push(other.clone());
            }
        }
        at += 1;
    }
    Ok(related)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::migrate;
    use crate::store::testing::any;

    #[test]
    fn a_gap_in_the_places_is_noticed() {
        let log = Connection::open_in_memory().expect("a log");
        migrate::migrate(&log, migrate::ALL).expect("tables");
        for seq in [1, 2, 4] {
            row::insert(&log, Seq(seq), &any(seq)).expect("added");
        }
        assert_eq!(from(&log, Seq::START), Err(Trouble::damaged("entry 3 is missing")));
        assert_eq!(from(&log, Seq(3)), Err(Trouble::damaged("entry 3 is missing")));
        assert_eq!(from(&log, Seq(4)).map(|rows| rows.len()), Ok(1));
    }
}
