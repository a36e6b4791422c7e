//! `greenroom restore`: a backup in the place of the review log.

use std::path::{Path, PathBuf};

use clap::Args;

use super::call::Call;
use super::failure::Failure;
use super::output::Output;
use crate::safe;
use crate::store::{Backup, Replacement, Store};
use crate::text::{Safe, count};

/// Put a backup in the place of the review log; the present log is kept, so this can be taken back
#[derive(Debug, Args)]
pub struct Restore {
    /// A backup file, its name in the list, or `latest`; without it the backups are listed
    #[arg(conflicts_with_all = ["remains", "empty"])]
    backup: Option<PathBuf>,
    /// Go on with what can still be read of a damaged log
    #[arg(long, conflicts_with = "empty")]
    remains: bool,
    /// Go on with an empty log
    #[arg(long)]
    empty: bool,
}

impl Restore {
    pub fn run(self, call: &Call, output: &mut Output) -> Result<u8, Failure> {
        let folder = call.paths()?.data;
        let backups = Store::backups(&folder)?;
        let with = match self.backup {
            _ if self.remains => Replacement::Remains,
            _ if self.empty => Replacement::Nothing,
            Some(wanted) => Replacement::Backup(choose(&wanted, &backups)?),
            None => return list(&backups, output),
        };
        let replaced = Store::replace(&folder, &with, call.environment.now())?;
        let lost = if replaced.lost > 0 { safe!("; {} could not be read", replaced.lost) } else { Safe::default() };
        output.line(&safe!("the log has {} now{lost}", count(replaced.rows, "entry", "entries")))?;
        if let Some(kept) = replaced.kept {
            output.line(&safe!("the log that was there is kept: greenroom restore {}", kept.display()))?;
        }
        Ok(0)
    }
}

fn list(backups: &[Backup], output: &mut Output) -> Result<u8, Failure> {
    if backups.is_empty() {
        output.line(&Safe::from("there are no backups yet; `greenroom backup` makes one"))?;
    }
    for backup in backups {
        let rows = backup.rows.map_or_else(|| Safe::from("cannot be opened"), |rows| count(rows, "entry", "entries"));
        let name = backup.path.file_name().unwrap_or_default();
        output.line(&safe!("{}  {rows}", name.display()))?;
    }
    Ok(0)
}

fn choose(wanted: &Path, backups: &[Backup]) -> Result<PathBuf, Failure> {
    if wanted == Path::new("latest") {
        let good = backups.iter().filter(|backup| backup.rows.is_some());
        let newest = good.max_by_key(|backup| (backup.is_regular(), backup.at));
        return match newest {
            Some(backup) => Ok(backup.path.clone()),
            None => Err(Failure::store(Safe::from("greenroom: there is no backup that can be opened"))),
        };
    }
    let named = backups.iter().find(|backup| backup.path.file_name() == Some(wanted.as_os_str()));
    Ok(named.map_or_else(|| wanted.to_owned(), |backup| backup.path.clone()))
}
