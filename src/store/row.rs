//! A row of the log as a value, and the checksum that is verified whenever one is read.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_64;
use uuid::Uuid;

use super::schema;
use super::trouble::Trouble;
use crate::card::{Id, Key};
use crate::review::{Action, Entry, EntryId, Grade, Moment, Source, Typed};

/// A place in the log: 1 is the first entry, and there are no gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Seq(pub u64);

/// An entry and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub seq: Seq,
    pub entry: Entry,
}

/// Keys that were parsed before: a log names few cards many times.
#[derive(Default)]
pub struct Keys(HashMap<u64, Key>);

/// An entry as the table holds it.
#[derive(PartialEq)]
struct Columns<'a> {
    id: Uuid,
    deck: &'a str,
    card: &'a str,
    at: i64,
    offset: i64,
    day: i64,
    kind: &'static str,
    grade: Option<i64>,
    took: Option<i64>,
    source: Option<Cow<'a, str>>,
    target: Option<Uuid>,
    said: Option<String>,
}

/// What the column `said` holds of an answer to one point.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfPoint {
    point: Id,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    said: Option<Typed>,
}

/// More bytes than the checked form of any row without what was said: texts of 80, 80, 7 and 161, two identities, seven numbers, lengths.
const LONGEST_FORM: usize = 448;

/// Whether the table would hold both alike: instants count to the millisecond.
pub fn same(left: &Entry, right: &Entry) -> bool {
    Columns::of(left) == Columns::of(right)
}

/// Adds a row. False, and nothing happened, when its identity is there already.
pub fn insert(log: &Connection, seq: Seq, entry: &Entry) -> Result<bool, Trouble> {
    let columns = Columns::of(entry);
    let checksum = columns.checksum(seq).cast_signed();
    let added = log.prepare_cached(schema::INSERT)?.execute(params![
        seq.0.cast_signed(),
        columns.id.as_bytes(),
        columns.deck,
        columns.card,
        columns.at,
        columns.offset,
        columns.day,
        columns.kind,
        columns.grade,
        columns.took,
        columns.source,
        columns.target.as_ref().map(Uuid::as_bytes),
        checksum,
        columns.said,
    ])?;
    Ok(added == 1)
}

/// The row that a query of `schema.rs` stands on, verified.
pub fn decode(row: &rusqlite::Row<'_>, keys: &mut Keys) -> Result<Row, Trouble> {
    parse(row, keys).ok_or_else(|| {
        let seq = row.get_ref(0).ok().and_then(|value| value.as_i64().ok()).unwrap_or_default();
        Trouble::damaged(format!("entry {seq} is not as it was written"))
    })
}

/// Nothing if the checksum is not that of the row, or no entry is written so.
fn parse(row: &rusqlite::Row<'_>, keys: &mut Keys) -> Option<Row> {
    let value = |index: usize| row.get_ref(index).unwrap_or(ValueRef::Null);
    let number = |index| value(index).as_i64().ok();
    let text = |index| value(index).as_str().ok();
    let id = |index| Uuid::from_slice(value(index).as_blob().ok()?).ok().map(EntryId);
    let moment = Moment {
        at: Timestamp::from_millisecond(number(4)?).ok()?,
        offset: Offset::from_seconds(i32::try_from(number(5)?).ok()?).ok()?,
        day: day(number(6)?)?,
    };
    let said = match value(13) {
        ValueRef::Null => None,
        said => Some(said.as_str().ok()?.to_owned()),
    };
    let action = match text(7)? {
        "review" => Action::Review {
            grade: Grade::from_number(u8::try_from(number(8)?).ok()?)?,
            took: u32::try_from(number(9)?).ok()?,
            source: source(text(10)?)?,
            said: said.as_deref().map(serde_json::from_str).transpose().ok()?,
        },
        "point" => {
            let OfPoint { point, said } = serde_json::from_str(said.as_deref()?).ok()?;
            Action::Point {
                point,
                grade: Grade::from_number(u8::try_from(number(8)?).ok()?)?,
                took: u32::try_from(number(9)?).ok()?,
                source: source(text(10)?)?,
                said,
            }
        }
        "suspend" => Action::Suspend,
        "resume" => Action::Resume,
        "bury" => Action::Bury,
        "reset" => Action::Reset,
        "rename" => Action::Rename { to: text(10)?.parse().ok()? },
        "retract" => Action::Retract(id(11)?),
        _ => return None,
    };
    let entry = Entry { id: id(1)?, card: keys.key(text(2)?, text(3)?)?, moment, action };
    let seq = Seq(u64::try_from(number(0)?).ok()?);
    // The text as it stands there: what counts as safe in it may change with the years.
    let checksum = Columns { said, ..Columns::of(&entry) }.checksum(seq);
    (checksum == number(12)?.cast_unsigned()).then_some(Row { seq, entry })
}

