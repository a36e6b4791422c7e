//! `greenroom backup`: a copy of the review log that was opened and counted.

use std::path::{Path, PathBuf};

use clap::Args;

use super::call::Call;
use super::failure::Failure;
use super::output::Output;
use crate::safe;
use crate::text::count;

/// Copy the review log, and check the copy before it is called a backup
#[derive(Debug, Args)]
pub struct Backup {
    /// Where to; among the daily backups if left out
    file: Option<PathBuf>,
}

impl Backup {
    pub fn run(self, call: &Call, output: &mut Output) -> Result<u8, Failure> {
        let folder = self.file.as_deref().and_then(Path::parent).filter(|folder| !folder.as_os_str().is_empty());
        if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
            return Err(Failure::usage(safe!("greenroom: there is no folder {}; make it first", folder.display())));
        }
        let store = call.store(&call.paths()?.data)?;
        store.verify()?;
        let backup = store.backup(self.file.as_deref(), call.environment.now())?;
        output.line(&safe!("{} in {}", count(backup.rows.unwrap_or(0), "entry", "entries"), backup.path.display()))?;
        Ok(0)
    }
}
