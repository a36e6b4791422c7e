//! `greenroom import reviews`: a review log that was exported, added to the present one.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::call::Call;
use crate::cli::export::Line;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::review::Entry;
use crate::safe;
use crate::store::{Store, Trouble};
use crate::text::count;

/// Entries of a review log, one a line, as `greenroom export reviews` wrote them
#[derive(Debug, Args)]
pub struct Reviews {
    /// A file of JSON lines, or - for standard input
    file: PathBuf,
}

impl Reviews {
    pub fn run(self, call: &Call, output: &mut Output) -> Result<u8, Failure> {
        let file = self.file;
        let name = safe!("{}", file.display()).line();
        let text = if file == Path::new("-") {
            std::io::read_to_string(std::io::stdin())
        } else {
            std::fs::read_to_string(&file)
        };
        let text = text.map_err(|why| Failure::usage(safe!("greenroom: {name}: {why}")))?;
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let entries = lines.map(|(number, line)| {
            read(line)
                .map_err(|why| Failure::usage(safe!("greenroom: {name}:{}: {why}. Nothing was imported.", number + 1)))
        });
        let entries = entries.collect::<Result<Vec<Entry>, Failure>>()?;
        let mut store = Store::open(&call.paths()?.data)?;
        store.verify()?;
        let imported = store.import(&entries).map_err(|trouble| match trouble {
            Trouble::Unmatched { .. } => Failure::usage(safe!("greenroom: {name}: {trouble}")),
            trouble => trouble.into(),
        })?;
        let added = count(imported.added as u64, "entry", "entries");
        output.line(&safe!("{added} added, {} there already", imported.known))?;
        Ok(0)
    }
}

fn read(line: &str) -> Result<Entry, String> {
    let line: Line = serde_json::from_str(line).map_err(|why| {
        let why = why.to_string();
        why.split_once(" at line ").map_or(why.clone(), |(what, _)| what.to_owned())
    })?;
    Entry::try_from(line)
}