fn json(said: &impl Serialize) -> String {
    serde_json::to_string(said).expect("texts can be written as JSON")
}

fn source(word: &str) -> Option<Source> {
    Source::ALL.into_iter().find(|source| source.word() == word)
}

fn day(number: i64) -> Option<Date> {
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    Date::new(year.try_into().ok()?, month.abs().try_into().ok()?, day.abs().try_into().ok()?).ok()
}

fn day_number(day: Date) -> i64 {
    let (year, rest) = (i64::from(day.year()), i64::from(day.month()) * 100 + i64::from(day.day()));
    if year < 0 { year * 10_000 - rest } else { year * 10_000 + rest }
}

impl Columns<'_> {
    fn of(entry: &Entry) -> Columns<'_> {
        let mut columns = Columns {
            id: entry.id.0,
            deck: entry.card.deck.as_str(),
            card: entry.card.card.as_str(),
            at: entry.moment.at.as_millisecond(),
            offset: i64::from(entry.moment.offset.seconds()),
            day: day_number(entry.moment.day),
            kind: "review",
            grade: None,
            took: None,
            source: None,
            target: None,
            said: None,
        };
        match &entry.action {
            Action::Review { grade, took, source, said } => {
                columns.grade = Some(i64::from(grade.number()));
                columns.took = Some(i64::from(*took));
                columns.source = Some(Cow::Borrowed(source.word()));
                columns.said = said.as_ref().map(json);
            }
            Action::Point { point, grade, took, source, said } => {
                columns.kind = "point";
                columns.grade = Some(i64::from(grade.number()));
                columns.took = Some(i64::from(*took));
                columns.source = Some(Cow::Borrowed(source.word()));
                columns.said = Some(json(&OfPoint { point: point.clone(), said: said.clone() }));
            }
            Action::Suspend => columns.kind = "suspend",
            Action::Resume => columns.kind = "resume",
            Action::Bury => columns.kind = "bury",
            Action::Reset => columns.kind = "reset",
            Action::Rename { to } => (columns.kind, columns.source) = ("rename", Some(Cow::Owned(to.to_string()))),
            Action::Retract(target) => (columns.kind, columns.target) = ("retract", Some(target.0)),
        }
        columns
    }

    /// XXH3 of the columns in the order of the table: a number as eight little-endian bytes, an identity as its
    /// sixteen, a text as one byte of length and its bytes, a missing value as nothing. What was said is not among
    /// them: if something was, the checksum is XXH3 of that text with the above as its seed.
    fn checksum(&self, seq: Seq) -> u64 {
        let mut form = Form { bytes: [0; LONGEST_FORM], length: 0 };
        form.push(&seq.0.to_le_bytes());
        form.push(self.id.as_bytes());
        form.text(self.deck);
        form.text(self.card);
        for number in [self.at, self.offset, self.day] {
            form.push(&number.to_le_bytes());
        }
        form.text(self.kind);
        for number in [self.grade, self.took].into_iter().flatten() {
            form.push(&number.to_le_bytes());
        }
        self.source.iter().for_each(|source| form.text(source));
        self.target.iter().for_each(|target| form.push(target.as_bytes()));
        let checksum = XxHash3_64::oneshot(&form.bytes[..form.length]);
        match &self.said {
            Some(said) => XxHash3_64::oneshot_with_seed(checksum, said.as_bytes()),
            None => checksum,
        }
    }
}

struct Form {
    bytes: [u8; LONGEST_FORM],
    length: usize,
}

impl Form {
    fn push(&mut self, bytes: &[u8]) {
        let end = self.length + bytes.len();
        self.bytes[self.length..end].copy_from_slice(bytes);
        self.length = end;
    }

    fn text(&mut self, text: &str) {
        self.push(&[u8::try_from(text.len()).expect("ids and words are shorter than 256 bytes")]);
        self.push(text.as_bytes());
    }
}

