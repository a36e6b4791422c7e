//! Proof that a log is whole: every page, every row, every place, every index.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::Store;
use super::migrate;
use super::row::{self, Seq};
use super::trouble::Trouble;

/// A log in which nothing is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checked {
    pub rows: u64,
}

impl Store {
    /// Reads and checks the whole log. [`Trouble::Damaged`] names the first thing that is wrong.
    pub fn verify(&self) -> Result<Checked, Trouble> {
        let snapshot = Transaction::new_unchecked(&self.log, TransactionBehavior::Deferred)?;
        let newer = matches!(self.refusal, Some(Trouble::Newer { .. }));
        if !newer {
            migrate::check(&snapshot, migrate::ALL)?;
        }
        self.refuse_if_shorter()?;
        log(&snapshot)
    }
}

/// Checks every page, then every row.
pub fn log(log: &Connection) -> Result<Checked, Trouble> {
    let checked = pages(log)?;
    let mut last = Seq::START;
    row::each_from(log, Seq::START, |row| {
        last = row.seq;
        Ok(())
    })?;
    if last.0 == checked.rows { Ok(checked) } else { Err(differ(checked.rows, last.0)) }
}

/// Checks every page and that the indexes hold what the table holds, whatever the version of the log.
pub fn pages(log: &Connection) -> Result<Checked, Trouble> {
    let answer: String = log.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if answer != "ok" {
        return Err(Trouble::damaged(answer));
    }
    let sql = "SELECT count(*), coalesce(max(seq), 0) FROM entry";
    let (rows, last): (i64, i64) = log.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if rows == last {
        Ok(Checked { rows: rows.unsigned_abs() })
    } else {
        Err(differ(rows.unsigned_abs(), last.unsigned_abs()))
    }
}

fn differ(rows: u64, last: u64) -> Trouble {
    Trouble::damaged(format!("{rows} entries are counted and the last is number {last}"))
}
