//! The one table of the log, what its columns hold, and the statements that read and fill it.
//!
//! | column | holds |
//! |---|---|
//! | `seq` | the place in the log, from 1 without gaps |
//! | `id` | the sixteen bytes of the entry's identity |
//! | `deck`, `card` | the card's key |
//! | `at_ms`, `offset_s`, `day` | milliseconds since 1970 UTC, seconds east of UTC, study day as yyyymmdd |
//! | `kind` | `review`, `point`, `suspend`, `resume`, `bury`, `reset`, `rename` or `retract` |
//! | `grade`, `took_ms`, `source` | of a review or a point: 1 to 4, milliseconds, `study`, `command`, `mock` or `choice`; `source` of a rename, since version 3: the new key |
//! | `target` | of a retraction: the identity of the entry that it takes back |
//! | `checksum` | XXH3 (64 bits) of all the others; `row.rs` has the exact form |
//! | `said` | of a review, since version 2: what the learner said, as the JSON of `review::Said`; of a point: which one, and what was said |
//!
//! Triggers refuse every update and every delete.

/// Marks the file as greenroom's: "grnr".
pub const APPLICATION_ID: i32 = 0x6772_6e72;

/// The first text of `migrate.rs`.
pub const VERSION_1: &str = "
CREATE TABLE entry (
  seq INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  deck TEXT NOT NULL,
  card TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  offset_s INTEGER NOT NULL,
  day INTEGER NOT NULL,
  kind TEXT NOT NULL,
  grade INTEGER,
  took_ms INTEGER,
  source TEXT,
  target BLOB,
  checksum INTEGER NOT NULL
) STRICT;
CREATE INDEX entry_of_card ON entry (deck, card);
CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
  BEGIN SELECT RAISE(ABORT, 'the log is only ever added to'); END;
CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
  BEGIN SELECT RAISE(ABORT, 'the log is only ever added to'); END;
";

/// What was said, of the reviews in which something was.
pub const VERSION_2: &str = "ALTER TABLE entry ADD COLUMN said TEXT";

/// From here on there are renames and answers to single points. Programs that do not know them must not read past them.
pub const VERSION_3: &str = "CREATE INDEX entry_that_renames ON entry (seq) WHERE kind = 'rename'";

/// The columns in the order that `row.rs` reads and writes.
macro_rules! columns {
    () => {
        concat!(columns!(of version 1), ", said")
    };
    (of version 1) => {
        "seq, id, deck, card, at_ms, offset_s, day, kind, grade, took_ms, source, target, checksum"
    };
}

/// A row whose identity is there already is left out.
pub const INSERT: &str = concat!(
    "INSERT INTO entry (",
    columns!(),
    ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) ON CONFLICT (id) DO NOTHING"
);
pub const FROM: &str = concat!("SELECT ", columns!(), " FROM entry WHERE seq >= ?1 ORDER BY seq");
pub const BACKWARDS: &str = concat!("SELECT ", columns!(), " FROM entry ORDER BY seq DESC");
pub const AT: &str = concat!("SELECT ", columns!(), " FROM entry WHERE seq = ?1");
pub const AT_OF_VERSION_1: &str = concat!("SELECT ", columns!(of version 1), ", NULL FROM entry WHERE seq = ?1");
pub const WITH_ID: &str = concat!("SELECT ", columns!(), " FROM entry WHERE id = ?1");
pub const OF_CARD: &str = concat!("SELECT ", columns!(), " FROM entry WHERE deck = ?1 AND card = ?2 ORDER BY seq");
pub const RENAMES: &str = concat!("SELECT ", columns!(), " FROM entry WHERE kind = 'rename' ORDER BY seq");
pub const NEWEST: &str = concat!("SELECT ", columns!(), " FROM entry ORDER BY seq DESC LIMIT 1");
pub const NEWEST_OF_CARD: &str =
    concat!("SELECT ", columns!(), " FROM entry WHERE deck = ?1 AND card = ?2 ORDER BY seq DESC LIMIT 1");