impl Keys {
    fn key(&mut self, deck: &str, card: &str) -> Option<Key> {
        let place = XxHash3_64::oneshot(deck.as_bytes()).rotate_left(1) ^ XxHash3_64::oneshot(card.as_bytes());
        match self.0.get(&place) {
            Some(key) if key.deck.as_str() == deck && key.card.as_str() == card => Some(key.clone()),
            _ => {
                let key = Key { deck: deck.parse().ok()?, card: card.parse().ok()? };
                self.0.insert(place, key.clone());
                Some(key)
            }
        }
    }
}

impl Seq {
    /// The place before the first entry.
    pub const START: Seq = Seq(0);

    pub(super) fn next(self) -> Seq {
        Seq(self.0 + 1)
    }
}

impl fmt::Display for Seq {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::card::Level;
    use crate::review::{Mark, Marked, Mock, Percent, Said};
    use crate::store::testing::{self, id, key};
    use crate::store::{migrate, read};
    use crate::text::Safe;

    fn action() -> impl Strategy<Value = Action> {
        let grade = prop::sample::select(Grade::ALL.as_slice());
        let source = prop::sample::select(Source::ALL.as_slice());
        let review = |(grade, took, source, said)| Action::Review { grade, took, source, said };
        let point = |(grade, took, source, said)| Action::Point {
            point: "a-point".parse().expect("an id"),
            grade,
            took,
            source,
            said,
        };
        prop_oneof![
            (grade.clone(), 0..=u32::MAX, source.clone(), prop::option::of(said())).prop_map(review),
            (grade, 0..=u32::MAX, source, prop::option::of(typed())).prop_map(point),
            prop::sample::select(vec![Action::Suspend, Action::Resume, Action::Bury, Action::Reset]),
            any_id().prop_map(Action::Retract),
        ]
    }

    fn said() -> impl Strategy<Value = Said> {
        let text = any::<String>().prop_map(Safe::from);
        let picked = (any_name(), prop::option::of(text)).prop_map(|(label, why)| Said::Picked { label, why });
        prop_oneof![picked, typed().prop_map(Said::Typed)]
    }

    fn typed() -> impl Strategy<Value = Typed> {
        let text = any::<String>().prop_map(Safe::from);
        let (marks, wrong) = (prop::collection::vec(marked(), 0..4), prop::collection::vec(any_name(), 0..3));
        (text, prop::option::of(percent()), marks, wrong, prop::option::of(mock())).prop_map(
            |(text, confidence, marks, wrong, mock)| Typed { mock, ..Typed::new(&text, confidence, marks, wrong) },
        )
    }

    fn mock() -> impl Strategy<Value = Mock> {
        let names = || prop::collection::vec(any_name(), 0..3);
        let level = prop::option::of(prop::sample::select(Level::ALL.to_vec()));
        (any::<u64>(), level, any::<bool>(), prop::option::of(0..=4_u8), percent(), names(), names()).prop_map(
            |(seed, level, spoken, structure, said, prompted, returns)| {
                let (minutes, score, hinted) = (20, said, prompted.clone());
                Mock { minutes, seed, level, spoken, structure, said, score, prompted, hinted, returns }
            },
        )
    }

    fn marked() -> impl Strategy<Value = Marked> {
        let mark = || prop::sample::select(vec![Mark::Covered, Mark::Partial, Mark::Missed]);
        (any_name(), mark(), prop::option::of(percent()), any::<bool>(), prop::option::of(mark()))
            .prop_map(|(point, mark, p, sure, flipped)| Marked { point, mark, p, sure, flipped })
    }

    fn percent() -> impl Strategy<Value = Percent> {
        (0..=100_u8).prop_map(|number| Percent::try_from(number).expect("at most 100"))
    }

    fn any_name() -> impl Strategy<Value = Id> {
        "[a-z0-9]{1,80}".prop_map(|name| name.parse().expect("an id"))
    }

    fn any_id() -> impl Strategy<Value = EntryId> {
        prop::num::u128::ANY.prop_map(|number| EntryId(Uuid::from_u128(number)))
    }

    fn moment() -> impl Strategy<Value = Moment> {
        let at = (Timestamp::MIN.as_millisecond() + 1..Timestamp::MAX.as_millisecond())
            .prop_map(|at| Timestamp::from_millisecond(at).expect("in range"));
        let offset = (-93_599..93_600).prop_map(|seconds| Offset::from_seconds(seconds).expect("in range"));
        let day = (-9_999_i16..=9_999, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| date(year, month, day));
        (at, offset, day).prop_map(|(at, offset, day)| Moment { at, offset, day })
    }

