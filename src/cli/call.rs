//! What every command begins with: the workspace and the log, opened as the arguments and the surroundings say.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;

use super::environment::{Environment, Instant};
use super::failure::Failure;
use super::output::Output;
use super::problem::Renderer;
use crate::config::{Advice, Paths};
use crate::library::{Origin, Problem};
use crate::safe;
use crate::store::{Store, Trouble};
use crate::workspace::{Request, Workspace};

pub struct Call {
    pub home: Option<OsString>,
    pub decks: Vec<PathBuf>,
    pub environment: Environment,
}

impl Call {
    pub fn request(&self, zone: Option<TimeZone>) -> Request {
        let home = self.home.clone().or_else(|| self.environment.home.clone());
        Request { home, decks: self.decks.clone(), zone: zone.or_else(|| self.environment.zone()) }
    }

    pub fn paths(&self) -> Result<Paths, Failure> {
        Paths::find(self.request(None).home).map_err(|why| Failure::usage(safe!("greenroom: {why}")))
    }

    /// Settings and decks, and no log. A deck that was named and cannot be used is a failure.
    pub fn workspace(&self, zone: Option<TimeZone>) -> Result<Workspace, Failure> {
        let workspace = Workspace::open(&self.request(zone))?;
        let named = |problem: &&Problem| self.decks.iter().any(|path| problem.origin.path() == Some(path));
        let is_used = |origin: &Origin| workspace.library.decks().iter().any(|shelf| shelf.origin == *origin);
        if !self.decks.is_empty()
            && let Some(problem) =
                workspace.library.problems().iter().filter(named).find(|problem| !is_used(&problem.origin))
        {
            return Err(Failure::bad_deck(Renderer::default().render(problem)));
        }
        Ok(workspace)
    }

    /// The log, to write if that is possible and else to read.
    pub fn store(&self, folder: &Path) -> Result<Store, Trouble> {
        match Store::open(folder) {
            Err(Trouble::ReadOnly | Trouble::Newer { .. } | Trouble::Full) => Store::open_to_read(folder),
            opened => opened,
        }
    }

    /// The workspace as of the end of the log, and the log. Every row of it has been checked. What could not be used of
    /// the settings is said.
    pub fn open(&self, zone: Option<TimeZone>, output: &mut Output) -> Result<(Workspace, Store), Failure> {
        let mut workspace = self.workspace(zone)?;
        for Advice { line, message } in &workspace.advice {
            output.complain(&safe!("{}:{line}: {message}", workspace.paths.config.display()));
        }
        let store = self.store(&workspace.paths.data)?;
        store.verify()?;
        workspace.follow(&store)?;
        Ok((workspace, store))
    }

    /// The time that a command was given, or now.
    pub fn time(&self, given: Option<&str>) -> Result<Instant, Failure> {
        match given {
            Some(text) => Instant::read(text).map_err(|why| Failure::usage(safe!("greenroom: --at {why}"))),
            None => Ok(Instant { at: self.environment.now(), zone: self.environment.zone() }),
        }
    }
}