    fn log() -> Connection {
        let log = Connection::open_in_memory().expect("a log");
        migrate::migrate(&log, migrate::ALL).expect("tables");
        log
    }

    proptest! {
        #[test]
        fn every_entry_is_read_as_it_was_written(id in any_id(), card in "[a-z0-9]{1,80}/[a-z0-9]{1,80}",
            moment in moment(), action in action()) {
            let entry = Entry { id, card: card.parse().expect("a key"), moment, action };
            let log = log();
            prop_assert_eq!(insert(&log, Seq(1), &entry), Ok(true));
            prop_assert_eq!(read::from(&log, Seq::START), Ok(vec![Row { seq: Seq(1), entry }]));
        }
    }

    #[test]
    fn a_change_in_any_column_is_noticed() {
        let changes = [
            "seq = 2",
            "id = randomblob(16)",
            "deck = 'other'",
            "card = 'other'",
            "at_ms = at_ms + 1",
            "offset_s = offset_s + 1",
            "day = day + 1",
            "kind = 'suspend'",
            "grade = 1 + grade % 4",
            "took_ms = took_ms + 1",
            "source = 'mock'",
            "checksum = checksum + 1",
            "grade = 9",
            "id = x'00'",
            "deck = 'Not an id'",
            "day = 20260231",
            "at_ms = 9223372036854775807",
            "took_ms = -1",
            "kind = 'unheard'",
            "said = replace(said, 'label-1', 'label-0')",
            "said = said || ' '",
            "said = NULL",
            "said = '{}'",
        ];
        for change in changes {
            let log = log();
            insert(&log, Seq(1), &testing::any(13)).expect("added");
            log.execute_batch(&format!("DROP TRIGGER entry_is_never_changed; UPDATE entry SET {change}"))
                .expect("changed");
            assert!(matches!(read::one(&log, schema::NEWEST, []), Err(Trouble::Damaged { .. })), "{change}");
        }
    }

    #[test]
    fn words_in_a_row_in_which_nothing_was_said_are_noticed() {
        for silent in [1, 3] {
            let log = log();
            insert(&log, Seq(1), &testing::any(silent)).expect("added");
            let change = "UPDATE entry SET said = '{\"picked\":\"task\"}'";
            log.execute_batch(&format!("DROP TRIGGER entry_is_never_changed; {change}")).expect("changed");
            assert!(matches!(read::one(&log, schema::NEWEST, []), Err(Trouble::Damaged { .. })), "{silent}");
        }
    }

    #[test]
    fn a_text_that_counts_as_safe_no_longer_is_still_as_it_was_written() {
        let log = log();
        let entry = testing::any(13);
        let said = r#"{"picked":"task","why":"a\tb"}"#.to_owned();
        let checksum = Columns { said: Some(said.clone()), ..Columns::of(&entry) }.checksum(Seq(1));
        insert(&log, Seq(1), &entry).expect("added");
        log.execute_batch("DROP TRIGGER entry_is_never_changed").expect("dropped");
        log.execute("UPDATE entry SET said = ?1, checksum = ?2", params![said, checksum.cast_signed()])
            .expect("changed");
        let read = read::one(&log, schema::NEWEST, []).expect("whole").expect("a row");
        let Action::Review { said, .. } = read.entry.action else { panic!("a review") };
        assert_eq!(said, Some(Said::picked("task".parse().expect("an id"), "a    b")));
    }

    #[test]
    fn keys_are_shared_and_never_confused() {
        let mut keys = Keys::default();
        for _ in 0..2 {
            for number in 0..500 {
                let key = key(number);
                assert_eq!(keys.key(key.deck.as_str(), key.card.as_str()), Some(key));
            }
        }
        assert_eq!(keys.0.len(), 500);
        assert_eq!(keys.key("aws-ecs", "Not an id"), None);
    }

    #[test]
    fn an_entry_is_the_same_to_the_millisecond() {
        let entry = testing::any(1);
        let mut other = entry.clone();
        other.moment.at += jiff::SignedDuration::from_micros(400);
        assert!(same(&entry, &other));
        other.id = id(2);
        assert!(!same(&entry, &other));
    }
}
